/** Whatever happens to lines, answers and pages: the hub does each command once, in the order in which it was given. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createKeptCalls, type KeyValueStore } from '#apps/lobby/live/kept-calls.ts'
import { nameOfKey } from '#apps/lobby/live/lives.ts'
import { createOutbox, type Outbox } from '#apps/lobby/live/outbox.ts'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import type { CommandAnswer, CommandCall } from '#protocol/desk/live/line.ts'

const memory = (): KeyValueStore & { readonly size: () => number } => {
  const map = new Map<string, string>()
  return {
    get length() {
      return map.size
    },
    size: () => map.size,
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  }
}

const commandOf = (mark: number): DeskCommand => ({ name: 'task.retry', params: { task: `t${mark}` } })
const markOf = ({ command }: CommandCall) => (command.params as { task: string }).task

/** Does each key once, as the hub promises. */
const createHub = () => {
  const done: string[] = []
  const known = new Set<string>()
  return {
    done,
    take: (call: CommandCall, at: number): CommandAnswer => {
      const name = nameOfKey(call.key)
      const isNew = !known.has(name)
      known.add(name)
      if (isNew) done.push(markOf(call))
      return { done: true, seq: isNew ? done.length : null, at }
    },
  }
}

interface Flight {
  readonly call: CommandCall
  readonly answer: (answer: CommandAnswer) => void
  readonly lose: () => void
}

const busy = (): CommandAnswer => ({
  done: false,
  error: { code: 'hub.busy', text: 'busy', request: 'r' },
})

/** One tablet: its storage outlives its pages. */
class Tablet {
  readonly hub = createHub()
  readonly store = memory()
  /** Sent and not yet arrived, over a line that broke since. */
  readonly ghosts: CommandCall[] = []
  flights: Flight[] = []
  given: string[] = []
  waits: (() => void)[] = []
  left: readonly string[] = []
  outbox: Outbox
  #boots = 0
  #now = 1_000

  constructor() {
    this.outbox = this.#page()
  }

  #page(): Outbox {
    this.#boots += 1
    return createOutbox({
      kept: createKeptCalls(this.store),
      boot: `boot-${String(this.#boots).padStart(4, '0')}`,
      who: 'manager-1',
      now: () => this.#now,
      wait: () => new Promise((over) => this.waits.push(over)),
      deliver: (call) =>
        new Promise((answer, reject) => {
          this.flights.push({ call, answer, lose: () => reject(new Error('lost')) })
        }),
    })
  }

  give() {
    this.#now += 1
    const mark = this.given.length + 1
    this.given.push(`t${mark}`)
    this.outbox.send(commandOf(mark))
  }

  next(): Flight | undefined {
    return this.flights.shift()
  }

  drop() {
    this.outbox.close()
    for (const flight of this.flights.splice(0)) {
      this.ghosts.push(flight.call)
      flight.lose()
    }
  }

  /** The old page is gone without a word: nothing it waited for comes any more. */
  reload() {
    this.ghosts.push(...this.flights.splice(0).map(({ call }) => call))
    this.waits = []
    this.left = createKeptCalls(this.store).boots()
    this.outbox = this.#page()
  }

  /** A page first looks for what others left behind; meanwhile somebody may already press something. */
  open() {
    this.outbox.adopt(this.left)
    this.left = []
    this.outbox.open()
  }
}

const happenings = {
  give: (tablet: Tablet) => tablet.give(),
  open: (tablet: Tablet) => tablet.open(),
  break: (tablet: Tablet) => tablet.drop(),
  reload: (tablet: Tablet) => tablet.reload(),
  answered: (tablet: Tablet) => {
    const flight = tablet.next()
    flight?.answer(tablet.hub.take(flight.call, 2_000))
  },
  'answer lost': (tablet: Tablet) => {
    const flight = tablet.next()
    if (flight === undefined) return
    tablet.hub.take(flight.call, 2_000)
    flight.lose()
  },
  'request lost': (tablet: Tablet) => tablet.next()?.lose(),
  'time passes': (tablet: Tablet) => {
    for (const over of tablet.waits.splice(0)) over()
  },
  busy: (tablet: Tablet) => tablet.next()?.answer(busy()),
  'comes late': (tablet: Tablet) => {
    const ghost = tablet.ghosts.shift()
    if (ghost !== undefined) tablet.hub.take(ghost, 2_000)
  },
} satisfies Record<string, (tablet: Tablet) => void>

const settle = () => new Promise((resolve) => setImmediate(resolve))

const finish = async (tablet: Tablet) => {
  tablet.drop()
  tablet.open()
  await settle()
  while (tablet.flights.length + tablet.waits.length > 0) {
    happenings.answered(tablet)
    happenings['time passes'](tablet)
    await settle()
  }
  while (tablet.ghosts.length > 0) happenings['comes late'](tablet)
}

