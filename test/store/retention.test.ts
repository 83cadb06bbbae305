/** What is past its time goes and nothing else does; the chain verifies all the way. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDurableStore } from '#hub/store/durable-store.ts'
import type { DurableStore } from '#hub/store/upkeep.ts'
import { defaultRetention } from '#hub/store/upkeep.ts'
import { type BatchShape, batchOn, change, seen, start, task } from './batches.ts'
import { makeDirectory } from './directory.ts'

const day = 86_400_000
let directory: ReturnType<typeof makeDirectory>
let store: DurableStore
beforeEach(() => {
  directory = makeDirectory()
  store = createDurableStore({ directory: directory.path })
})
afterEach(async () => {
  await store.close()
  directory.remove()
})

const filesWith = (text: string) =>
  readdirSync(directory.path, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && readFileSync(join(file.parentPath, file.name)).includes(text))
    .map(({ name }) => name)

const commit = async (shape: BatchShape) => store.commit(batchOn(await store.open('b'), shape))

/** One batch a day from day 0 on: an event, a report, a decision on visit v-<day> and task t-<day>, which ended. */
const days = async (count: number) => {
  for (let i = 0; i < count; i++) {
    await commit({
      at: start + i * day,
      body: seen(`track-${i}`),
      cause: `t-${i}/1`,
      decisions: [{ visit: `v-${i}`, task: `t-${i}` }],
      changes: [
        change('endedTasks', {
          [`t-${i}`]: task(`t-${i}`, { phase: 'done', createdAt: start + i * day, visit: `v-${i}` }),
        }),
      ],
    })
    await commit({ at: start + i * day + 1, body: { kind: 'clock', stepMs: i } })
  }
}
const at = (dayNumber: number) => start + dayNumber * day

const whatIsLeft = async () => ({
  bodies: (await store.entries('b', { from: 1 })).filter(({ body }) => body !== null).map(({ seq }) => seq),
  decisions: (await store.decisions('b', {})).map(({ record }) => record.visit),
  tasks: (await store.tasks('b', {})).map((row) => (row as { id: string }).id),
})

describe('retention', () => {
  it('erases bodies after eight days and counts what they were', async () => {
    await days(10)
    const retained = await store.retain('b', at(10))
    expect(retained).toEqual({ bodies: 4, decisions: 0, tasks: 0, links: 0, aggregates: 0, checkpoints: 0 })
    expect((await whatIsLeft()).bodies).toEqual(Array.from({ length: 16 }, (_, i) => i + 5))
    expect(await store.verify('b')).toEqual({ ok: true, entries: 20, erased: 4, broken: null })
    const dayOf = (i: number) => new Date(at(i)).toISOString().slice(0, 10)
    expect(await store.aggregates('b', { from: '2000-01-01', to: '2100-01-01' })).toEqual([
      { day: dayOf(0), kind: 'clock', name: '', count: 1 },
      { day: dayOf(0), kind: 'event', name: 'visitor.detected', count: 1 },
      { day: dayOf(1), kind: 'clock', name: '', count: 1 },
      { day: dayOf(1), kind: 'event', name: 'visitor.detected', count: 1 },
    ])
    expect(await store.retain('b', at(10))).toMatchObject({ bodies: 0 })
  })

  it('drops decisions, ended tasks and links after 180 days; the chain goes on from where it was cut', async () => {
    await days(4)
    await commit({ at: at(200) })
    expect(await store.retain('b', at(182))).toEqual({
      bodies: 8,
      decisions: 2,
      tasks: 2,
      links: 4,
      aggregates: 0,
      checkpoints: 0,
    })
    expect(await whatIsLeft()).toEqual({ bodies: [9], decisions: ['v-2', 'v-3'], tasks: ['t-3', 't-2'] })
    expect(await store.verify('b')).toEqual({ ok: true, entries: 5, erased: 4, broken: null })
    await commit({ at: at(201) })
    await store.close()
    store = createDurableStore({ directory: directory.path })
    expect((await store.open('b')).seq).toBe(10)
    expect((await store.checkWhole()).ok).toBe(true)
  })

  it('drops counts after thirteen months, and checkpoints no replay can use, but never the newest', async () => {
    await days(1)
    await store.checkpoint('b')
    await commit({ at: at(2) })
    await store.checkpoint('b')
    await store.retain('b', at(20))
    expect((await store.checkpoints('b')).map(({ seq }) => seq)).toEqual([3])
    expect(await store.retain('b', at(396))).toMatchObject({ aggregates: 2 })
    expect((await store.checkpoints('b')).map(({ seq }) => seq)).toEqual([3])
  })

  it('keeps what a legal hold names, by task, visit or time, until it is released', async () => {
    await days(6)
    await commit({ at: at(300) })
    const hold = { by: 'auditor', reason: 'complaint 7', at: at(6) }
    await store.hold('b', { ...hold, id: 'h-task', task: 't-1' })
    await store.hold('b', { ...hold, id: 'h-visit', visit: 'v-3' })
    await store.hold('b', { ...hold, id: 'h-time', from: at(4), to: at(4) + 1 })
    expect(await store.holds('b')).toContainEqual({ ...hold, id: 'h-task', task: 't-1' })
    await expect(store.hold('b', { ...hold, id: 'h-all' })).rejects.toThrow(RangeError)
    await store.retain('b', at(300))
    expect(await whatIsLeft()).toEqual({
      bodies: [3, 7, 9, 10, 13],
      decisions: ['v-1', 'v-3', 'v-4'],
      tasks: ['t-4', 't-3', 't-1'],
    })
    expect(await store.verify('b')).toMatchObject({ ok: true, entries: 11 })
    for (const { id } of await store.holds('b')) expect(await store.releaseHold('b', id)).toBe(true)
    expect(await store.releaseHold('b', 'h-task')).toBe(false)
    await store.retain('b', at(300))
    expect(await whatIsLeft()).toEqual({ bodies: [13], decisions: [], tasks: [] })
    expect(await store.verify('b')).toMatchObject({ ok: true, entries: 1 })
  })

  it('lets commits through between its steps', async () => {
    for (let i = 0; i < 5; i++) await commit({ entries: 1000 })
    const order: string[] = []
    const retaining = store.retain('b', at(100)).then(() => order.push('retained'))
    await commit({ at: at(100) }).then(() => order.push('committed'))
    await retaining
    expect(order).toEqual(['committed', 'retained'])
    expect(await store.verify('b')).toMatchObject({ ok: true, entries: 5001, erased: 5000 })
  })

  it('takes its periods from the settings', async () => {
    await days(3)
    const short = { ...defaultRetention, bodiesMs: day }
    expect(await store.retain('b', at(3), short)).toMatchObject({ bodies: 4, decisions: 0 })
  })
})

