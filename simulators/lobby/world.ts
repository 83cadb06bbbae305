/** The small branch that the lobby plays in, as its people know it; the same branch the demo's branch file describes. */
import type { Segment } from '#protocol/events.ts'
import type { Member } from '../fleet.ts'

export interface ServiceDesk {
  readonly id: string
  /** First letter of its ticket numbers. */
  readonly letter: string
  /** How many of a hundred visitors want it. */
  readonly share: number
  readonly segment: Segment
  readonly counterMs: readonly [least: number, most: number]
  /** Can be done at a kiosk, and how long that takes; undefined: only at a counter. */
  readonly kioskMs: number | undefined
}

export interface CounterDesk {
  readonly id: string
  readonly services: readonly string[]
  readonly open: boolean
}

export interface World {
  readonly branch: string
  readonly hallCamera: string
  readonly kioskCamera: string
  readonly ticketMachine: string
  readonly kiosks: readonly string[]
  readonly services: readonly ServiceDesk[]
  readonly counters: readonly CounterDesk[]
  readonly members: readonly Member[]
}

const kiosks = ['kiosk-1', 'kiosk-2', 'kiosk-3', 'kiosk-4']

export const demoWorld: World = {
  branch: 'demo',
  hallCamera: 'camera-hall',
  kioskCamera: 'camera-kiosks',
  ticketMachine: 'tickets-1',
  kiosks,
  services: [
    { id: 'cash', letter: 'A', share: 30, segment: 'personal', counterMs: [20_000, 40_000], kioskMs: 35_000 },
    {
      id: 'account',
      letter: 'B',
      share: 25,
      segment: 'personal',
      counterMs: [25_000, 45_000],
      kioskMs: undefined,
    },
    { id: 'card', letter: 'C', share: 35, segment: 'personal', counterMs: [25_000, 45_000], kioskMs: 25_000 },
    {
      id: 'corporate',
      letter: 'D',
      share: 10,
      segment: 'corporate',
      counterMs: [30_000, 50_000],
      kioskMs: undefined,
    },
  ],
  counters: [
    { id: 'counter-1', services: ['cash', 'account', 'card'], open: true },
    { id: 'counter-2', services: ['card', 'account'], open: true },
    { id: 'counter-3', services: ['corporate', 'account', 'cash'], open: true },
    { id: 'counter-4', services: ['card', 'cash'], open: false },
  ],
  members: [
    { kind: 'robot', id: 'robot-1' },
    { kind: 'robot', id: 'robot-2' },
    {
      kind: 'robot',
      id: 'robot-3',
      behaviour: { battery: { percent: 45, drainPerMinute: 2, chargePerMinute: 12 } },
    },
    { kind: 'screen', id: 'screen-entrance' },
    { kind: 'screen', id: 'screen-waiting-1' },
    { kind: 'screen', id: 'screen-waiting-2' },
    { kind: 'screen', id: 'screen-kiosks' },
    { kind: 'screen', id: 'screen-counters' },
    ...kiosks.slice(0, -1).map((id): Member => ({ kind: 'kiosk', id })),
    // One kiosk is old: sessions at it break off now and then.
    { kind: 'kiosk', id: 'kiosk-4', behaviour: { sessionsFail: { share: 0.15 } } },
    { kind: 'camera', id: 'camera-hall' },
    { kind: 'camera', id: 'camera-kiosks' },
    { kind: 'ticket-machine', id: 'tickets-1' },
  ],
}
