/** Time of a day that nobody waits for: a binary heap of what comes next, first come first served at the same moment. */
import type { Clock } from '../devices/ports.ts'

interface Event {
  readonly at: number
  readonly order: number
  /** undefined: called off. */
  call: (() => void) | undefined
}

export interface EventClock extends Clock {
  /** Does everything that is due by then. */
  runUntil(ms: number): void
  /** Does the next thing. @returns false when nothing is left. */
  runNext(): boolean
}

const isBefore = (a: Event, b: Event) => (a.at === b.at ? a.order < b.order : a.at < b.at)

const keptMin = 1_000

class Heap {
  #events: Event[] = []
  #calledOff = 0

  first(): Event | undefined {
    return this.#events[0]
  }

  push(event: Event) {
    const events = this.#events
    let index = events.push(event) - 1
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = events[above] as Event
      if (!isBefore(event, parent)) break
      events[index] = parent
      index = above
    }
    events[index] = event
  }

  /** Where most are called off, they are thrown out at once instead of one by one when they are due. */
  callOff(event: Event) {
    if (event.call === undefined) return
    event.call = undefined
    this.#calledOff += 1
    if (this.#calledOff < keptMin || this.#calledOff * 2 < this.#events.length) return
    // In order is a heap, too.
    this.#events = this.#events
      .filter(({ call }) => call !== undefined)
      .sort((a, b) => (isBefore(a, b) ? -1 : 1))
    this.#calledOff = 0
  }

  forgetCalledOff(): true {
    this.#calledOff = Math.max(0, this.#calledOff - 1)
    return true
  }

  pop() {
    const events = this.#events
    const last = events.pop()
    if (last === undefined || events.length === 0) return
    let index = 0
    for (let below = 1; below < events.length; below = 2 * index + 1) {
      const right = events[below + 1]
      if (right !== undefined && isBefore(right, events[below] as Event)) below += 1
      const child = events[below] as Event
      if (!isBefore(child, last)) break
      events[index] = child
      index = below
    }
    events[index] = last
  }
}

export const createEventClock = (startMs = 0): EventClock => {
  const heap = new Heap()
  let now = startMs
  let order = 0
  const runNext = (untilMs: number): boolean => {
    const next = heap.first()
    if (next === undefined || next.at > untilMs) return false
    heap.pop()
    if (next.call === undefined) return heap.forgetCalledOff()
    now = next.at
    const { call } = next
    next.call = undefined
    call()
    return true
  }
  return {
    now: () => now,
    after(ms, call) {
      const event: Event = { at: now + Math.max(0, ms), order: order++, call }
      heap.push(event)
      return () => heap.callOff(event)
    },
    runUntil(ms) {
      while (runNext(ms)) {
        // One event after the other.
      }
      now = Math.max(now, ms)
    },
    runNext: () => runNext(Number.POSITIVE_INFINITY),
  }
}
