/** On one line of a call: who leads, a guest apart, the recorder, and the page of the kiosk; and who is the last to get in. */
import type { Socket } from 'socket.io-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecorderEar } from '#hub/calls/line/side.ts'
import type { BrowseFromKiosk, BrowseSaid } from '#protocol/calls/browse.ts'
import {
  callPartyMax,
  type Participant,
  type Room,
  recorderParticipant,
  type SignalFrom,
} from '#protocol/calls/signalling.ts'
import { createTestClock } from '../support/clock.ts'
import { type DoorLab, openDoorLab } from './support/door-lab.ts'

const call = 'call-1'
const recorder = recorderParticipant
let lab: DoorLab
/** Who has the call; and who speaks with whom alone. */
let expert: Participant
let apart: ReadonlySet<string>
let gone: Set<string>
let facts: string[]
let complaints: string[]

beforeEach(async () => {
  ;[expert, apart, gone, facts, complaints] = ['expert:wang', new Set(), new Set(), [], []]
  lab = await openDoorLab({
    side: {
      isOpen: () => true,
      partyOf: (_, participant) => (gone.has(participant) ? undefined : { title: { en: participant } }),
      areApart: (_, one, other) => apart.has(one) !== apart.has(other),
      onJoined: () => undefined,
      onLeft: () => undefined,
      onHangUp: async () => undefined,
      pairOf: () => ({ kiosk: 'kiosk:k-1', expert }),
      onFact: (_, fact) => facts.push(fact),
      present: () => [],
    },
    ice: { iceFor: () => ({ iceServers: [], relayOnly: false }), renewEveryMs: undefined },
    recordingOf: () => ({ sale: 'sale-1', state: 'on' }),
    clock: createTestClock(),
    onRefused: () => undefined,
    log: { error: (fields) => complaints.push(JSON.stringify(fields)) },
  })
})
afterEach(() => lab.stop())

interface Page {
  readonly socket: Socket
  readonly rooms: Room[]
  readonly seen: BrowseSaid[]
  readonly heard: SignalFrom[]
  readonly overs: string[]
}

const comes = async (participant: Participant): Promise<Page> => {
  const socket = lab.connect(lab.ticket(call, participant))
  const page: Page = { socket, rooms: [], seen: [], heard: [], overs: [] }
  socket.on('room', (room: Room) => page.rooms.push(room))
  socket.on('browse', (said: BrowseSaid) => page.seen.push(said))
  socket.on('signal', (said: SignalFrom) => page.heard.push(said))
  socket.on('over', ({ why }: { why: string }) => page.overs.push(why))
  await expect.poll(() => page.rooms.length).toBeGreaterThan(0)
  return page
}
const refusalOf = (participant: Participant) =>
  new Promise<string>((resolve) =>
    lab
      .connect(lab.ticket(call, participant))
      .once('connect_error', (error) => resolve((error as { data?: { code: string } }).data?.code ?? '')),
  )
const idsIn = ({ rooms }: Page) => rooms.at(-1)?.participants.map(({ id }) => id)
const apartFor = ({ rooms }: Page) =>
  rooms.at(-1)?.participants.flatMap(({ id, apart: is }) => (is === true ? [id] : []))

const records = async () => {
  const rooms: Room[] = []
  const heard: SignalFrom[] = []
  const ear: RecorderEar = { onRoom: (room) => rooms.push(room), onSignal: (said) => heard.push(said) }
  const seat = await lab.door.seatRecorder(call, ear)
  return { seat, rooms, heard }
}
const run = 'r'.repeat(12)
const signal = { candidate: { candidate: 'here' } }
const page = (text: string): BrowseFromKiosk => ({
  kind: 'page',
  run,
  seq: 0,
  whole: true,
  frame: { root: 1, width: 1280, height: 800, foot: 90, attributes: { lang: 'en' } },
  nodes: [{ id: 1, text }],
})
const sight = (of: 'off' | 'asked' | 'on'): BrowseFromKiosk => ({ kind: 'sight', sight: of, fields: [] })

