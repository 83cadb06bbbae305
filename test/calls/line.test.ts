/** What the desk is told of who is in a call, by a clock that moves when told; the sockets are real. */
import type { Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lineLimits, type Presence } from '#hub/calls/line/side.ts'
import type { CallOver, Participant, Room } from '#protocol/calls/signalling.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { type DoorLab, openDoorLab } from './support/door-lab.ts'

const hour = 3_600_000
const call = 'call-1'
let clock: TestClock
let lab: DoorLab
let scheduled: number
let told: string[]
let present: Presence[]
let gone: Set<string>
let apart: Set<string>
let hangUp: () => Promise<unknown>

const ticketOf = (participant: Participant, forMs = hour) => lab.ticket(call, participant, forMs)

beforeEach(async () => {
  ;[clock, told, present, gone] = [createTestClock(), [], [], new Set()]
  apart = new Set()
  hangUp = async () => undefined
  let credentials = 0
  scheduled = 0
  lab = await openDoorLab({
    side: {
      isOpen: () => !gone.has(call),
      areApart: (_, one, other) => apart.has(one) !== apart.has(other),
      partyOf: (_, participant) => (gone.has(participant) ? undefined : { title: { en: participant } }),
      onJoined: (_, participant) => told.push(`${participant} joined`),
      onLeft: (_, participant) => told.push(`${participant} left`),
      onHangUp: (_, participant) => {
        told.push(`${participant} hung up`)
        return hangUp()
      },
      pairOf: () => ({ kiosk: 'kiosk:k-1', expert: 'expert:wang' }),
      onFact: (_, fact, about) => told.push(`${fact} ${about}`),
      present: () => present,
    },
    ice: {
      iceFor: () => {
        credentials += 1
        return { iceServers: [{ urls: ['turn:relay'], username: `${credentials}` }], relayOnly: true }
      },
      renewEveryMs: 300_000,
    },
    clock: {
      ...clock,
      after: (...given) => {
        scheduled += 1
        return clock.after(...given)
      },
    },
    onRefused: (code) => told.push(code),
    log: { error: (fields) => told.push(JSON.stringify(fields)) },
  })
})
afterEach(() => lab.stop())

interface Page {
  readonly socket: Socket
  readonly rooms: Room[]
  readonly overs: CallOver['why'][]
}

const comes = (participant: Participant, ticket = ticketOf(participant), origin?: string): Page => {
  const socket = lab.connect(ticket, origin)
  const page: Page = { socket, rooms: [], overs: [] }
  socket.on('room', (room: Room) => page.rooms.push(room))
  socket.on('over', ({ why }: CallOver) => page.overs.push(why))
  return page
}
const idsIn = ({ rooms }: Page) => rooms.at(-1)?.participants.map(({ id }) => id)
const isIn = async (page: Page, ...ids: readonly Participant[]) => {
  await expect.poll(() => idsIn(page)).toEqual(ids)
}
/** Its socket is gone for the hub too. */
const goes = async ({ socket }: Page) => {
  const before = scheduled
  socket.disconnect()
  await expect.poll(() => scheduled).toBeGreaterThan(before)
}

describe('who speaks apart', () => {
  test('is told to both sides, and to nobody of the same side; who comes meanwhile hears it too', async () => {
    const [kiosk, wang] = [comes('kiosk:k-1'), comes('expert:wang')]
    await isIn(kiosk, 'kiosk:k-1', 'expert:wang')
    const apartFor = ({ rooms }: Page) =>
      rooms.at(-1)?.participants.flatMap(({ id, apart: is }) => (is === true ? [id] : []))
    apart = new Set(['expert:wang', 'expert:zhao'])
    lab.door.changed(call)
    await expect.poll(() => apartFor(kiosk)).toEqual(['expert:wang'])
    const zhao = comes('expert:zhao')
    await isIn(zhao, 'kiosk:k-1', 'expert:wang', 'expert:zhao')
    expect([apartFor(kiosk), apartFor(wang), apartFor(zhao)]).toEqual([
      ['expert:wang', 'expert:zhao'],
      ['kiosk:k-1'],
      ['kiosk:k-1'],
    ])
    apart = new Set()
    lab.door.changed(call)
    await expect.poll(() => [kiosk, wang, zhao].flatMap(apartFor)).toEqual([])
  })
})

