/** A gateway speaks for devices that cannot: its own line is examined, and the work of one of those behind it. */
import { expect, test } from 'vitest'
import { SoundDevice } from '#adapters/conformance/broken/sound-device.ts'
import { clientId, topics } from '#protocol/topics.ts'
import { brisk, examineInProcess } from './support/in-process.ts'

const gateway = 'gateway-1'

/** The sound device behind a gateway: every word of its own goes through the gateway's line. */
class Gateway extends SoundDevice {
  override options() {
    return { ...super.options(), clientId: clientId(this.settings.branch, gateway) }
  }
  override will() {
    return { ...super.will(), topic: topics.presence(this.settings.branch, gateway) }
  }
  override birth() {
    const { branch, device } = this.settings
    const manifest = { kind: 'gateway', vendor: 'Acme', model: 'Bridge', speaksFor: [device] }
    this.send(topics.manifest(branch, gateway), manifest, { retain: true })
    super.birth()
    this.send(topics.presence(branch, gateway), { status: 'online' }, { retain: true })
  }
  override goodbye() {
    super.goodbye()
    this.send(topics.presence(this.settings.branch, gateway), { status: 'offline' }, { retain: true })
  }
}

/** Counts for itself and for the device behind it, each from 1. */
class CountsForEach extends Gateway {
  readonly #counts = new Map<string, number>()
  override send(...[topic, body, how]: Parameters<SoundDevice['send']>) {
    const device = topic.split('/')[3] ?? ''
    const before = this.n
    this.n = this.#counts.get(device) ?? 0
    super.send(topic, body, how)
    this.#counts.set(device, this.n)
    this.n = before
  }
}

/** Leaves the device behind it without a manifest. */
class Forgetful extends Gateway {
  override manifest() {
    return {}
  }
}

test('a sound gateway reaches gold, by the work of the device behind it', async () => {
  const result = await examineInProcess(Gateway, { line: gateway })
  expect(result.findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
  expect(result.level).toBe('gold')
  expect(result.subject).toMatchObject({ device: 'broken-1', capabilities: ['greet', 'display'] })
}, 90_000)

test('numbers are counted for each device by itself', async () => {
  const { findings } = await examineInProcess(CountsForEach, { pace: { ...brisk, flood: 20 }, line: gateway })
  expect(findings.find(({ rule }) => rule === 'numbers.grow')?.outcome).toBe('pass')
}, 90_000)

test('one that does not say what stands behind it is found out', async () => {
  const result = await examineInProcess(Forgetful, { line: gateway })
  const manifest = result.findings.find(({ rule }) => rule === 'birth.manifest')
  expect(manifest?.outcome).toBe('fail')
  expect(manifest?.why?.en).toContain('broken-1')
}, 90_000)
