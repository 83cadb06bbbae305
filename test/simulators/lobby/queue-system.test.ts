/** The queue system as a real one works: its order, held tickets, calls that nobody follows, breaks, spare counters. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Arrival } from '#simulators/lobby/arrival-source.ts'
import { createDayClock } from '#simulators/lobby/day-clock.ts'
import { createEventClock, type EventClock } from '#simulators/lobby/event-clock.ts'
import { createFloor } from '#simulators/lobby/floor.ts'
import { createHeat } from '#simulators/lobby/heat.ts'
import { createRecordKeeper } from '#simulators/lobby/keep-record.ts'
import { createQueueSystem, type QueueSystem } from '#simulators/lobby/queue-system.ts'
import { parseScenario } from '#simulators/lobby/scenario.ts'
import type { Ticket } from '#simulators/lobby/tickets.ts'
import { createFill } from '#simulators/lobby/who-they-are.ts'

const minute = 60_000
const opening = 9 * 60 * minute

const scenario = parseScenario(
  JSON.stringify({
    title: 'Two counters',
    branch: {
      branch: 'two',
      zones: [{ id: 'hall', kind: 'waiting' }],
      services: [
        { id: 'cash', serviceMs: 300_000 },
        { id: 'card', serviceMs: 300_000 },
      ],
      counters: [
        { id: 'counter-1', services: ['cash', 'card'], state: 'open' },
        { id: 'counter-2', services: ['cash'], state: 'closed' },
      ],
    },
    day: { date: '2026-03-02', open: '09:00', close: '17:00' },
    counters: {
      schedule: {
        'counter-1': [
          { from: '09:00', to: '12:00' },
          { from: '13:00', to: '17:00' },
        ],
      },
      spare: ['counter-2'],
      papersSeconds: 10,
      noShowSeconds: 30,
      spareOpensAtWaiting: 3,
      spareNoticedMinutes: 5,
      spareClosesAtWaiting: 0,
      spareOpenMinutes: 10,
    },
    ticketMachine: { priorityAheadMinutes: 20, bookedAheadMinutes: 5 },
  }),
  'two.yaml',
)

let clock: EventClock
let queue: QueueSystem
let sensed: { name: string; data: Record<string, unknown> }[]
let called: string[]
let comes: (ticket: Ticket) => boolean
const tickets = new Map<string, Ticket>()

const fill = createFill(scenario, 1)

/** Takes a ticket now; whoever is called stands at the counter at once and stays two minutes. */
const take = (key: string, some: Partial<Arrival> = {}) => {
  const known = {
    key,
    atMs: 0,
    service: 'cash',
    priority: false,
    elderly: false,
    serviceMs: 2 * minute,
    ...some,
  }
  let announced: number | null = null
  queue.issue(fill(known), {}, (ticket, announcedWaitMs) => {
    tickets.set(key, ticket)
    announced = announcedWaitMs
  })
  return { number: tickets.get(key)?.number ?? '', announced }
}

const passMinutes = (minutes: number) => clock.runUntil(clock.now() + minutes * minute)
const keyOf = (number: string) => [...tickets].find(([, ticket]) => ticket.number === number)?.[0] ?? ''

beforeEach(() => {
  clock = createEventClock()
  sensed = []
  called = []
  tickets.clear()
  comes = () => true
  const day = createDayClock(clock, opening)
  const floor = createFloor(scenario, () => 0.5)
  const heat = createHeat(scenario, floor)
  queue = createQueueSystem({
    scenario,
    clock: day,
    keeper: createRecordKeeper({ scenario, seed: '1', startMs: opening, heat, now: () => day.now() }),
    numbersFrom: 0,
    isHeard: true,
    sense: (name, data) => void sensed.push({ name, data: { ...data } }),
    called(ticket) {
      called.push(keyOf(ticket.number))
      if (!comes(ticket)) return false
      clock.after(0, () => queue.arrived(ticket))
      return true
    },
    served: () => {},
  })
  queue.start()
})

