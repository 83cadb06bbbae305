/** Calls and experts as rows: how they are found, changed, held and let go. */
import type { CallRow, CallState, ExpertRow, Segment } from '#protocol/calls/rows.ts'
import { type CallDesk, type CallTables, type CallTimer, callOwner, expertOwner } from './port.ts'

export const isOver = ({ state }: Pick<CallRow, 'state'>): boolean => state === 'ended'

/** Somebody has accepted and is with the customer, on the way there, or fell out a moment ago. */
const heldStates: ReadonlySet<CallState> = new Set(['accepted', 'in-call', 'resuming'])
export const isHeld = ({ state }: Pick<CallRow, 'state'>): boolean => heldStates.has(state)

export const openCalls = ({ calls }: Pick<CallTables, 'calls'>): readonly CallRow[] =>
  calls.values().filter((call) => !isOver(call))

/** Who waits, in the order in which they are looked after. */
export const inOrder = (a: CallRow, b: CallRow): number =>
  b.ahead - a.ahead || a.at - b.at || (a.id < b.id ? -1 : 1)

export const waitingCalls = ({ calls }: Pick<CallTables, 'calls'>): readonly CallRow[] =>
  calls
    .values()
    .filter(({ state }) => state === 'waiting')
    .toSorted(inOrder)

/** Its kiosk is out of reach, and nobody of the customer's side stands in it. */
const isAway = ({ awaySince, device, participants }: CallRow): boolean =>
  awaySince != null && device !== null && !participants.includes(kioskIn(device))

/** Somebody is called, or on the way, for whom nobody is there. */
export const isForsaken = (call: CallRow): boolean =>
  isAway(call) && (call.state === 'waiting' || call.state === 'ringing' || call.state === 'accepted')

/** The same once an expert came meanwhile: it holds until the customer's side has stood in the call with them. */
export const isLeftAlone = (call: CallRow): boolean =>
  isForsaken(call) || (isAway(call) && (call.state === 'in-call' || call.state === 'resuming'))

const followAway = (desk: CallDesk, was: CallRow, call: CallRow) => {
  if (isForsaken(call) && !isForsaken(was)) arm(desk, call.id, { gone: desk.at + desk.plan.kioskGoneMs })
  else if (isLeftAlone(was) && !isLeftAlone(call)) disarm(desk, call.id, 'gone')
}

export const change = (desk: CallDesk, call: CallRow, to: Partial<CallRow>): CallRow => {
  const was = desk.calls.get(call.id) ?? call
  const isNew = to.state !== undefined && to.state !== call.state
  // Whoever comes back to a call later begins with nothing shown.
  const isOthers = was.document != null && to.expert !== undefined && to.expert !== was.expert
  const next: CallRow = {
    ...call,
    ...to,
    ...(isNew && { since: desk.at }),
    ...(isOthers && { document: null }),
  }
  desk.calls.put(next.id, next)
  followAway(desk, was, next)
  if (isNew) desk.changed(next, call.state)
  return next
}

export const changeExpert = (desk: CallDesk, id: string, to: Partial<ExpertRow>) => {
  const row = desk.experts.get(id)
  if (row !== undefined) desk.experts.put(id, { ...row, ...to })
}

export const hold = (desk: CallDesk, expert: string, call: string) => changeExpert(desk, expert, { call })

/** Who is no longer in the branch file was kept only as long as a call had them. */
export const letGo = (desk: CallDesk, expert: string, to: Partial<ExpertRow> = {}) => {
  if (desk.plan.people.some(({ id }) => id === expert))
    return changeExpert(desk, expert, { call: null, ...to })
  dropExpert(desk, expert)
}

export const dropExpert = (desk: CallDesk, expert: string) => {
  desk.experts.drop(expert)
  for (const name of ['snooze', 'gone', 'sign-off']) desk.clearTimer(expertOwner(expert), name)
}

export const arm = (
  desk: CallDesk,
  call: string,
  deadlines: Partial<Readonly<Record<CallTimer, number>>>,
) => {
  for (const [name, deadline] of Object.entries(deadlines)) desk.setTimer(callOwner(call), name, deadline)
}
export const disarm = (desk: CallDesk, call: string, ...names: readonly CallTimer[]) => {
  for (const name of names) desk.clearTimer(callOwner(call), name)
}

/** Since when the customer waits: the request, or the end of the last part with an expert. */
export const waitsSince = ({ at, segments }: CallRow): number => segments.at(-1)?.to ?? at

export const endSegment = (
  { segments }: CallRow,
  at: number,
  why: NonNullable<Segment['why']>,
): readonly Segment[] => segments.map((part) => (part.to === null ? { ...part, to: at, why } : part))

const triedMax = 20

export const triedAlso = ({ tried }: CallRow, more: readonly CallRow['tried'][number][]): CallRow['tried'] =>
  [...tried, ...more].slice(-triedMax)

/** However often a call is handed over: the newest of its notes, and no more than the next expert can write back. */
const notesMax = 4_000

/** What each of them wrote, one below the other. */
export const joinNotes = (...notes: readonly string[]): string =>
  notes
    .filter((one) => one !== '')
    .join('\n')
    .slice(-notesMax)

export const expertIn = (expert: string) => `expert:${expert}`
export const kioskIn = (device: string) => `kiosk:${device}`
export const leadIn = (person: string) => `lead:${person}`
export const managerIn = (person: string) => `manager:${person}`

/** Who speaks for the customer: when they hang up, the call is over. */
export const customerIn = ({ device, askedBy }: CallRow): string | null =>
  device === null ? (askedBy === null ? null : managerIn(askedBy)) : kioskIn(device)
