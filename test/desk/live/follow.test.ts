/** Whatever changes, and whoever comes, goes and comes back in between: what a page holds is what the hub would show. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flows } from '#flows/index.ts'
import { createFollowing, type Following } from '#hub/desk/live/follow.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { createFlowSet } from '#hub/engine/flow-set.ts'
import { createRows } from '#hub/engine/rows.ts'
import type { CommittedBatch } from '#hub/engine/sequencer.ts'
import { openState, writeOnlyTables } from '#hub/engine/state.ts'
import { type Hello, LiveDelta, LiveSnapshot } from '#protocol/desk/live/line.ts'
import { createTestClock } from '../../support/clock.ts'
import { alertRow, campaignRow, deviceRow, staffRow, taskRow, ticketRow, visitRow } from './rows.ts'
import { applyChanges, type Copy, contentOf, copyOf } from './support.ts'

const at = Date.UTC(2026, 9, 12, 1)

const openWorld = () => {
  const rows = createRows(writeOnlyTables)
  const state = openState(rows)
  const clock = createTestClock(at)
  const watchers = new Set<(batch: CommittedBatch) => void>()
  const bugs: unknown[] = []
  const follow = (onDelta: (delta: LiveDelta) => void): Following =>
    createFollowing({
      branch: 'north-gate',
      engine: { read: async (query) => query(state, clock.wallMs()), flows: createFlowSet(flows) },
      store: { tasks: async () => [] },
      watch: (callback) => {
        watchers.add(callback)
        return () => watchers.delete(callback)
      },
      whereIs: (_, told) => told,
      clock,
      run: 'run-1',
      limits: { deltasMax: 6, bytesMax: 6_000 },
      onDelta: (delta) => onDelta(LiveDelta.parse(delta)),
      onBug: (error) => bugs.push(error),
    })
  const commit = () => {
    const changes = rows.changes()
    rows.settle()
    for (const watcher of watchers) watcher({ entries: [], decisions: [], changes })
  }
  const pass = async (ms: number) => {
    clock.advance(ms)
    await new Promise((resolve) => void setImmediate(resolve))
  }
  return { state, clock, follow, commit, pass, bugs }
}

type World = ReturnType<typeof openWorld>

class Page {
  isThere = false
  have: Hello['have']
  copy: Copy | undefined
  snapshots = 0
  resumes = 0

  come(following: Following) {
    if (this.isThere) return
    this.isThere = true
    const missed = following.numbered.since(this.have)
    if (missed === undefined) {
      const { run, n, rows } = LiveSnapshot.parse(following.snapshot())
      this.copy = copyOf(rows)
      this.have = { run, n }
      this.snapshots += 1
    } else {
      for (const delta of missed) this.take(delta)
      this.resumes += 1
    }
  }

  take({ run, n, changes }: LiveDelta) {
    if (!this.isThere) return
    if (this.have?.run !== run || this.have.n !== n - 1) throw new Error(`a gap before ${n}`)
    applyChanges(this.copy as Copy, changes)
    this.have = { run, n }
  }
}

const key = fc.integer({ min: 0, max: 3 }).map((n) => `k${n}`)
const shade = fc.integer({ min: 0, max: 3 })
const tables = ['tickets', 'visits', 'alerts', 'devices', 'staff', 'campaigns', 'tasks', 'dueAt'] as const
const change: fc.Arbitrary<Change> = fc.record({
  act: fc.constantFrom('put', 'put', 'put', 'drop', 'end'),
  table: fc.constantFrom(...tables),
  key,
  shade,
})
const step = fc.oneof(
  { weight: 6, arbitrary: change },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('commit' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 250 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom('come' as const, 'go' as const),
      page: fc.integer({ min: 0, max: 2 }),
    }),
  },
)
interface Change {
  readonly act: 'put' | 'drop' | 'end'
  readonly table: (typeof tables)[number]
  readonly key: string
  readonly shade: number
}

const put = ({ state, clock }: World, { table, key: name, shade: n }: Change) => {
  if (table === 'tickets') state.tickets.put(name, ticketRow(name, n))
  else if (table === 'visits') state.visits.put(name, visitRow(name, n))
  // Raised anew under the same key it is another alert.
  else if (table === 'alerts') state.alerts.put(name, alertRow(name, n))
  else if (table === 'devices') state.devices.put(name, deviceRow(name, n))
  else if (table === 'staff') state.staff.put(name, staffRow(name, n))
  else if (table === 'campaigns') {
    state.campaigns.put(name, campaignRow(name))
    state.plays.put(name, { campaign: name, day: '2026-10-12', count: n })
  } else if (table === 'tasks') state.tasks.put(name, taskRow(name, n))
  else
    state.timers.put(`task/${name}#run`, {
      id: `task/${name}#run`,
      owner: `task/${name}`,
      name: 'run',
      deadline: clock.wallMs() + n,
      graced: false,
      event: null,
    })
}

const drop = ({ state }: World, { table, key: name }: Change) => {
  if (table === 'dueAt') state.timers.drop(`task/${name}#run`)
  else state[table].drop(name)
}

const end = ({ state, clock }: World, { key: name, shade: n }: Change) => {
  const row: TaskRow = { ...taskRow(name, n), phase: 'done', endedAt: clock.wallMs() }
  state.tasks.drop(name)
  state.endedTasks.put(name, row)
}

const acts = { put, drop, end }

test('a page that misses what it may and comes back when it likes holds what the hub shows', async () => {
  let resumes = 0
  let snapshots = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
      const world = openWorld()
      const pages = [new Page(), new Page(), new Page()]
      const following = world.follow((delta) => {
        for (const page of pages) page.take(delta)
      })
      await following.open()
      for (const one of steps) {
        if ('table' in one) acts[one.act](world, one)
        else if (one.act === 'commit') world.commit()
        else if (one.act === 'pass') {
          // Between two commits: what is not committed nobody may see.
          world.commit()
          await world.pass(one.ms)
        } else if (one.act === 'come') pages[one.page]?.come(following)
        else (pages[one.page] as Page).isThere = false
      }
      world.commit()
      await world.pass(1_000)
      for (const page of pages) page.come(following)
      const shown = contentOf(copyOf(following.snapshot().rows))
      for (const page of pages) {
        expect(contentOf(page.copy as Copy)).toEqual(shown)
        expect(page.have?.n).toBe(following.numbered.n)
        resumes += page.resumes
        snapshots += page.snapshots
      }
      // And that is what somebody who looks for the first time would see, but for tasks that ended before.
      const fresh = world.follow(() => {})
      await fresh.open()
      const anew = contentOf(copyOf(fresh.snapshot().rows))
      const open = Object.entries(shown.tasks ?? {}).filter(
        ([, row]) => (row as { endedAt: unknown }).endedAt === null,
      )
      expect({ ...shown, tasks: Object.fromEntries(open) }).toEqual(anew)
      expect(world.bugs).toEqual([])
      following.stop()
      fresh.stop()
    }),
    { numRuns: 240 },
  )
  // Both ways back were gone.
  expect(resumes).toBeGreaterThan(100)
  expect(snapshots).toBeGreaterThan(200)
})

test('what does not look different is not told', async () => {
  const world = openWorld()
  const deltas: LiveDelta[] = []
  const following = world.follow((delta) => deltas.push(delta))
  await following.open()
  const before = deltas.length
  put(world, { act: 'put', table: 'visits', key: 'k1', shade: 1 })
  world.commit()
  await world.pass(200)
  expect(deltas.length).toBe(before + 1)
  world.state.visits.put('k1', { ...visitRow('k1', 1), seenAt: at + 5, marks: { 'diversion.refused': true } })
  world.commit()
  await world.pass(200)
  expect(deltas.length).toBe(before + 1)
  following.stop()
})

test('many changes within a moment are one, and at most ten go out in a second', async () => {
  const world = openWorld()
  const deltas: LiveDelta[] = []
  const following = world.follow((delta) => deltas.push(delta))
  await following.open()
  const before = deltas.length
  for (let ms = 0; ms < 1_000; ms += 10) {
    world.state.tickets.put('k1', { ...ticketRow('k1', 1), calledAt: at + ms })
    world.commit()
    await world.pass(10)
  }
  expect(deltas.length - before).toBeGreaterThanOrEqual(9)
  expect(deltas.length - before).toBeLessThanOrEqual(11)
  following.stop()
})

test('a task that ended stays for an hour', async () => {
  const world = openWorld()
  const following = world.follow(() => {})
  await following.open()
  put(world, { act: 'put', table: 'tasks', key: 'k1', shade: 1 })
  world.commit()
  end(world, { act: 'end', table: 'tasks', key: 'k1', shade: 1 })
  world.commit()
  const phase = () => following.snapshot().rows.tasks.find(({ id }) => id === 'k1')?.phase
  await world.pass(200)
  expect(phase()).toBe('done')
  for (let minute = 0; minute < 59; minute++) await world.pass(60_000)
  expect(phase()).toBe('done')
  for (let minute = 0; minute < 3; minute++) await world.pass(60_000)
  expect(phase()).toBeUndefined()
  following.stop()
})

test('a run that is not this one, and a number that is not yet, begin anew', async () => {
  const world = openWorld()
  const following = world.follow(() => {})
  await following.open()
  const { n } = following.numbered
  expect(following.numbered.since({ run: 'run-0', n })).toBeUndefined()
  expect(following.numbered.since({ run: 'run-1', n: n + 1 })).toBeUndefined()
  expect(following.numbered.since({ run: 'run-1', n })).toEqual([])
  following.stop()
})
