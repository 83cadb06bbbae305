/** The expert desk by itself: its tables and timers in memory, a clock that is moved by hand, and what must always hold. */
import { awaitKiosks, setKioskAway } from '#hub/calls/away.ts'
import { type CallCommand, doCall, refuseCall } from '#hub/calls/commands.ts'
import type { CallDesk, CallNote, CallTimer, ExpertTimer } from '#hub/calls/port.ts'
import { callPrefix, expertPrefix } from '#hub/calls/port.ts'
import { awaitExperts, followPeople } from '#hub/calls/presence.ts'
import { type CallRequest, request } from '#hub/calls/request.ts'
import { onLeft } from '#hub/calls/room.ts'
import { callTimers, expertTimers } from '#hub/calls/timers.ts'
import { createRows, type Rows } from '#hub/engine/rows.ts'
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { GuestMode, GuestState } from '#protocol/calls/guest.ts'
import type { CallRow, CallState, ExpertRow } from '#protocol/calls/rows.ts'
import { callPartyMax } from '#protocol/calls/signalling.ts'
import { askedAtKiosk } from '../support/call-rows.ts'

export interface Timer {
  readonly owner: string
  readonly name: string
  readonly deadline: number
}

export interface Changed {
  readonly call: CallRow
  readonly was: CallState | null
}

export const asked = (change: Partial<CallRequest> = {}): CallRequest => ({
  ...askedAtKiosk,
  escalation: 'e-1',
  ...change,
})

const backByMs = 30_000

export class DeskLab {
  readonly plan: ExpertDesk
  at = 1_000_000
  rows: Rows = createRows()
  readonly notes: { readonly at: number; readonly call: string; readonly note: CallNote }[] = []
  readonly changes: Changed[] = []
  #ids = 0

  constructor(plan: unknown) {
    this.plan = ExpertDesk.parse(plan)
    followPeople(this.desk(), this.plan.people)
  }

  get calls() {
    return this.rows.table<CallRow>('calls')
  }
  get experts() {
    return this.rows.table<ExpertRow>('experts')
  }
  get timers() {
    return this.rows.table<Timer>('timers')
  }

  call(id = this.calls.keys()[0] ?? ''): CallRow {
    const call = this.calls.get(id)
    if (call === undefined) throw new Error(`no call ${id}`)
    return call
  }
  expert(id: string): ExpertRow {
    const row = this.experts.get(id)
    if (row === undefined) throw new Error(`no expert ${id}`)
    return row
  }

  desk(): CallDesk {
    const { timers } = this
    return {
      at: this.at,
      plan: this.plan,
      experts: this.experts,
      calls: this.calls,
      id: (prefix) => `${prefix}-${this.#ids++}`,
      setTimer: (owner, name, deadline) => timers.put(`${owner}#${name}`, { owner, name, deadline }),
      clearTimer: (owner, name) => timers.drop(`${owner}#${name}`),
      note: (call, note) => void this.notes.push({ at: this.at, call: call.id, note }),
      noteExpert: (_, note) => void this.notes.push({ at: this.at, call: '', note }),
      changed: (call, was) => void this.changes.push({ call, was }),
    }
  }

  /** @returns the code of the refusal, or null where it was done. */
  act(command: CallCommand): string | null {
    const desk = this.desk()
    const refusal = refuseCall(desk, command)
    doCall(desk, command)
    return refusal?.code ?? null
  }

  ask(change: Partial<CallRequest> = {}): CallRow {
    return this.calls.get(request(this.desk(), asked(change)).id) as CallRow
  }

  /** There, and free. */
  open(...experts: readonly string[]) {
    for (const expert of experts) {
      this.act({ name: 'expert.line', expert, here: true, by: 'hub' })
      this.act({ name: 'expert.presence', expert, presence: 'available', reason: null, by: expert })
    }
  }

  /** By whom it rings as a guest. */
  guestRinging(id?: string): readonly string[] {
    return this.call(id).guest?.ring?.experts ?? []
  }

  acceptAsGuest(expert: string): string | null {
    const call = this.calls.get(this.expert(expert).call ?? '')
    const ring = call?.guest?.ring?.id ?? 'ring-none'
    return this.act({ name: 'call.accept', call: call?.id ?? '', ring, by: expert })
  }

