import { describe, expect, it } from 'vitest'
import { createDueTimers } from '#hub/engine/due.ts'
import type { Entry, Input } from '#hub/engine/entry.ts'
import { createHubTime } from '#hub/engine/hub-time.ts'
import { createRows } from '#hub/engine/rows.ts'
import { remember } from '#hub/engine/seen.ts'
import { createSequencer } from '#hub/engine/sequencer.ts'
import { openState, type TimerRow } from '#hub/engine/state.ts'
import { type Batch, type Store, StoreBroken, StoreFull } from '#hub/store/port.ts'
import { UsherError } from '#protocol/errors.ts'
import { createTestClock } from '../support/clock.ts'

const event = (n: number, device = 'camera-1'): Input => ({
  body: { kind: 'event', device, name: 'x-test', data: { n } },
  numbering: { boot: 'b', n },
})

/** A store whose commits end when the test says so. */
const createHeldStore = () => {
  const batches: { batch: Batch; done: (error?: Error) => void }[] = []
  const store = {
    commit: (batch: Batch) =>
      new Promise<void>((resolve, reject) => {
        batches.push({ batch, done: (error) => (error === undefined ? resolve() : reject(error)) })
      }),
  } as unknown as Store
  return { store, batches }
}

const setUp = (decide: (entry: Entry, state: ReturnType<typeof openState>) => void = () => undefined) => {
  const clock = createTestClock()
  const rows = createRows()
  const state = openState(rows)
  const due = createDueTimers(state.timers)
  const { store, batches } = createHeldStore()
  const seen: string[] = []
  const sequencer = createSequencer({
    branch: 'b',
    epoch: 1,
    head: { seq: 0, at: 0 },
    rows,
    state,
    due,
    store,
    clock,
    time: createHubTime(clock, 0),
    decide: (entry) => {
      if (entry.numbering !== undefined && 'device' in entry.body) {
        state.seen.put(
          entry.body.device,
          remember(state.seen.get(entry.body.device), entry.body.device, entry.numbering),
        )
      }
      decide(entry, state)
      return []
    },
    refuse: (_, input) => (input.body.kind === 'clock' ? new UsherError('command.invalid') : undefined),
    onCommitted: ({ entries }) => seen.push(`committed ${entries.map((entry) => entry.seq).join(',')}`),
    onBug: (error) => seen.push(`bug ${String(error)}`),
    onFull: (full) => seen.push(full ? 'full' : 'space'),
    onFatal: (error) => seen.push(`fatal ${String(error)}`),
  })
  const take = (index: number) => {
    const held = batches[index]
    if (held === undefined) throw new Error(`no batch ${index}`)
    return held
  }
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve)).then(() => clock.flush())
  return { clock, sequencer, batches, take, seen, state, due, settled }
}

