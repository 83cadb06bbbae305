/**
 * What flows react to. The branch model derives these facts from journal entries; the dispatcher adds the answers to
 * an instance's own tasks (`task.*`), which go to that instance directly.
 */
import type { CallOutcome, CallState } from './calls/rows.ts'
import type { AskedWork } from './desk/live/ask.ts'
import type { TaskIntent } from './intents.ts'
import type { CampaignRow, ContentInForce, Grade, Link, MarkValue, Mode } from './model.ts'
import type { RemoteAction } from './remote.ts'
import type { Spot } from './targets.ts'

export interface FactTypes {
  'visit.started': { visit: string; zone: string; grade: Grade; party: number }
  'visit.moved': { visit: string; zone: string; from: string | null }
  'visit.ended': { visit: string; reason: 'left' | 'silent' | 'merged' | 'role' }
  /** `visit` is no more; it was `into` all along. */
  'visit.merged': { visit: string; into: string }
  'visit.known': { visit: string; by: 'ticket' | 'kiosk' | 'staff' | 'check-in' | 'intent' }
  'visit.checked-in': {
    visit: string | null
    ticket: string | null
    service: string | null
    booked: boolean
    priority: boolean
  }
  /** Counted without tracks: a burst of arrivals at a zone. `visit` is the counted visit that stands for it. */
  'arrivals.counted': { zone: string; count: number; visit: string }
  'zone.counted': { zone: string; count: number }
  'zone.dwelled': { zone: string; visit: string | null; dwellMs: number }
  'queue.changed': { service: string }
  /** `device` issued it; absent: nobody stands before one, as for a transfer. */
  'ticket.issued': { ticket: string; service: string; visit: string | null; device?: string }
  'ticket.called': { ticket: string; service: string; visit: string | null; counter: string }
  'ticket.ended': { ticket: string; service: string; visit: string | null; outcome: string }
  /** A flow's `mark` on a ticket: how one flow hands a ticket on to another. */
  'ticket.marked': { ticket: string; service: string; visit: string | null; name: string; value: MarkValue }
  'counter.changed': { counter: string }
  'intent.stated': {
    visit: string | null
    ticket: string | null
    service: string | null
    wantsStaff: boolean
    device: string
  }
  'kiosk.session': {
    device: string
    state: 'started' | 'finished' | 'abandoned' | 'failed'
    ticket: string | null
    visit: string | null
    service: string | null
  }
  'help.requested': {
    device: string
    zone: string | null
    ticket: string | null
    visit: string | null
    service: string | null
    reason: string | null
    language: string | null
  }
  'behaviour.performed': {
    device: string
    behaviour: 'greet' | 'promote'
    zone: string
    visit: string | null
  }
  'device.link': { device: string; link: Link; was: Link }
  'device.health': { device: string; health: string; was: string }
  'device.state': { device: string }
  'device.willingness': { device: string }
  /** An actual change of a device's blocked or keep-clear flag. */
  'device.stuck': { device: string; blocked: boolean; inKeepClear: boolean }
  'alarm.raised': { device: string; alarm: string; zone: string | null }
  'mode.changed': { mode: Mode; was: Mode; by: string }
  'pause.changed': { paused: boolean; by: string }
  'movement.changed': { stopped: boolean; by: string }
  'duty.changed': { person: string }
  /** A task of some flow (named in `flow`) that nobody could do. */
  'task.unserved': {
    task: string
    flow: string
    capability: string
    zone: string | null
    visit: string | null
    ticket: string | null
    reason: string
  }
  /** Someone took up or ended an escalation; `instance` (`flow/key`) is who asked for it. */
  'escalation.changed': {
    escalation: string
    instance: string
    state: 'taken' | 'ended'
    by: string
    outcome: string | null
  }
  /** A call of the expert desk is in another state. */
  'call.changed': {
    call: string
    escalation: string
    state: CallState
    /** null: it is new. */
    was: CallState | null
    reason: string
    /** The customer's side; null: a tablet. */
    device: string | null
    askedBy: string | null
    visit: string | null
    ticket: string | null
    service: string | null
    zone: string | null
    expert: string | null
    /** How often an expert was lost, or handed it over. */
    ahead: number
    outcome: CallOutcome | null
    promisedAt: number | null
  }
  /** A person asks for work by hand, with what the branch knows about whom and where it is. */
  'work.asked': {
    /** The name it goes under: the key of the instance that looks after it. */
    request: string
    by: string
    what: AskedWork['what']
    visit: string | null
    ticket: string | null
    /** Where the visitor is, or where it is to be done. */
    zone: string | null
    language: string | null
    party: number
    to: Spot | null
    /** The one that is to be opened; absent: none is. */
    counter?: string
    /** What the named device is to do to itself; absent: nothing. */
    remote?: { readonly action: RemoteAction; readonly percent?: number; readonly anyway?: boolean }
    /** `to` is where devices charge. */
    charge: boolean
    campaign:
      | (Pick<CampaignRow, 'id' | 'product' | 'words' | 'needsPerson'> & {
          /** Of its item; absent: its own words alone. */
          readonly content?: ContentInForce
        })
      | null
    /** Why the campaign is shown although it was shown often enough; absent: it was not. */
    beyondCap?: string
    words: Readonly<Record<string, string>> | null
    forMs: number | null
    /** Only this one: a device, or `person/<id>`. */
    member: string | null
    note: string | null
  }
  /** A person wants once more what was not done. */
  'work.asked-again': { request: string; by: string; task: string; intent: TaskIntent }
  /** Once a minute while the hub runs, for what has no event of its own (silence, a sleeping counter). */
  // oxlint-disable-next-line typescript/no-generated-empty-object-type -- it says nothing but that it happened
  'minute.passed': Record<never, never>
}

export type FactType = keyof FactTypes
export type Fact = { [T in FactType]: { readonly type: T } & Readonly<FactTypes[T]> }[FactType]

interface Answer<T extends string> {
  readonly type: T
  /** The instance's own name for the task. */
  readonly ref: string
  readonly task: string
}

/** Life of a task as its flow instance hears it. `failed`: every member tried, or the rules forbid another. */
export type TaskAnswer =
  | (Answer<'task.accepted'> & { readonly member: string })
  | (Answer<'task.started'> & { readonly member: string })
  | (Answer<'task.progress'> & {
      readonly member: string
      readonly progress: Readonly<Record<string, unknown>>
    })
  | (Answer<'task.done'> & { readonly member: string; readonly result: Readonly<Record<string, unknown>> })
  /** Nobody could be chosen at all; `reasons` counts why candidates were passed over. */
  | (Answer<'task.refused'> & { readonly reason: string })
  | (Answer<'task.failed'> & { readonly member: string | null; readonly reason: string })
  | (Answer<'task.cancelled'> & { readonly reason: string })
  | (Answer<'task.expired'> & { readonly reason: string })
  | (Answer<'task.unknown'> & { readonly member: string })

/** The answers after which a task is over: exactly one of them comes for each. */
const taskEndings: ReadonlySet<string> = new Set([
  'task.done',
  'task.refused',
  'task.failed',
  'task.cancelled',
  'task.expired',
  'task.unknown',
] satisfies TaskAnswer['type'][])

export const isTaskEnding = (type: string): boolean => taskEndings.has(type)

export type FlowEvent = Fact | TaskAnswer

/** What an instance receives: the event, when (hub time), the flow's view of the model and the policy in force. */
export type Seen<View, Policy, E extends FlowEvent = FlowEvent> = E & {
  readonly at: number
  readonly view: View
  readonly policy: Policy
}
