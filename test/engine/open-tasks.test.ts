/** Tasks that are under way while the flow that wants them changes, or cannot go on. */
import { describe, expect, it } from 'vitest'
import type { Migration, StoredInstance } from '#flows/define.ts'
import { explainTask } from '#hub/dispatch/explain.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { explainText } from '#hub/look/explain-text.ts'
import { tell } from '#hub/look/tell.ts'
import { createTitles } from '#hub/look/titles.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import type { Intent } from '#protocol/intents.ts'
import { branchName } from '../sim/branch.ts'
import { type Lab, openLab, type SmallFlow, smallFlow } from './support.ts'

const call = (ref: string): Intent => ({
  type: 'task',
  ref,
  capability: 'call-staff',
  command: { reason: 'help', at: { zone: 'kiosks' } },
  subject: { device: 'kiosk-1' },
  who: { members: 'people' },
  priority: 7,
  claims: [],
  ackWithinMs: 60_000,
  startWithinMs: 60_000,
  runWithinMs: 600_000,
  expiresInMs: 600_000,
  attemptsMax: 3,
  because: { code: 'help-asked' },
})

const asking = (refs: readonly string[], rest: SmallFlow = {}) =>
  smallFlow({ wants: () => refs.map(call), ...rest })

/** Two members of staff are on duty; the flow asks for these tasks, one member each. */
const begin = async (refs: readonly string[]) => {
  const lab = await openLab([asking(refs)])
  for (const person of ['bo', 'mei'])
    await lab.send({ kind: 'command', command: { name: 'duty', person, onDuty: true, by: person } })
  await lab.event('kiosk-1', 'help.requested', { zone: 'kiosks' })
  expect(open(lab)).toHaveLength(refs.length)
  return lab
}

const open = (lab: Lab) => lab.engine().state.tasks.values()
const parked = (lab: Lab) => lab.engine().state.instances.get('small/kiosk-1')?.parked
const codes = (lab: Lab) => lab.decisions.map((record) => record.code)

const say = (lab: Lab, task: TaskRow, status: 'accepted' | 'done') => {
  const by = (task.attempts.at(-1)?.member ?? '').replace('person/', '')
  const command = { name: 'task.report', task: task.id, by, status, note: null } as const
  return lab.send({ kind: 'command', command })
}

const finish = async (lab: Lab, ref: string) => {
  const find = () => open(lab).find((task) => task.intent.ref === ref) as TaskRow
  await say(lab, find(), 'accepted')
  await say(lab, find(), 'done')
}

const renaming =
  (rename: (refs: readonly string[]) => readonly string[]): Migration =>
  (old: StoredInstance) => ({ ...old, tasks: rename(old.tasks) })

describe('an open task of a changed flow', () => {
  it('is answered under the name that the migration gave it', async () => {
    const lab = await begin(['call'])
    const before = open(lab)[0] as TaskRow
    const migrations = { 1: renaming((refs) => refs.map((ref) => `${ref}-staff`)) }
    await lab.reopen([asking([], { version: 2, migrations, answer: 'call-staff' })])
    expect(parked(lab)).toBeNull()
    expect(open(lab)).toEqual([{ ...before, intent: { ...before.intent, ref: 'call-staff' } }])
    await finish(lab, 'call-staff')
    expect(codes(lab)).toContain('answered')
    expect(lab.engine().state.instances.size).toBe(0)
  })

  it('keeps its name through a migration that says nothing about it, over several versions', async () => {
    const lab = await begin(['call'])
    const migrations = { 1: renaming((refs) => refs), 2: renaming((refs) => refs) }
    await lab.reopen([asking([], { version: 3, migrations, answer: 'call' })])
    await finish(lab, 'call')
    expect(codes(lab)).toContain('answered')
  })

  it('may swap its name with another one', async () => {
    const lab = await begin(['one', 'two'])
    const before = new Map(open(lab).map((task) => [task.id, task.intent.ref]))
    const migrations = { 1: renaming((refs) => refs.toReversed()) }
    await lab.reopen([asking([], { version: 2, migrations })])
    expect(parked(lab)).toBeNull()
    for (const task of open(lab)) expect(task.intent.ref).toBe(before.get(task.id) === 'one' ? 'two' : 'one')
  })

  it.each([
    ['loses one', (refs: readonly string[]) => refs.slice(1), 'accounts for 1 of 2 open tasks'],
    ['makes one up', (refs: readonly string[]) => [...refs, 'three'], 'accounts for 3 of 2 open tasks'],
    ['gives two the same name', (refs: readonly string[]) => refs.map(() => 'one'), 'one name'],
  ])('parks the instance where the migration %s', async (_, rename, why) => {
    const lab = await begin(['one', 'two'])
    const before = open(lab)
    await lab.reopen([asking([], { version: 2, migrations: { 1: renaming(rename) } })])
    expect(parked(lab)).toContain(why)
    expect(open(lab)).toEqual(before)
  })
})

describe('an open task of a parked instance', () => {
  it('goes on to its end, and an explanation of it says that nobody waits for it', async () => {
    const lab = await begin(['call'])
    const id = open(lab)[0]?.id ?? ''
    await lab.reopen([asking([], { version: 2 })])
    expect(parked(lab)).toContain('no migration')
    await finish(lab, 'call')
    expect(open(lab)).toEqual([])
    const store = createMemoryStore({ disk: lab.disk })
    const decisions = await store.decisions(branchName, { task: id })
    const tasks = (await store.tasks(branchName, { id, limit: 1 })) as readonly TaskRow[]
    const explanation = explainTask(id, { decisions, tasks, entries: [] })
    expect(explanation.tasks[0]?.outcome.phase).toBe('done')
    expect(explanation.tasks[0]?.notes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['instance.parked', 'answer.unheard']),
    )
    const titles = createTitles(lab.engine().state, 'en')
    const telling = { titles, flows: lab.engine().flows, timeZone: 'UTC' }
    const told = explainText(tell(explanation, telling), 'en').join('\n')
    expect(told).toContain('nobody waits for this end')
  })

  it('is on record too where the flow is no longer shipped', async () => {
    const lab = await begin(['call'])
    await lab.reopen([])
    await finish(lab, 'call')
    expect(lab.decisions.find((record) => record.code === 'answer.unheard')).toMatchObject({
      flow: 'small',
      params: { answer: 'task.done', reason: 'its flow is no longer shipped' },
    })
  })

  it('is heard of again after a version that the instance can go on with', async () => {
    const lab = await begin(['call'])
    await lab.reopen([asking([], { version: 2 })])
    const migrations = { 1: renaming((refs) => refs), 2: renaming((refs) => refs) }
    await lab.reopen([asking([], { version: 3, migrations, answer: 'call' })])
    await finish(lab, 'call')
    expect(codes(lab)).toContain('answered')
    expect(codes(lab)).not.toContain('answer.unheard')
  })
})
