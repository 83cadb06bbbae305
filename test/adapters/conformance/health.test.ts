/** A device that is out of order refuses everything: whoever reads the findings is told what it said about itself. */
import { expect, test } from 'vitest'
import { SoundDevice } from '#adapters/conformance/broken/sound-device.ts'
import { rules } from '#adapters/conformance/rules/table.ts'
import { topics } from '#protocol/topics.ts'
import { brisk, examineInProcess } from './support/in-process.ts'

/** It says why, and takes nothing. */
class OutOfOrder extends SoundDevice {
  health: object = { level: 'faulted', reasons: ['motor-hot', 'no\nvoice'] }
  override tellState() {
    const { branch, device } = this.settings
    this.send(topics.state(branch, device), { health: this.health, busy: false }, { qos: 0 })
  }
  override refusal() {
    return 'faulted'
  }
}

/** It refuses and calls itself well. */
class Moody extends OutOfOrder {
  override health = { level: 'ok' }
}

const some = rules.filter(({ id }) => ['birth.manifest', 'task.done', 'time.not-started'].includes(id))
const impatient = { ...brisk, freeMs: 200 }
const whysOf = async (Device: typeof SoundDevice) => {
  const { findings } = await examineInProcess(Device, { pace: impatient, rules: some })
  return new Map(findings.map(({ rule, why }) => [rule, why]))
}

test('what was refused by a device that is out of order is told with its own reasons', async () => {
  const whys = await whysOf(OutOfOrder)
  expect(whys.get('task.done')?.en).toMatch(/; of itself it says: faulted \(motor-hot, no\\u000avoice\)$/)
  expect(whys.get('task.done')?.zh).toMatch(/；它报告自身状态：faulted（motor-hot, no\\u000avoice）$/)
  expect(whys.get('birth.manifest')).toBeUndefined()
}, 30_000)

test('of a device that calls itself well there is nothing to add', async () => {
  const whys = await whysOf(Moody)
  expect(whys.get('task.done')?.en).toBeDefined()
  expect(whys.get('task.done')?.en).not.toContain('of itself')
}, 30_000)
