/** A device that asks for no work now is left in peace; who names it, and an emergency, may still ask. */
import { expect, it } from 'vitest'
import { createTestBranch, deviceRow, type TestBranch, taskIntent } from './support.ts'

const unwilling = (): TestBranch => {
  const branch = createTestBranch()
  branch.state.devices.put('robot-1', deviceRow('robot-1', { state: { willing: false } }))
  return branch
}

it('passes over a device that asks for no work, and says so', () => {
  const branch = unwilling()
  expect(branch.want(taskIntent())?.phase).not.toBe('offered')
  expect(JSON.stringify(branch.decisions)).toContain('"out":"unwilling"')
})

it('takes a willing one instead', () => {
  const branch = unwilling()
  branch.state.devices.put('robot-2', deviceRow('robot-2', { state: { willing: true } }))
  const task = branch.want(taskIntent())
  expect(task?.attempts.map(({ member }) => member)).toEqual(['robot-2'])
})

it('still asks it where it is named, and in an emergency', () => {
  const named = unwilling()
  expect(named.want(taskIntent({ who: { members: 'devices', only: ['robot-1'] } }))?.phase).toBe('offered')
  const emergency = unwilling()
  expect(emergency.want(taskIntent({ priority: 9 }))?.phase).toBe('offered')
})
