/**
 * Work that people ask for by hand: what they named is looked up in the branch, once, for the refusal and for the fact
 * that begins it. From there on the flow of requests looks after it.
 */
import type { AskedWork } from '#protocol/desk/live/ask.ts'
import type { CommandKey } from '#protocol/desk/live/line.ts'
import { type ErrorCode, UsherError } from '#protocol/errors.ts'
import type { FactTypes } from '#protocol/flow-events.ts'
import type { BranchView, PlaceRow, VisitRow } from '#protocol/model.ts'
import { remoteCapability } from '#protocol/remote.ts'
import type { Spot } from '#protocol/targets.ts'
import { personPrefix } from '../dispatch/traits.ts'
import type { Command } from '../engine/entry.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { campaignAsked, checkPromotedAgain } from './asked-campaign.ts'
import { branchOf } from './rows.ts'
import { createView } from './view.ts'

export const requestFlow = 'request'

/** The name of a request that a page makes: the same for a call that is sent again. */
export const requestKey = (account: string, { boot, n }: CommandKey): string => `${account}.${boot}.${n}`
/** The flow instance that looks after it: its task carries it as `instance`. */
export const requestInstance = (request: string): string => `${requestFlow}/${request}`

type AskCommand = Extract<Command, { name: 'ask' }>
type RetryCommand = Extract<Command, { name: 'task.retry' }>
type Asked = FactTypes['work.asked']

const refuse = (code: ErrorCode, detail: string): never => {
  throw new UsherError(code, detail)
}

const visitOf = (view: BranchView, { visit, ticket }: AskedWork): VisitRow | undefined => {
  const row = ticket === undefined ? undefined : view.ticket(ticket)
  if (ticket !== undefined && (row === undefined || row.state === 'ended')) refuse('ticket.unknown', ticket)
  const id = visit ?? row?.visit ?? undefined
  const known = id === undefined ? undefined : view.visit(id)
  return id !== undefined && known === undefined ? refuse('visit.unknown', id) : known
}

const spotOf = (place: PlaceRow): Spot => ({ place: place.id, zone: place.zone })

const placeOf = (view: BranchView, id: string): PlaceRow => view.place(id) ?? refuse('place.unknown', id)

const zoneOf = (view: BranchView, id: string): string => view.zone(id)?.id ?? refuse('zone.unknown', id)

/** What the person named as a place, whatever it is for. */
const spotNamed = (view: BranchView, { zone, place, counter, kiosk }: AskedWork): Spot | null => {
  if (kiosk !== undefined) {
    const row = view.device(kiosk)
    if (row?.kind !== 'kiosk') return refuse('device.unknown', kiosk)
    return { ...(row.place !== null && { place: row.place }), ...(row.zone !== null && { zone: row.zone }) }
  }
  if (counter !== undefined) {
    const row = view.counter(counter) ?? refuse('counter.unknown', counter)
    const at = view.place(counter)
    return at === undefined
      ? { zone: row.zone ?? refuse('ask.incomplete', `${counter} has no zone`) }
      : spotOf(at)
  }
  if (place !== undefined) return spotOf(placeOf(view, place))
  return zone === undefined ? null : { zone: zoneOf(view, zone) }
}

/** Where a robot can wait: to charge first, in the zone that was named or where it is. */
const restFor = (view: BranchView, zone: string | null): Spot => {
  const usable = view.places().filter(({ kind }) => kind === 'charger' || kind === 'rest')
  const near = usable.filter((one) => one.zone === zone)
  const among = near.length > 0 ? near : usable
  const found = among.find(({ kind }) => kind === 'charger') ?? among[0]
  return found === undefined ? refuse('place.unknown', 'nowhere to charge or rest') : spotOf(found)
}

const checkMember = (view: BranchView, member: string | undefined) => {
  if (member === undefined) return
  const person = member.startsWith(personPrefix) ? member.slice(personPrefix.length) : undefined
  if (person === undefined) {
    if (view.device(member) === undefined) refuse('device.unknown', member)
  } else if (!view.staff().some(({ id }) => id === person)) refuse('person.unknown', person)
}

/** @returns nothing but for a device that is there and can do it: whoever asks looks at it, and it is not waited for. */
const remoteOf = (
  view: BranchView,
  { what, member, action, percent, anyway }: AskedWork,
): Asked['remote'] => {
  if (what !== 'remote' || member === undefined || action === undefined) return undefined
  const { link, manifest } = view.device(member) ?? refuse('device.unknown', member)
  const capability = remoteCapability(action)
  if (link !== 'online') refuse('task.not-eligible', `${member}: link-${link}`)
  if (manifest === null || !Object.hasOwn(manifest.capabilities, capability))
    refuse('task.not-eligible', `${member} has no ${capability}, or the branch file does not list it.`)
  return {
    action,
    ...(action === 'volume' && percent !== undefined && { percent }),
    ...(action === 'reload' && anyway !== undefined && { anyway }),
  }
}

type Found = Pick<
  Asked,
  'visit' | 'zone' | 'to' | 'words' | 'campaign' | 'beyondCap' | 'member' | 'counter' | 'remote'
>