describe('the outbox', () => {
  test('has each command done once and in order, whatever is lost and whenever the page is loaded anew', async () => {
    const names = Object.keys(happenings) as (keyof typeof happenings)[]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...names), { maxLength: 60 }), async (story) => {
        const tablet = new Tablet()
        tablet.outbox.open()
        for (const name of story) {
          happenings[name](tablet)
          await settle()
          expect(tablet.flights.length).toBeLessThanOrEqual(1)
        }
        await finish(tablet)
        expect(tablet.hub.done).toEqual(tablet.given)
        expect(tablet.store.size()).toBe(0)
        const open = tablet.outbox.lives().filter(({ state }) => state === 'queued' || state === 'sent')
        expect(open).toEqual([])
      }),
      { numRuns: 400 },
    )
  }, 60_000)

  test('shows the life of a command where it was given', async () => {
    const tablet = new Tablet()
    const states = () => tablet.outbox.lives().map(({ state }) => state)
    tablet.give()
    expect(states()).toEqual(['queued'])
    tablet.outbox.open()
    expect(states()).toEqual(['sent'])
    tablet.drop()
    expect(states()).toEqual(['queued'])
    await settle()
    tablet.outbox.open()
    await settle()
    happenings.answered(tablet)
    await settle()
    expect(states()).toEqual(['accepted'])
    tablet.outbox.shown(1_999)
    expect(states()).toEqual(['accepted'])
    tablet.outbox.shown(2_000)
    expect(states()).toEqual(['done'])
  })

  test('says why one was not done, and goes on with the next', async () => {
    const tablet = new Tablet()
    tablet.outbox.open()
    tablet.give()
    tablet.give()
    const error = { code: 'role.missing', text: 'No.', request: 'r' } as const
    tablet.next()?.answer({ done: false, error })
    await settle()
    expect(tablet.outbox.lives()[0]).toMatchObject({ state: 'failed', error })
    happenings.answered(tablet)
    await settle()
    expect(tablet.outbox.lives().map(({ state }) => state)).toEqual(['failed', 'accepted'])
    expect(tablet.store.size()).toBe(0)
  })

  test('sends one at a time: the next leaves when the one before is answered', async () => {
    const tablet = new Tablet()
    tablet.outbox.open()
    tablet.give()
    tablet.give()
    await settle()
    expect(tablet.flights.map(({ call }) => call.key.n)).toEqual([1])
    happenings.answered(tablet)
    await settle()
    expect(tablet.flights.map(({ call }) => call.key.n)).toEqual([2])
  })

  test('lets nothing that waits hold up the stop of all movement', async () => {
    const tablet = new Tablet()
    tablet.give()
    tablet.give()
    tablet.outbox.open()
    await settle()
    tablet.outbox.send({ name: 'stop-movement', params: {} })
    await settle()
    expect(tablet.flights.map(({ call }) => call.command.name)).toEqual(['task.retry', 'stop-movement'])
    // Asked again where its answer was lost, while the others wait.
    tablet.flights.pop()?.lose()
    await settle()
    happenings['time passes'](tablet)
    await settle()
    expect(tablet.flights.map(({ call }) => call.key.n)).toEqual([1, 3])
    await finish(tablet)
    expect(tablet.outbox.lives().map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  test('stops all movement after what was to let it go on, never before', async () => {
    const tablet = new Tablet()
    tablet.give()
    tablet.outbox.send({ name: 'allow-movement', params: {} })
    tablet.outbox.send({ name: 'stop-movement', params: {} })
    tablet.outbox.open()
    const sent: string[] = []
    for (await settle(); tablet.flights.length > 0; await settle()) {
      sent.push(...tablet.flights.map(({ call }) => call.command.name))
      happenings.answered(tablet)
    }
    expect(sent).toEqual(['task.retry', 'allow-movement', 'stop-movement'])
  })

  test('sends nothing that another person ordered, and nothing that is a shift old', () => {
    const tablet = new Tablet()
    tablet.give()
    const other = (who: string, at: number) => {
      const outbox = createOutbox({
        kept: createKeptCalls(tablet.store),
        boot: 'boot-other',
        who,
        now: () => at,
        wait: () => Promise.resolve(),
        deliver: () => Promise.reject(new Error('closed')),
      })
      outbox.adopt(createKeptCalls(tablet.store).boots())
      return outbox.lives().length
    }
    expect(other('manager-2', 1_000)).toBe(0)
    expect(other('manager-1', 1_000)).toBe(1)
    expect(other('manager-1', 1_000 + 9 * 3_600_000)).toBe(0)
  })

  test('leaves nothing on the tablet that is not meant any more, whosever it was', () => {
    const tablet = new Tablet()
    tablet.give()
    tablet.store.setItem('usher.outbox.boot-0009', 'not json')
    const kept = createKeptCalls(tablet.store)
    const later = (at: number) =>
      createOutbox({
        kept,
        boot: 'boot-other',
        who: 'manager-2',
        now: () => at,
        wait: () => Promise.resolve(),
        deliver: () => Promise.reject(new Error('closed')),
      }).adopt(kept.boots())
    later(1_000)
    expect(kept.boots()).toEqual(['boot-0001'])
    later(1_000 + 9 * 3_600_000)
    expect(tablet.store.size()).toBe(0)
  })

  test('sends also what there was no room to keep', () => {
    const tablet = new Tablet()
    tablet.store.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    tablet.open()
    tablet.give()
    expect(tablet.outbox.lives().map(({ state }) => state)).toEqual(['sent'])
    expect(tablet.flights.map(({ call }) => markOf(call))).toEqual(['t1'])
  })

  test('passes by what it cannot read', () => {
    const store = memory()
    store.setItem('usher.outbox.boot-0001', '{"who":"manager-1","last":1,"calls":[{"key":1}]}')
    store.setItem('usher.outbox.boot-0002', 'not json')
    store.setItem('other', 'x')
    const kept = createKeptCalls(store)
    expect(kept.boots()).toEqual(['boot-0001', 'boot-0002'])
    expect(kept.boots().map((boot) => kept.read(boot))).toEqual([undefined, undefined])
  })
})