describe('who comes and goes', () => {
  test('is told once, and left only when a short loss of the line is over', async () => {
    const kiosk = comes('kiosk:k-1')
    await isIn(kiosk, 'kiosk:k-1')
    const expert = comes('expert:wang')
    await isIn(kiosk, 'kiosk:k-1', 'expert:wang')
    expert.socket.disconnect()
    const back = comes('expert:wang')
    await expect.poll(() => back.rooms.length).toBe(1)
    clock.advance(lineLimits.leftAfterMs * 2)
    expect(told).toEqual(['kiosk:k-1 joined', 'expert:wang joined'])
    await goes(back)
    clock.advance(lineLimits.leftAfterMs - 1)
    expect(told).toHaveLength(2)
    expect(idsIn(kiosk)).toEqual(['kiosk:k-1', 'expert:wang'])
    clock.advance(1)
    expect(told.at(-1)).toBe('expert:wang left')
    await isIn(kiosk, 'kiosk:k-1')
  })

  test('takes the place of the page before, and comes last then', async () => {
    const first = comes('expert:wang')
    await isIn(first, 'expert:wang')
    const kiosk = comes('kiosk:k-1')
    await isIn(kiosk, 'expert:wang', 'kiosk:k-1')
    const second = comes('expert:wang')
    await isIn(second, 'kiosk:k-1', 'expert:wang')
    await expect.poll(() => first.overs).toEqual(['replaced'])
    clock.advance(hour / 2)
    expect(told).toEqual(['expert:wang joined', 'kiosk:k-1 joined'])
  })

  test('hangs up once that is on record', async () => {
    const kiosk = comes('kiosk:k-1')
    const expert = comes('expert:wang')
    await expect.poll(() => idsIn(kiosk)?.length).toBe(2)
    let record: (value?: unknown) => void = () => undefined
    hangUp = () => new Promise((resolve) => (record = resolve))
    let isAnswered = false
    const answer = expert.socket.emitWithAck('hang-up').then(() => (isAnswered = true))
    await expect.poll(() => told.at(-1)).toBe('expert:wang hung up')
    expect([isAnswered, expert.overs]).toEqual([false, []])
    record()
    await answer
    await expect.poll(() => expert.overs).toEqual(['left'])
    await isIn(kiosk, 'kiosk:k-1')
    clock.advance(hour / 2)
    expect(told.filter((line) => line.endsWith('left'))).toEqual([])
  })
})

describe('a hub that starts again', () => {
  test('waits for who stood in a call, and tells as left who does not come back', async () => {
    present = [
      { call, participant: 'kiosk:k-1' },
      { call, participant: 'expert:wang' },
    ]
    lab.door.start()
    await expect.poll(() => clock.pending()).toBeGreaterThanOrEqual(3)
    const kiosk = comes('kiosk:k-1')
    await isIn(kiosk, 'expert:wang', 'kiosk:k-1')
    expect(told).toEqual(['kiosk:k-1 joined'])
    clock.advance(lineLimits.backWithinMs)
    expect(told).toEqual(['kiosk:k-1 joined', 'expert:wang left'])
    await isIn(kiosk, 'kiosk:k-1')
  })

  test('says so to the pages, and tells nobody as left', async () => {
    const kiosk = comes('kiosk:k-1')
    await isIn(kiosk, 'kiosk:k-1')
    await lab.door.stop()
    await expect.poll(() => kiosk.overs).toEqual(['stopping'])
    clock.advance(hour / 2)
    expect(told).toEqual(['kiosk:k-1 joined'])
  })
})

describe('a change by the desk', () => {
  test('sends away who is in the call no longer, and all when it has ended', async () => {
    const kiosk = comes('kiosk:k-1')
    const expert = comes('expert:wang')
    await expect.poll(() => idsIn(kiosk)?.length).toBe(2)
    gone.add('expert:wang')
    lab.door.changed(call)
    await expect.poll(() => expert.overs).toEqual(['left'])
    await isIn(kiosk, 'kiosk:k-1')
    gone.add(call)
    lab.door.changed(call)
    await expect.poll(() => kiosk.overs).toEqual(['ended'])
    clock.advance(hour / 2)
    expect(told.filter((line) => line.endsWith('left'))).toEqual([])
  })
})

test('credentials are renewed before they end, and a ticket that ends ends the line', async () => {
  const kiosk = comes('kiosk:k-1', ticketOf('kiosk:k-1', 400_000))
  await isIn(kiosk, 'kiosk:k-1')
  const [first] = kiosk.rooms
  expect(first).toMatchObject({ call, me: 'kiosk:k-1', relayOnly: true })
  clock.advance(300_000)
  await expect.poll(() => kiosk.rooms.length).toBe(2)
  expect(kiosk.rooms[1]?.iceServers[0]?.username).not.toBe(first?.iceServers[0]?.username)
  clock.advance(100_000)
  await expect.poll(() => kiosk.overs).toEqual(['ticket'])
})

test('a page of another site is told so before there is a line', async () => {
  for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'null']) {
    const { socket } = comes('kiosk:k-1', ticketOf('kiosk:k-1'), origin)
    const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve))
    expect(error.message).toBe('websocket error')
  }
  expect(told).toEqual([])
})