/** What each kind of work cannot do without; the first that is missing is told. */
const missing = (what: AskedWork['what'], found: Found): string | undefined => {
  const somewhere = found.zone !== null || found.member !== null
  const words = found.words !== null && Object.keys(found.words).length > 0
  switch (what) {
    case 'greet':
      return found.visit !== null || found.zone !== null ? undefined : 'visit or zone'
    case 'guide':
      return found.to === null ? 'zone, place, counter or kiosk' : undefined
    case 'announce':
    case 'display':
      if (!words) return 'words'
      return somewhere ? undefined : 'zone or member'
    case 'promote':
      if (found.campaign === null) return 'campaign'
      if (Object.keys(found.campaign.words).length === 0) return 'words of the campaign'
      return found.visit !== null || somewhere ? undefined : 'visit, zone or member'
    case 'open-counter':
      return found.counter === undefined ? 'counter' : undefined
    case 'remote':
      return found.remote === undefined ? 'member and action' : undefined
    case 'dock':
    case 'expert':
      return undefined
  }
}

const memberZone = (view: BranchView, member: string | undefined): string | null =>
  member === undefined ? null : (view.device(member)?.zone ?? null)

/** @throws UsherError where it names what is not there, or lacks what it needs. */
export const lookUp = (view: BranchView, { ask, request, by }: Omit<AskCommand, 'name'>): Asked => {
  const visit = visitOf(view, ask)
  checkMember(view, ask.member)
  const named = spotNamed(view, ask)
  const leads = ask.what === 'guide' || ask.what === 'dock'
  const spoken = leads ? undefined : named?.zone
  const here = visit?.zone ?? spoken ?? memberZone(view, ask.member)
  const docks = ask.what === 'dock' && ask.place === undefined && ask.counter === undefined
  const to = docks ? restFor(view, named?.zone ?? here) : leads ? named : null
  const remote = remoteOf(view, ask)
  const found = {
    visit: visit?.id ?? null,
    zone: here,
    to,
    ...(ask.campaign === undefined
      ? { campaign: null }
      : campaignAsked(view, { campaign: ask.campaign, visit, beyondCap: ask.beyondCap })),
    words: ask.words ?? null,
    member: ask.member ?? null,
    ...(ask.what === 'open-counter' && ask.counter !== undefined && { counter: ask.counter }),
    ...(remote !== undefined && { remote }),
  }
  const lacks = missing(ask.what, found)
  if (lacks !== undefined) refuse('ask.incomplete', `${ask.what}: ${lacks}`)
  return {
    request,
    by,
    what: ask.what,
    ...found,
    ticket: ask.ticket ?? null,
    language: visit?.language ?? null,
    party: visit?.party ?? 1,
    charge: to?.place !== undefined && view.place(to.place)?.kind === 'charger',
    forMs: ask.forMs ?? null,
    note: ask.note ?? null,
  }
}

const refusedBy = (look: () => unknown): UsherError | undefined => {
  try {
    look()
    return undefined
  } catch (error) {
    if (error instanceof UsherError) return error
    throw error
  }
}

/** Nobody may ask by hand now, or not under this name. */
const closed = (state: BranchState, request: string): UsherError | undefined => {
  if (branchOf(state).mode === 'emergency') return new UsherError('mode.emergency', 'ask')
  if (state.flowSettings.get(requestFlow)?.autonomy === 'off') return new UsherError('flow.off', requestFlow)
  return state.instances.has(requestInstance(request)) ? new UsherError('ask.repeated', request) : undefined
}

/** @param at what is approved until today may not be shown tomorrow */
export const refuseAsk = (state: BranchState, command: AskCommand, at: number): UsherError | undefined =>
  closed(state, command.request) ?? refusedBy(() => lookUp(createView(state, at), command))

const retryPrefix = 'retry/'

/** Whether what somebody wanted once more is being looked after: two who press at once want it once. */
const isBeingRetried = ({ meta, instances }: BranchState, task: string): boolean => {
  const request = meta.get(`${retryPrefix}${task}`)?.['request']
  return typeof request === 'string' && instances.has(requestInstance(request))
}

export const refuseRetry = (
  state: BranchState,
  { task, intent, request }: RetryCommand,
  at: number,
): UsherError | undefined => {
  const { visit, ticket, device, zone } = intent.subject
  if (state.tasks.has(task)) return new UsherError('task.open', task)
  if (isBeingRetried(state, task)) return new UsherError('task.retried', task)
  if (visit !== undefined && !state.visits.has(visit)) return new UsherError('visit.unknown', visit)
  if (ticket !== undefined && !state.tickets.has(ticket)) return new UsherError('ticket.unknown', ticket)
  if (device !== undefined && !state.devices.has(device)) return new UsherError('device.unknown', device)
  if (zone !== undefined && !state.zones.has(zone)) return new UsherError('zone.unknown', zone)
  return closed(state, request) ?? refusedBy(() => checkPromotedAgain(createView(state, at), intent))
}

/** What was named may be gone where the journal is decided again under other rules: then nothing begins. */
export const onAsk = (turn: Turn, command: AskCommand) => {
  if (refuseAsk(turn.state, command, turn.at) !== undefined) return
  turn.tell({ type: 'work.asked', ...lookUp(turn.view, command) })
}

/** Remembered for as long as somebody looks after it. */
const noteRetry = ({ state }: Turn, { task, request }: RetryCommand) => {
  for (const key of state.meta.keys())
    if (key.startsWith(retryPrefix) && !isBeingRetried(state, key.slice(retryPrefix.length)))
      state.meta.drop(key)
  state.meta.put(`${retryPrefix}${task}`, { request })
}

export const onRetry = (turn: Turn, command: RetryCommand) => {
  const { task, intent, request, by } = command
  if (closed(turn.state, request) !== undefined || isBeingRetried(turn.state, task)) return
  if (refusedBy(() => checkPromotedAgain(turn.view, intent)) !== undefined) return
  noteRetry(turn, command)
  turn.tell({ type: 'work.asked-again', request, by, task, intent })
}
