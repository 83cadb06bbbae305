/** Two who press at once: what one of them may do is decided with the entry itself, after the other's and not before. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commandOf } from '#hub/desk/live/asked.ts'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { UsherError } from '#protocol/errors.ts'
import { type LookLab, openLookLab } from '../look-lab.ts'

let lab: LookLab
let n = 0

beforeEach(async () => {
  lab = await openLookLab()
})
afterEach(async () => {
  await lab.stop()
  if (lab.bugs.length > 0) throw new Error(`The hub has bugs: ${lab.bugs.map(String).join(', ')}`)
})

interface Press {
  readonly by: string
  readonly role: DeskRole
  readonly command: DeskCommand
}

const fateOf = async (fate: Promise<{ readonly seq: number | null }>): Promise<string> => {
  try {
    const { seq } = await fate
    return seq === null ? 'repeated' : 'done'
  } catch (error) {
    if (error instanceof UsherError) return error.code
    throw error
  }
}

/** All of them are looked at while nothing has been done; then they follow each other without a moment between. */
const atOnce = async (...presses: readonly Press[]): Promise<readonly string[]> => {
  const commands = await Promise.all(
    presses.map(({ by, role, command }) => {
      n += 1
      const call = { key: { boot: 'pressed-at-once', n }, command }
      return commandOf(call, { name: by, roles: [role] }, lab.parts)
    }),
  )
  return Promise.all(
    commands.map((command) => fateOf(lab.engine.submit({ body: { kind: 'command', command } }))),
  )
}
const press = async (one: Press) => (await atOnce(one))[0]

const alertRow = () => lab.engine.state.alerts.values()[0]

describe('an alert', () => {
  let alert = ''
  beforeEach(async () => {
    await lab.send({
      kind: 'command',
      command: {
        name: 'adapter.health',
        device: 'robot-1',
        about: 'process',
        code: 'adapter.crash-loop',
        params: { crashes: 5 },
        by: 'operator',
      },
    })
    alert = alertRow()?.id ?? ''
    if (alert === '') throw new Error('nothing is wrong')
  })
  const claim = (by: string, role: DeskRole): Press => ({
    by,
    role,
    command: { name: 'alert.claim', params: { alert } },
  })
  const resolve = (by: string, role: DeskRole): Press => ({
    by,
    role,
    command: { name: 'alert.resolve', params: { alert, note: null } },
  })

  test('that a colleague claims is not solved over his head by who does not lead', async () => {
    expect(await atOnce(claim('li', 'staff'), resolve('wang', 'staff'))).toEqual(['done', 'alert.taken'])
    expect(alertRow()).toMatchObject({ claimedBy: 'li', clearedAt: null })
  })

  test('is solved by who leads, whoever has it, and by whose it is', async () => {
    expect(await atOnce(claim('li', 'staff'), resolve('boss', 'manager'))).toEqual(['done', 'done'])
    expect(alertRow()?.clearedAt).not.toBeNull()
  })

  test('is solved by whose it is', async () => {
    expect(await atOnce(claim('li', 'staff'), resolve('li', 'staff'))).toEqual(['done', 'done'])
  })

  test('has one name, whoever pressed too', async () => {
    expect(await atOnce(claim('li', 'staff'), claim('boss', 'manager'))).toEqual(['done', 'alert.taken'])
    // The same person on his other page has what he wanted.
    expect(await atOnce(claim('li', 'staff'), claim('li', 'staff'))).toEqual(['done', 'done'])
    expect(alertRow()?.claimedBy).toBe('li')
  })
})

describe('a task', () => {
  let task = ''
  const taskRow = () => lab.engine.state.tasks.get(task)
  beforeEach(async () => {
    await lab.send({ kind: 'command', command: { name: 'duty', person: 'li', onDuty: true, by: 'li' } })
    await lab.event('camera-1', 'help.requested', { zone: 'entrance' })
    const [row] = lab.engine.state.tasks.values().filter(({ attempts }) => attempts.length > 0)
    task = row?.id ?? ''
    if (row?.attempts.at(-1)?.member !== 'person/li') throw new Error('li was not asked')
  })
  const report = (by: string, status: 'accepted' | 'done'): Press => ({
    by,
    role: 'staff',
    command: { name: 'task.report', params: { task, status, note: null } },
  })
  const take = (by: string, role: DeskRole): Press => ({
    by,
    role,
    command: { name: 'task.take', params: { task } },
  })
  const cancelIt = (): Press => ({
    by: 'boss',
    role: 'manager',
    command: { name: 'task.cancel', params: { task, reason: 'asked-to-cancel' } },
  })

  test('that a colleague accepts is not taken from him by who does not lead', async () => {
    expect(await atOnce(report('li', 'accepted'), take('wang', 'staff'))).toEqual(['done', 'task.taken'])
    expect(taskRow()?.attempts.at(-1)).toMatchObject({ member: 'person/li', endedAt: null })
  })

  test('that another takes is not answered any more by who was asked', async () => {
    expect(await atOnce(take('wang', 'staff'), report('li', 'done'))).toEqual(['done', 'task.not-asked'])
    expect(taskRow()?.attempts.at(-1)).toMatchObject({ member: 'person/wang', endedAt: null })
  })

  test('is his who took it, also where he pressed on two pages', async () => {
    expect(await atOnce(take('wang', 'staff'), take('wang', 'staff'))).toEqual(['done', 'task.has-it'])
    expect(taskRow()?.attempts.filter(({ member }) => member === 'person/wang')).toHaveLength(1)
  })

  test('that is given to another is given once', async () => {
    const give: Press = {
      by: 'boss',
      role: 'manager',
      command: { name: 'task.reassign', params: { task, to: 'person/wang' } },
    }
    expect(await atOnce(give, give)).toEqual(['done', 'task.has-it'])
    expect(taskRow()?.attempts.filter(({ member }) => member === 'person/wang')).toHaveLength(1)
  })

  test('that is cancelled is neither cancelled again, nor taken, nor answered', async () => {
    expect(await atOnce(cancelIt(), cancelIt(), take('wang', 'staff'), report('li', 'accepted'))).toEqual([
      'done',
      'task.ended',
      'task.ended',
      'task.ended',
    ])
  })

  test('is tried once more once, by however many', async () => {
    await press(cancelIt())
    const retry = (by: string): Press => ({
      by,
      role: 'manager',
      command: { name: 'task.retry', params: { task } },
    })
    expect(await atOnce(retry('boss'), retry('li'))).toEqual(['done', 'task.retried'])
    const open = lab.engine.state.tasks.values().filter(({ flow }) => flow === 'request')
    expect(open).toHaveLength(1)
    // What came of it ended too: then it may be wanted again.
    await lab.send({
      kind: 'command',
      command: { name: 'task.cancel', task: open[0]?.id ?? '', by: 'boss', reason: 'no' },
    })
    expect(await press(retry('li'))).toBe('done')
  })
})
