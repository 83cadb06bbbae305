/** Rows of a small lobby, for what pages make of them. */
import type { LiveCounter, LiveDevice, LiveService, LiveTicket } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'

/** Now, in all of these. */
export const at = Date.UTC(2026, 2, 2, 2, 0, 0)
export const minute = 60_000

export const sensed = (value: number, ageMs = 0) => ({
  value,
  at: at - ageMs,
  staleAt: at - ageMs + 2 * minute,
})

export const service = (id: string, more: Partial<LiveService> = {}): LiveService => ({
  id,
  title: { en: id },
  selfService: true,
  waiting: null,
  longestWaitMs: null,
  announcedWaitMs: null,
  announcedBy: null,
  countersOpen: null,
  serviceMs: minute,
  waitError: null,
  ...more,
})

export const counter = (id: string, more: Partial<LiveCounter> = {}): LiveCounter => ({
  id,
  services: ['cash'],
  zone: null,
  state: 'open',
  staffed: true,
  since: at,
  serving: null,
  person: null,
  ...more,
})

export const ticket = (id: string, more: Partial<LiveTicket> = {}): LiveTicket => ({
  id,
  service: 'cash',
  segment: 'personal',
  state: 'waiting',
  issuedAt: at - minute,
  calledAt: null,
  counter: null,
  visit: null,
  assisted: false,
  announcedWaitMs: null,
  ...more,
})

export const task = (id: string, more: Partial<LiveTask> = {}): LiveTask => ({
  id,
  flow: 'diversion-invitation',
  capability: 'offer-service',
  subject: {},
  priority: 4,
  because: { code: 'diversion.invite' },
  phase: 'started',
  suggested: false,
  waitingFor: null,
  member: null,
  attempts: 1,
  createdAt: at - minute,
  acceptedAt: null,
  startedAt: null,
  endedAt: null,
  dueAt: null,
  endReason: null,
  to: null,
  askedBy: null,
  ...more,
})

export const kiosk = (id: string, more: Partial<LiveDevice> = {}): LiveDevice => ({
  id,
  kind: 'kiosk',
  title: { en: id },
  zone: null,
  place: null,
  link: 'online',
  linkAt: at,
  health: 'ok',
  healthReasons: [],
  healthAt: at,
  willingness: 'open',
  willingnessBy: null,
  heldUntil: null,
  battery: null,
  at: null,
  blockedSince: null,
  inKeepClearSince: null,
  session: null,
  capabilities: [],
  firmware: null,
  ...more,
})