describe('the order of calls', () => {
  test('as tickets were issued, over all services of a counter', () => {
    take('a')
    passMinutes(0.1)
    take('b', { service: 'card' })
    passMinutes(0.1)
    take('c')
    passMinutes(15)
    expect(called).toEqual(['a', 'b', 'c'])
  })

  test('priority and booked customers stand as if they had come so much earlier', () => {
    take('first')
    take('plain')
    passMinutes(1)
    take('booked', { booked: true })
    take('priority', { priority: true })
    passMinutes(15)
    expect(called).toEqual(['first', 'priority', 'booked', 'plain'])
  })

  test('nobody starves: who waited longer than the advantage goes first', () => {
    take('first', { serviceMs: 25 * minute })
    take('plain')
    passMinutes(21)
    take('priority', { priority: true })
    passMinutes(15)
    expect(called).toEqual(['first', 'plain', 'priority'])
  })
})

describe('held tickets', () => {
  test('are not called, and come back to their old place', () => {
    take('first')
    const held = take('held').number
    take('other')
    take('last')
    queue.obey(held, 'hold')
    passMinutes(3)
    expect(called).toEqual(['first', 'other'])
    queue.obey(held, 'restore')
    passMinutes(10)
    expect(called).toEqual(['first', 'other', 'held', 'last'])
  })

  test('are named as held in the snapshot, and gone once released', () => {
    take('first')
    const { number } = take('held')
    const listed = () => {
      const snapshot = sensed.findLast(
        ({ name, data }) => name === 'queue.snapshot' && data['service'] === 'cash',
      )
      return snapshot?.data['tickets']
    }
    queue.obey(number, 'hold')
    expect(listed()).toEqual([{ ticket: number, waitedMs: 0, held: true }])
    queue.obey(number, 'release')
    expect(listed()).toEqual([])
    queue.obey(number, 'restore')
    passMinutes(10)
    expect(called).toEqual(['first'])
  })

  test('a counter that stands free calls whoever comes back at once', () => {
    comes = () => false
    take('first')
    comes = () => true
    const { number } = take('held')
    queue.obey(number, 'hold')
    passMinutes(5)
    queue.obey(number, 'restore')
    expect(called).toEqual(['first', 'held'])
  })
})

test('who does not come is passed over, and the next is called after the papers', () => {
  comes = ({ number }) => keyOf(number) !== 'gone'
  take('gone')
  take('next')
  passMinutes(29 / 60)
  expect(called).toEqual(['gone'])
  passMinutes(12 / 60)
  expect(called).toEqual(['gone', 'next'])
  expect(sensed.find(({ name }) => name === 'ticket.ended')?.data).toMatchObject({ outcome: 'no-show' })
})

describe('counters', () => {
  const told = (counter: string) =>
    sensed
      .filter(({ name, data }) => name === 'counter.changed' && data['counter'] === counter)
      .map(({ data }) => data['state'])

  test('pause between two spans, finishing with whoever stands there', () => {
    passMinutes(179)
    take('before')
    take('during')
    passMinutes(10)
    expect(called).toEqual(['before'])
    expect(told('counter-1')).toEqual(['open', 'paused'])
    passMinutes(55)
    expect(called).toEqual(['before', 'during'])
    expect(told('counter-1')).toEqual(['open', 'paused', 'open'])
  })

  test('a spare one opens when the crowd lasts, and closes when it is over', () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) take(key, { serviceMs: 20 * minute })
    passMinutes(4)
    expect(told('counter-2')).toEqual(['closed'])
    passMinutes(2)
    expect(told('counter-2')).toEqual(['closed', 'open'])
    passMinutes(80)
    expect(called).toHaveLength(5)
    expect(told('counter-2')).toEqual(['closed', 'open', 'closed'])
  })

  test('a spare one opens at once when it is asked for, and no other', () => {
    expect(queue.counters.openSpare()).toBe(true)
    expect(told('counter-2')).toEqual(['closed', 'open'])
    expect(queue.counters.openSpare()).toBe(false)
    expect(queue.counters.openSpare('counter-1')).toBe(false)
  })
})

test('the announced wait is the work ahead over the counters that do it', () => {
  expect(take('first').announced).toBe(0)
  const oneMs = 300_000 + 10_000
  expect(take('second').announced).toBe(oneMs)
  expect(take('third').announced).toBe(2 * oneMs)
  expect(take('other', { service: 'card' }).announced).toBe(3 * oneMs)
})
