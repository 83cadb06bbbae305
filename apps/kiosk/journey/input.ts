/** What happens to a journey, and what it makes the kiosk do. */
import type { EventData } from '#protocol/events.ts'
import type { Journey, Problem, View } from './state.ts'

export type Input = { readonly at: number } & (
  | { readonly type: 'begin'; readonly view: View }
  | { readonly type: 'touch' }
  | { readonly type: 'tick' }
  | { readonly type: 'still-here' }
  | { readonly type: 'look'; readonly view: Partial<View> }
  | { readonly type: 'have-ticket' }
  | { readonly type: 'give-ticket'; readonly ticket: string }
  | { readonly type: 'choose-service'; readonly service: string }
  | { readonly type: 'take-ticket' }
  | { readonly type: 'ticket-issued'; readonly ticket: string }
  | { readonly type: 'ticket-failed' }
  | { readonly type: 'print' }
  | { readonly type: 'open-form'; readonly form: string }
  | { readonly type: 'agree' }
  | { readonly type: 'enter'; readonly field: string; readonly value: string }
  | { readonly type: 'next' }
  | { readonly type: 'change'; readonly step: number }
  | { readonly type: 'submit' }
  | { readonly type: 'carried-out' }
  /** Where it may have been done all the same, nobody is told that it was not. */
  | { readonly type: 'not-carried-out'; readonly reason: string; readonly mayBeDone: boolean }
  | { readonly type: 'help' }
  | { readonly type: 'expert' }
  | { readonly type: 'view' }
  | { readonly type: 'call'; readonly reason: 'staff' | 'expert' }
  | { readonly type: 'help-told' }
  | { readonly type: 'call-told' }
  | { readonly type: 'agree-call' }
  | { readonly type: 'decline-call' }
  | { readonly type: 'call-off' }
  | { readonly type: 'hang-up' }
  /** From the page of the call to what they were at; the call goes on. */
  | { readonly type: 'on-with-it' }
  | { readonly type: 'read-outcome' }
  | {
      readonly type: 'back-in-call'
      readonly view: View
      readonly before: string | null
      readonly agreedTo: string | null
      readonly met: readonly string[]
    }
  | { readonly type: 'back' }
  | { readonly type: 'start-over' }
  /** The hub, or what shows its content, wants nobody's matters on the page. */
  | { readonly type: 'wipe' }
  | { readonly type: 'another' }
  | { readonly type: 'staff'; readonly isThere: boolean }
  | { readonly type: 'close'; readonly isClosed: boolean }
  | { readonly type: 'emergency'; readonly isOn: boolean }
)

export type Effect =
  | { readonly tell: 'kiosk.session'; readonly data: EventData<'kiosk.session'> }
  | { readonly tell: 'intent.stated'; readonly data: EventData<'intent.stated'> }
  | { readonly tell: 'ticket.issued'; readonly data: EventData<'ticket.issued'> }
  | { readonly tell: 'help.requested'; readonly data: EventData<'help.requested'> }
  | { readonly tell: 'help.withdrawn'; readonly data: EventData<'help.withdrawn'> }
  | { readonly do: 'issue' }
  | { readonly do: 'print' }
  /** The one effect that carries what somebody entered: it is not told, kept or logged. */
  | {
      readonly do: 'carry-out'
      readonly service: string
      readonly entries: Readonly<Record<string, string>>
    }
  /** Everything that the page itself still shows or holds of somebody goes as well. */
  | { readonly do: 'wipe' }

export interface Step {
  readonly journey: Journey
  readonly effects: readonly Effect[]
}

export type Problems = Readonly<Record<string, Problem>>
