/** Calls and experts of which nothing is known but that they are there, as each side is told of them; a test says what differs. */
import type { KioskCall } from '#protocol/calls/kiosk-call.ts'
import type { Told } from '#protocol/calls/link.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { LiveCall, LiveExpert } from '#protocol/desk/live/call-rows.ts'

const waiting = { state: 'waiting', since: 0, expert: null, outcome: null, promisedAt: null } as const

const untouched = () => ({
  ...waiting,
  ring: null,
  tried: [],
  participants: [],
  notes: '',
  identified: null,
  code: null,
})

const unrouted = () => ({
  ...untouched(),
  skills: [],
  qualifications: [],
  group: null,
  segments: [],
  endedBy: null,
  ahead: 0,
})

/** A kiosk asks for an expert, and nothing is known of who stands there. */
export const askedAtKiosk = {
  reason: 'expert',
  device: 'kiosk-1',
  askedBy: null,
  visit: null,
  ticket: null,
  service: null,
  zone: null,
  language: null,
} as const

const asked = (id: string) => ({ ...askedAtKiosk, id, escalation: `e-${id}`, at: 0 })

/** As the desk keeps it. */
export const callRow = (id: string, more: Partial<CallRow> = {}): CallRow => ({
  ...asked(id),
  ...unrouted(),
  ...more,
})

/** As a desk elsewhere tells the branch of it. */
export const toldCall = (escalation: string, more: Partial<Told> = {}): Told => ({
  ...unrouted(),
  escalation,
  revision: { epoch: 1, n: 1 },
  before: 0,
  titles: {},
  ...more,
})

/** As pages of experts and of the lobby are told of it. */
export const liveCall = (id: string, more: Partial<LiveCall> = {}): LiveCall => ({
  ...asked(id),
  ...untouched(),
  answeredAt: null,
  document: null,
  wrapUpUntil: null,
  guest: null,
  guests: [],
  ...more,
})

/** Without what a kiosk takes for null where nothing is said of it. */
type LeastTold = Omit<KioskCall, 'guest' | 'document'>

/** As its kiosk is told of it. */
export const kioskCall = (call: string, more: Partial<LeastTold> = {}): LeastTold => ({
  ...waiting,
  call,
  before: 0,
  ticket: null,
  ...more,
})

export const liveExpert = (id: string, more: Partial<LiveExpert> = {}): LiveExpert => ({
  id,
  title: {},
  group: 'experts',
  languages: ['zh'],
  skills: [],
  presence: 'available',
  reason: null,
  since: 0,
  online: true,
  call: null,
  missed: 0,
  snoozedUntil: null,
  ...more,
})