  /** Asked in, accepted and there. */
  bringIn(expert: string, mode: GuestMode = 'consult'): CallRow {
    const host = this.calls.values().find(({ state }) => state === 'in-call')
    const call = host?.id ?? ''
    const by = host?.expert ?? ''
    this.act({ name: 'call.invite', call, group: null, expert, mode, why: 'a loan', by })
    this.acceptAsGuest(expert)
    this.act({ name: 'call.joined', call, participant: `expert:${expert}`, by: 'hub' })
    return this.call(call)
  }

  /** By whom it rings. */
  ringing(id?: string): readonly string[] {
    return this.call(id).ring?.experts ?? []
  }

  accept(expert: string, id = this.expert(expert).call ?? ''): string | null {
    const ring = this.calls.get(id)?.ring?.id ?? 'ring-none'
    return this.act({ name: 'call.accept', call: id, ring, by: expert })
  }

  /** Accepted and there. */
  talk(expert: string): CallRow {
    this.accept(expert)
    const call = this.expert(expert).call ?? ''
    this.act({ name: 'call.joined', call, participant: `kiosk:${this.call(call).device}`, by: 'hub' })
    this.act({ name: 'call.joined', call, participant: `expert:${expert}`, by: 'hub' })
    return this.call(call)
  }

  nextDue(): Timer | undefined {
    return this.timers
      .values()
      .toSorted((a, b) => a.deadline - b.deadline || (a.owner + a.name < b.owner + b.name ? -1 : 1))[0]
  }

  /** Lets time pass, with what falls due meanwhile. */
  pass(ms: number, onDue: () => void = () => {}) {
    const until = this.at + ms
    for (let next = this.nextDue(); next !== undefined && next.deadline <= until; next = this.nextDue()) {
      this.at = Math.max(this.at, next.deadline)
      this.timers.drop(`${next.owner}#${next.name}`)
      this.#fire(next)
      onDue()
    }
    this.at = until
  }

  /** The hub ends and begins anew: what was stored is all there is. */
  restart() {
    const stored = JSON.parse(JSON.stringify(this.rows.all())) as [string, string, unknown][]
    this.rows = createRows()
    for (const [table, key, row] of stored) this.rows.load(table, [[key, row]])
    awaitExperts(this.desk(), backByMs)
    awaitKiosks(this.desk(), backByMs)
  }

  /** The hub has lost a kiosk, or has it again. */
  kiosk(device: string, isAway: boolean) {
    setKioskAway(this.desk(), device, isAway)
  }

  /** The line of a call says that somebody left. */
  left(call: string, participant: string) {
    onLeft(this.desk(), { call, participant })
  }

  #fire({ owner, name }: Timer) {
    if (owner.startsWith(callPrefix))
      return callTimers[name as CallTimer](this.desk(), owner.slice(callPrefix.length))
    expertTimers[name as ExpertTimer](this.desk(), owner.slice(expertPrefix.length))
  }
}

const held = (call: CallRow): readonly string[] => {
  if (call.state === 'ringing') return call.ring?.experts ?? []
  const isWith = ['accepted', 'in-call', 'resuming', 'wrap-up'].includes(call.state)
  const { guest } = call
  const asGuest =
    guest == null ? [] : [...(guest.ring?.experts ?? []), ...(guest.expert ? [guest.expert] : [])]
  return [...(isWith && call.expert !== null ? [call.expert] : []), ...asGuest]
}

/** What ends each state by itself, if nobody does. */
const deadlineOf: Readonly<Record<CallState, string | null>> = {
  waiting: 'patience',
  ringing: 'ring',
  accepted: 'join',
  'in-call': null,
  resuming: 'lost',
  'wrap-up': 'wrap-up',
  ended: 'forget',
}

/** The same for a guest. */
const guestDeadlineOf: Readonly<Record<GuestState, string | null>> = {
  ringing: 'guest-ring',
  coming: 'guest-join',
  here: null,
  resuming: 'guest-lost',
}