describe('erasing a visit', () => {
  it('takes its bodies, decisions and tasks; the chain verifies and counts what is gone', async () => {
    await days(3)
    await commit({
      at: at(3),
      body: { kind: 'command', command: { name: 'visit.role', visit: 'v-1', role: 'staff', by: 'p' } },
    })
    await store.checkpoint('b')
    await commit({ at: at(4), changes: [change('visits', { 'v-1': { id: 'v-1' } })] })
    await store.checkpoint('b')
    expect(await store.eraseVisit('b', 'v-1')).toEqual({ bodies: 2, decisions: 1, tasks: 1 })
    expect(await whatIsLeft()).toEqual({
      bodies: [1, 2, 4, 5, 6, 8],
      decisions: ['v-0', 'v-2'],
      tasks: ['t-2', 't-0'],
    })
    expect(await store.decisions('b', { task: 't-1' })).toEqual([])
    expect((await store.checkpoints('b')).map(({ seq }) => seq)).toEqual([7])
    expect(await store.verify('b')).toEqual({ ok: true, entries: 8, erased: 2, broken: null })
  })

  it('leaves no trace of the erased text in any file, also while the hub works', async () => {
    await commit({ body: seen('track-of-a-person'), decisions: [{ visit: 'v-1' }] })
    await commit({})
    expect(filesWith('track-of-a-person')).not.toEqual([])
    await store.eraseVisit('b', 'v-1')
    expect(filesWith('track-of-a-person')).toEqual([])
    await commit({ body: seen('track-of-another') })
    expect(filesWith('track-of-another')).not.toEqual([])
  })

  it('lets commits through meanwhile, and loses none of them', async () => {
    for (let i = 0; i < 5; i++) await commit({ entries: 1000, decisions: [{ visit: `v-${i}` }] })
    const erasing = store.eraseVisit('b', 'v-1').then(() => 'done')
    let committed = 5000
    while ((await Promise.race([erasing, Promise.resolve('working')])) === 'working') {
      await commit({ entries: 2 })
      committed += 2
    }
    await store.close()
    store = createDurableStore({ directory: directory.path })
    expect(await store.open('b')).toMatchObject({ seq: committed })
    expect(await store.verify('b')).toMatchObject({ ok: true, erased: 1 })
  })

  it('does not touch a visit under legal hold', async () => {
    await days(2)
    await store.hold('b', { id: 'h', visit: 'v-1', by: 'auditor', reason: 'r', at: start })
    expect(await store.eraseVisit('b', 'v-1')).toEqual({ bodies: 0, decisions: 0, tasks: 0 })
  })
})
