/** A running hub, a device that comes back with other firmware, and what a person sees and says of it. */
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScoreReport } from '#cli/score/score-report.ts'
import type { DeviceRow } from '#protocol/model.ts'
import { remove, type StartedHub, scratch, startHub } from '../support.ts'

const folder = scratch()
let hub: StartedHub
let robot: MqttClient

const say = (name: string, body: unknown) =>
  robot.publishAsync(`usher/v1/demo/robot-1/${name}`, JSON.stringify(body), { qos: 1 })

const born = async (boot: string, firmware: string) => {
  await say('manifest', {
    kind: 'robot',
    vendor: 'Acme',
    model: 'Walker',
    firmware,
    capabilities: { greet: {} },
  })
  await say('presence', { status: 'online', boot })
}

beforeAll(async () => {
  hub = await startHub(folder)
  robot = await mqtt.connectAsync(`mqtt://127.0.0.1:${hub.ports.mqtt}`, {
    clientId: 'demo/robot-1',
    protocolVersion: 4,
    reconnectPeriod: 0,
  })
  await born('b1', '1.0.0')
})

afterAll(async () => {
  await robot.endAsync()
  await hub.stop()
  remove(folder)
})

const standing = async () => (await hub.json<DeviceRow>('devices', 'show', 'robot-1')).firmware?.standing

describe('firmware and score on the command line', () => {
  test('an update is announced, comes back on probation, and is judged by a person', async () => {
    expect(await standing()).toBe('known')
    const early = await hub.usher('devices', 'approve-firmware', 'robot-1')
    expect(early).toMatchObject({ code: 1, complained: expect.stringContaining('firmware.judged') as string })
    await say('presence', { status: 'updating', forMs: 600_000 })
    expect((await hub.usher('devices', 'list')).said).toMatch(/robot-1 .*offline +updating/)
    await born('b2', '2.0.0')
    expect((await hub.usher('devices', 'list')).said).toContain('2.0.0 (probation)')
    expect((await hub.usher('devices', 'show', 'robot-1')).said).toMatch(/before it Walker 1\.0\.0/)
    const other = await hub.usher('devices', 'approve-firmware', 'robot-1', '--firmware', '1.9')
    expect(other.complained).toContain('error firmware.other')
    const approved = await hub.usher('devices', 'approve-firmware', 'robot-1', '--by', 'manager-1')
    expect(approved.said).toMatch(/robot-1 +Walker +2\.0\.0 +approved +manager-1/)
    const journal = await hub.usher('explain', '--device', 'robot-1')
    expect(journal.said).toContain('came back with firmware 2.0.0 instead of 1.0.0')
    expect(journal.said).toMatch(/firmware 2\.0\.0 was approved by Duty manager/)
  })

  test('a whole model, also before it comes', async () => {
    const words = ['--model', 'Walker', '--firmware', '3.0.0'] as const
    expect((await hub.usher('devices', 'decline-firmware', ...words)).said).toContain('It holds for those')
    await born('b3', '3.0.0')
    expect(await standing()).toBe('declined')
    const unknown = await hub.usher('devices', 'approve-firmware', '--model', 'Runner', '--firmware', '1')
    expect(unknown.complained).toContain('error firmware.no-model')
    expect((await hub.usher('devices', 'approve-firmware')).complained).toContain('error command.invalid')
  })

  test('the score parts what each firmware did, in words, as JSON and as CSV', async () => {
    const { models, erased } = await hub.json<ScoreReport>('devices', 'score')
    expect(erased).toBe(0)
    expect(models.map(({ model, firmware, devices }) => [model, firmware, devices])).toEqual([
      ['Walker', '1.0.0', ['robot-1']],
      ['Walker', '2.0.0', ['robot-1']],
      ['Walker', '3.0.0', ['robot-1']],
    ])
    for (const { counts, tooFew } of models) {
      expect(tooFew).toBe(true)
      expect(counts).toMatchObject({ falseOffline: 0, lostLinks: 0, downMs: 0 })
    }
    expect((await hub.usher('devices', 'score', '--lang', 'zh')).said).toContain('不足以区分')
    const narrowed = await hub.usher('devices', 'score', '--model', 'Walker', '--since', '1h')
    expect(narrowed.said).toContain('No two models of one kind can be told apart')
    expect((await hub.usher('devices', 'score', '--csv')).said).toMatch(
      /^kind,vendor,.*\nrobot,"Acme","Walker"/,
    )
    const unknown = await hub.usher('devices', 'score', '--model', 'Runner')
    expect(unknown).toMatchObject({
      code: 1,
      complained: expect.stringContaining('firmware.no-model') as string,
    })
  })
})