describe('sequencer', () => {
  it('commits as one batch what arrived during the last commit, in order, and answers only after it', async () => {
    const { clock, sequencer, batches, take, settled } = setUp()
    const answered: number[] = []
    const submit = (n: number) => sequencer.submit(event(n)).then(({ seq }) => answered.push(seq ?? -1))
    const first = submit(1)
    clock.flush()
    const rest = [submit(2), submit(3)]
    await settled()
    expect(batches).toHaveLength(1)
    expect(answered).toEqual([])
    take(0).done()
    await first
    await settled()
    expect(take(1).batch.entries.map((entry) => [entry.seq, entry.numbering?.n])).toEqual([
      [2, 2],
      [3, 3],
    ])
    expect(take(1).batch.fromSeq).toBe(1)
    take(1).done()
    await Promise.all(rest)
    expect(answered).toEqual([1, 2, 3])
  })

  it('makes no entry of a repeat, and answers it only when the first one is committed', async () => {
    const { clock, sequencer, take, settled } = setUp()
    const first = sequencer.submit(event(7))
    let repeated = false
    const repeat = sequencer.submit(event(7)).then((committed) => {
      repeated = true
      return committed
    })
    clock.flush()
    await settled()
    expect(repeated).toBe(false)
    expect(take(0).batch.entries).toHaveLength(1)
    take(0).done()
    expect((await first).seq).toBe(1)
    expect((await repeat).seq).toBeNull()
  })

  it('refuses while the disk is full, loses nothing that was good, and goes on by itself', async () => {
    const { clock, sequencer, take, seen, state, settled } = setUp()
    const refused = sequencer.submit(event(1))
    clock.flush()
    take(0).done(new StoreFull())
    await expect(refused).rejects.toMatchObject({ code: 'store.full' })
    expect(state.seen.size).toBe(0)
    const again = sequencer.submit(event(1))
    await settled()
    take(1).done()
    expect(await again).toMatchObject({ seq: 1 })
    expect(seen).toEqual(['full', 'space', 'committed 1'])
  })

  it('ends when what is on disk is unknown, and refuses whoever waited', async () => {
    const { clock, sequencer, take, seen } = setUp()
    const inFlight = sequencer.submit(event(1))
    clock.flush()
    const queued = sequencer.submit(event(2))
    take(0).done(new StoreBroken('fsync'))
    await expect(inFlight).rejects.toMatchObject({ code: 'store.broken' })
    await expect(queued).rejects.toMatchObject({ code: 'store.broken' })
    await expect(sequencer.submit(event(3))).rejects.toMatchObject({ code: 'hub.stopping' })
    expect(seen).toEqual(['fatal StoreBroken: fsync'])
  })

  it('refuses an entry it cannot decide, takes back what it began, and decides the next', async () => {
    const { clock, sequencer, take, seen, state } = setUp((entry, state) => {
      if (entry.body.kind !== 'event') return
      state.meta.put('last', { n: entry.body.data['n'] })
      if (entry.body.data['n'] === 1) throw new Error('planted')
    })
    const bad = sequencer.submit(event(1))
    const good = sequencer.submit(event(2))
    clock.flush()
    await expect(bad).rejects.toMatchObject({ code: 'hub.bug' })
    take(0).done()
    expect(await good).toMatchObject({ seq: 1 })
    expect(seen[0]).toBe('bug Error: planted')
    expect(state.meta.get('last')).toEqual({ n: 2 })
  })

  it('refuses before an entry is made what may not become one', async () => {
    const { clock, sequencer, batches } = setUp()
    const refused = sequencer.submit({ body: { kind: 'clock', stepMs: 1 } })
    clock.flush()
    await expect(refused).rejects.toMatchObject({ code: 'command.invalid' })
    expect(batches).toHaveLength(0)
  })

  it('puts timers due by then before the entry, in order of deadline, and never lets hub time go back', async () => {
    const { clock, sequencer, take, state, due, settled } = setUp((entry, state) => {
      if (entry.body.kind === 'timer') state.timers.drop(`${entry.body.owner}#${entry.body.name}`)
    })
    const start = clock.wallMs()
    for (const [owner, deadline] of [
      ['late', start + 50],
      ['early', start + 10],
    ] as const) {
      const timer: TimerRow = { id: `${owner}#t`, owner, name: 't', deadline, graced: false, event: null }
      state.timers.put(timer.id, timer)
      due.add(timer)
    }
    const first = sequencer.submit(event(1))
    clock.flush()
    clock.advance(100)
    take(0).done()
    await first
    void sequencer.submit(event(2))
    await settled()
    const decided = take(1).batch.entries.map((entry) => [entry.body.kind, entry.at - start])
    expect(decided).toEqual([
      ['timer', 10],
      ['timer', 50],
      ['event', 100],
    ])
    take(1).done()
  })

  it('wakes for a timer by itself', async () => {
    const { clock, sequencer, take, due, settled } = setUp((entry, state) => {
      const timer: TimerRow = {
        id: 'o#t',
        owner: 'o',
        name: 't',
        deadline: entry.at + 5_000,
        graced: false,
        event: null,
      }
      if (entry.body.kind === 'event') {
        state.timers.put(timer.id, timer)
        due.add(timer)
      } else state.timers.drop('o#t')
    })
    const first = sequencer.submit(event(1))
    clock.flush()
    take(0).done()
    await first
    await settled()
    clock.advance(5_000)
    expect(take(1).batch.entries[0]).toMatchObject({ seq: 2, body: { kind: 'timer', owner: 'o', name: 't' } })
    take(1).done()
  })

  it('lets a reader see committed state only', async () => {
    const { clock, sequencer, take } = setUp((entry, state) => state.meta.put('seq', { seq: entry.seq }))
    const first = sequencer.submit(event(1))
    clock.flush()
    const read = sequencer.read((state) => state.meta.get('seq'))
    take(0).done(new StoreFull())
    await expect(first).rejects.toThrow()
    clock.flush()
    expect(await read).toBeUndefined()
  })

  it('decides nothing more once it is abandoned, not even what is due', async () => {
    const { clock, sequencer, batches, state, due } = setUp()
    const timer: TimerRow = {
      id: 'o#t',
      owner: 'o',
      name: 't',
      deadline: clock.wallMs(),
      graced: false,
      event: null,
    }
    const waiting = sequencer.submit(event(1))
    sequencer.abandon()
    await expect(waiting).rejects.toMatchObject({ code: 'hub.stopping' })
    state.timers.put(timer.id, timer)
    due.add(timer)
    clock.advance(60_000)
    await expect(sequencer.submit(event(2))).rejects.toMatchObject({ code: 'hub.stopping' })
    expect(batches).toHaveLength(0)
  })

  it('stops when what it took is committed', async () => {
    const { clock, sequencer, take, settled } = setUp()
    const first = sequencer.submit(event(1))
    clock.flush()
    const stopped = sequencer.stop()
    await expect(sequencer.submit(event(2))).rejects.toMatchObject({ code: 'hub.stopping' })
    take(0).done()
    await first
    await settled()
    await stopped
  })
})