const guestFaultsOf = (call: CallRow, timers: readonly string[]): readonly string[] => {
  const { guest, participants, expert, state } = call
  const deadline = guest == null ? null : guestDeadlineOf[guest.state]
  const found = timers.filter((name) => name !== deadline).map((name) => `${name} without its guest`)
  if (deadline !== null && !timers.includes(deadline)) found.push(`a guest ${guest?.state} without an end`)
  const experts = participants.filter((one) => one.startsWith('expert:'))
  const known = [`expert:${expert}`, ...(guest?.expert ? [`expert:${guest.expert}`] : [])]
  for (const one of experts) if (!known.includes(one)) found.push(`${one} stands in it as nobody`)
  if (guest == null) return found
  if (state !== 'in-call' && state !== 'resuming') found.push(`${state} with a guest`)
  if (guest.expert === expert) found.push('its own guest')
  if ((guest.state === 'ringing') !== (guest.ring !== null))
    found.push(`a guest ${guest.state}, ring ${guest.ring?.id}`)
  if ((guest.state === 'ringing') !== (guest.expert === null))
    found.push(`a guest ${guest.state} is ${guest.expert}`)
  const isThere = participants.includes(`expert:${guest.expert}`)
  if (isThere !== (guest.state === 'here')) found.push(`a guest ${guest.state}, there: ${isThere}`)
  if (state === 'resuming' && guest.state === 'here' && guest.mode === 'consult')
    found.push('the customer waits for nobody')
  return found
}

const timersOf = (lab: DeskLab, call: string) =>
  lab.timers
    .values()
    .filter(({ owner }) => owner === `${callPrefix}${call}`)
    .map(({ name }) => name)

const faultsOf = (lab: DeskLab, call: CallRow): readonly string[] => {
  const faults: string[] = []
  const all = timersOf(lab, call.id)
  const timers = all.filter((name) => !name.startsWith('guest-'))
  faults.push(
    ...guestFaultsOf(
      call,
      all.filter((name) => name.startsWith('guest-')),
    ),
  )
  const deadline = deadlineOf[call.state]
  if (deadline !== null && !timers.includes(deadline)) faults.push(`${call.state} without an end`)
  const mayWatch = call.awaySince != null && !call.participants.includes(`kiosk:${call.device}`)
  const isForNobody = mayWatch && ['waiting', 'ringing', 'accepted'].includes(call.state)
  if (isForNobody && !timers.includes('gone')) faults.push(`${call.state} for a kiosk that is gone`)
  const others = timers
    .filter((name) => name !== deadline && !(call.state === 'waiting' && name === 'relax'))
    .filter((name) => name !== 'gone' || !mayWatch)
  const isPatient = call.state === 'ringing' ? others.filter((name) => name !== 'patience') : others
  if (isPatient.length > 0) faults.push(`${call.state} with ${isPatient.join()}`)
  if ((call.state === 'ringing') !== (call.ring !== null))
    faults.push(`${call.state} with a ring of ${call.ring?.id}`)
  if ((call.state === 'ended') !== (call.outcome !== null))
    faults.push(`${call.state} with outcome ${call.outcome}`)
  const open = call.segments.filter(({ to }) => to === null)
  const isOpen = ['accepted', 'in-call', 'resuming'].includes(call.state)
  if (open.length !== (isOpen ? 1 : 0)) faults.push(`${call.state} with ${open.length} open parts`)
  if (isOpen && open[0]?.expert !== call.expert) faults.push('the part is somebody else’s')
  if (call.state === 'in-call' && !call.participants.includes(`expert:${call.expert}`))
    faults.push('in a call without its expert')
  if (call.participants.length > callPartyMax) faults.push(`${call.participants.length} in it`)
  return faults.map((fault) => `${call.id}: ${fault}`)
}

const licensed = (lab: DeskLab, call: CallRow): readonly string[] =>
  held(call)
    .filter((expert) => {
      const has = lab.plan.people.find(({ id }) => id === expert)?.qualifications ?? []
      return !call.qualifications.every((one) => has.includes(one))
    })
    .map((expert) => `${call.id}: ${expert} has no licence for it`)

/** What must hold after everything that can happen. */
export const faults = (lab: DeskLab): readonly string[] => {
  const holders = new Map<string, string>()
  const found: string[] = []
  for (const call of lab.calls.values()) {
    found.push(...faultsOf(lab, call), ...licensed(lab, call))
    for (const expert of held(call)) {
      const other = holders.get(expert)
      if (other !== undefined) found.push(`${expert} is in ${other} and in ${call.id}`)
      holders.set(expert, call.id)
    }
  }
  for (const { id, call } of lab.experts.values())
    if ((holders.get(id) ?? null) !== call) found.push(`${id} says ${call}, calls say ${holders.get(id)}`)
  return found
}