test('a recorder takes no place of a person: four people are in it, one who listens among them, and a fifth is not', async () => {
  const { rooms, seat, heard } = await records()
  const people = ['kiosk:k-1', 'expert:wang', 'manager:li', 'lead:zhou'] as const
  expect(people).toHaveLength(callPartyMax)
  const pages: Page[] = []
  for (const one of people) pages.push(await comes(one))
  const all = [...people, recorder]
  for (const one of pages) await expect.poll(() => idsIn(one)).toEqual(all)
  expect(rooms.at(-1)?.participants.map(({ id }) => id)).toEqual(all)
  expect(await refusalOf('expert:zhao')).toBe('call.full')
  expect(await refusalOf(recorder)).toBe('call.full')
  // Who listens is recorded like everybody, and may load the page anew.
  const again = await comes('lead:zhou')
  await expect.poll(() => pages[3]?.overs).toEqual(['replaced'])
  again.socket.emit('signal', { to: recorder, run, signal })
  await expect.poll(() => heard.map(({ from }) => from)).toEqual(['lead:zhou'])
  seat.say({ to: 'lead:zhou', run, signal })
  await expect.poll(() => again.heard.map(({ from }) => from)).toEqual([recorder])
  // The place of whoever leaves is the next one's.
  gone.add('manager:li')
  lab.door.changed(call)
  const zhao = await comes('expert:zhao')
  await expect.poll(() => idsIn(zhao)).toContain('expert:zhao')
  expect(idsIn(zhao)).not.toContain('manager:li')
  seat.leave()
  await expect.poll(() => idsIn(zhao)).not.toContain(recorder)
  expect(complaints).toEqual([])
})

test('experts who speak apart are recorded whole, and see the page no further than the one who has the call', async () => {
  const { rooms, heard } = await records()
  const kiosk = await comes('kiosk:k-1')
  const wang = await comes('expert:wang')
  for (const said of [sight('asked'), sight('on'), page('first')]) kiosk.socket.emit('browse', said)
  await expect.poll(() => wang.seen.length).toBe(3)
  const zhao = await comes('expert:zhao')
  apart = new Set(['expert:wang', 'expert:zhao'])
  lab.door.changed(call)
  await expect.poll(() => apartFor(kiosk)).toEqual(['expert:wang', 'expert:zhao'])
  await expect.poll(() => apartFor(wang)).toEqual(['kiosk:k-1'])
  // Of the recorder nobody is apart, and it of nobody.
  expect(rooms.at(-1)?.participants.some((one) => one.apart === true)).toBe(false)
  for (const one of [kiosk, wang, zhao]) {
    expect(idsIn(one)).toContain(recorder)
    expect(one.rooms.at(-1)?.recording).toEqual({ sale: 'sale-1', state: 'on' })
    one.socket.emit('signal', { to: recorder, run, signal })
  }
  await expect
    .poll(() => heard.map(({ from }) => from).toSorted())
    .toEqual(['expert:wang', 'expert:zhao', 'kiosk:k-1'])
  kiosk.socket.emit('browse', page('meanwhile'))
  await expect.poll(() => wang.seen.at(-1)).toEqual(page('meanwhile'))
  expect(zhao.seen).toEqual([])

  // The guest has it: together again, recorded on, and nothing of the page before the customer says so once more.
  expert = 'expert:zhao'
  gone.add('expert:wang')
  apart = new Set()
  lab.door.changed(call)
  await expect.poll(() => wang.overs).toEqual(['left'])
  await expect.poll(() => apartFor(kiosk)).toEqual([])
  const after = [page('on its way'), sight('on'), sight('off'), sight('asked'), sight('on'), page('for zhao')]
  for (const said of after) kiosk.socket.emit('browse', said)
  await expect.poll(() => zhao.seen).toEqual(after.slice(2))
  expect(wang.seen).toHaveLength(4)
  expect(rooms.at(-1)?.participants.map(({ id }) => id)).toEqual(['kiosk:k-1', 'expert:zhao', recorder])
  expect(facts).toEqual(['page-shown', 'page-hidden', 'page-shown'])
  expect(complaints).toEqual([])
})
