/** A device that comes back able to do less: its tasks move or end by the repeat rule, and it is on record why. */
import { describe, expect, it } from 'vitest'
import type { Manifest } from '#protocol/messages.ts'
import type { DeviceRow, FirmwareRow } from '#protocol/model.ts'
import {
  createTestBranch,
  deviceRow,
  guideIntent,
  robotManifest,
  type TestBranch,
  taskIntent,
} from './support.ts'

const branchWith = (...rows: readonly DeviceRow[]): TestBranch => {
  const branch = createTestBranch()
  for (const row of rows) branch.state.devices.put(row.id, row)
  return branch
}

const comesBack = (branch: TestBranch, device: string, capabilities: Manifest['capabilities']) => {
  const manifest = { ...robotManifest, capabilities }
  const row = branch.state.devices.get(device)
  if (row !== undefined) branch.state.devices.put(device, { ...row, manifest })
  branch.decide({ kind: 'manifest', device, manifest }, [], (turn) => turn.stir())
}

const begun = (branch: TestBranch, intent = guideIntent()) => {
  const id = branch.want(intent)?.id ?? ''
  branch.report('r1', id, 'accepted')
  branch.report('r1', id, 'started')
  return id
}

const codes = (branch: TestBranch, task: string) =>
  branch.decisions
    .filter((record) => record.task === task)
    .map(({ code, params }) => [code, params?.['reason']])

describe('a changed manifest', () => {
  it('leaves alone what the device can still do', () => {
    const branch = branchWith(deviceRow('r1'))
    const id = begun(branch)
    branch.state.devices.put('r2', deviceRow('r2'))
    comesBack(branch, 'r1', { guide: {} })
    expect(branch.task(id)).toMatchObject({ phase: 'started', attempts: [{ member: 'r1', endedAt: null }] })
  })

  it('moves what may be repeated to another at once', () => {
    const branch = branchWith(deviceRow('r1'))
    const id = begun(branch)
    branch.state.devices.put('r2', deviceRow('r2'))
    comesBack(branch, 'r1', { greet: {} })
    expect(branch.task(id)?.attempts).toMatchObject([
      { member: 'r1', end: 'lost', code: 'capability-gone' },
      { member: 'r2', endedAt: null },
    ])
    expect(codes(branch, id)).toContainEqual(['moved', 'capability-gone'])
    expect(branch.messages('r1').map(({ kind }) => kind)).toContain('cancel')
  })

  it('moves what was not begun, whatever its rule', () => {
    const branch = branchWith(deviceRow('r1'))
    const id = branch.want(taskIntent())?.id ?? ''
    branch.state.devices.put('r2', deviceRow('r2'))
    comesBack(branch, 'r1', { guide: {} })
    expect(branch.task(id)?.attempts.map(({ member }) => member)).toEqual(['r1', 'r2'])
  })

  it('waits for the last word on what may not be repeated, and then ends it as unknown', () => {
    const branch = branchWith(deviceRow('r1'), deviceRow('r2', { link: 'lost' }))
    const id = begun(branch, taskIntent())
    comesBack(branch, 'r1', { guide: {} })
    expect(branch.task(id)?.phase).toBe('started')
    branch.pass(5_000)
    expect(branch.task(id)).toMatchObject({ phase: 'unknown', endReason: 'capability-gone' })
    expect(branch.tasks()).toHaveLength(1)
  })

  it('believes the last word when it comes', () => {
    const branch = branchWith(deviceRow('r1'))
    const id = begun(branch, taskIntent())
    comesBack(branch, 'r1', { guide: {} })
    branch.report('r1', id, 'done')
    branch.pass(10_000)
    expect(branch.task(id)?.phase).toBe('done')
  })

  it('lets queued tasks choose anew', () => {
    const branch = branchWith(deviceRow('r1', { manifest: null }))
    const id = branch.want(taskIntent())?.id ?? ''
    expect(branch.task(id)?.phase).toBe('queued')
    comesBack(branch, 'r1', { greet: {} })
    expect(branch.task(id)?.phase).toBe('offered')
  })
})

const firmware = (standing: FirmwareRow['standing']): FirmwareRow => ({
  vendor: 'test',
  model: 'test',
  version: '2',
  standing,
  since: 0,
  by: null,
  was: null,
})

const chosenOf = (...rows: readonly DeviceRow[]) => {
  const branch = branchWith(...rows)
  branch.want(taskIntent({ who: { members: 'devices', zones: ['entrance'] } }))
  return branch.decisions.find(({ code }) => code === 'chosen' || code === 'nobody')
}

describe('firmware in the choice', () => {
  it('on probation comes after its equals, and says so', () => {
    const record = chosenOf(deviceRow('a', { firmware: firmware('probation') }), deviceRow('b'))
    expect(record?.params?.['member']).toBe('b')
    expect(record?.candidates?.map(({ member, parts }) => [member, parts?.['probation']])).toEqual([
      ['b', undefined],
      ['a', -10],
    ])
  })

  it('approved makes equals of them again; alone it is still sent', () => {
    const approved = chosenOf(deviceRow('a', { firmware: firmware('approved') }), deviceRow('b'))
    const [first, second] = approved?.candidates ?? []
    expect(first?.score).toBe(second?.score)
    const alone = chosenOf(deviceRow('a', { firmware: firmware('probation') }))
    expect(alone?.params?.['member']).toBe('a')
  })

  it('declined gets nothing', () => {
    const record = chosenOf(deviceRow('a', { firmware: firmware('declined') }))
    expect(record).toMatchObject({ code: 'nobody', candidates: [{ out: 'firmware-declined' }] })
  })

  it('a device away for an update is said to be updating, not offline', () => {
    const record = chosenOf(deviceRow('a', { link: 'offline', health: 'updating' }))
    expect(record?.candidates?.[0]?.out).toBe('updating')
  })
})
