/** On which screens a call is shown, in which words, and what is still open of it. Pure. */
import type { Seen } from '#protocol/flow-events.ts'
import { answered, noTasks, type OpenTasks, opened } from '../open-tasks.ts'
import type { TicketCallPolicy } from './policy.ts'
import type { TicketCallView } from './view.ts'

export type TicketCallEvent = Seen<TicketCallView, TicketCallPolicy>

export interface TicketCallContext extends OpenTasks {
  readonly ticket: string
  readonly counter: string
  readonly giveUpMs: number
}

export interface Step {
  readonly context: TicketCallContext
  readonly event: TicketCallEvent
}

/** What a task may take beyond its own limits before the flow stops waiting for an answer. */
const patienceMs = 30_000

export const newCall = ({ input }: { input: { key: string; at: number } }): TicketCallContext => ({
  ticket: input.key,
  counter: '',
  giveUpMs: patienceMs,
  ...noTasks,
})

export const screensFor = ({ view, policy }: Pick<TicketCallEvent, 'view' | 'policy'>) =>
  view.screens.filter(({ zoneKind }) => policy.zoneKinds.includes(zoneKind))

export const isToBeShown = ({ event }: Pick<Step, 'event'>): boolean =>
  event.type === 'ticket.called' && event.policy.onScreens && screensFor(event).length > 0

export const isShownElsewhere = (step: Step): boolean => isElsewhere(step) && isToBeShown(step)

/** To another counter it is another task: what became of the first says nothing about the second. */
export const refOf = ({ counter }: TicketCallContext, screen: string) => `${screen}-${counter}`

export const isElsewhere = ({ context, event }: Step): boolean =>
  event.type === 'ticket.called' && event.counter !== context.counter

export const call = ({ context, event }: Step): TicketCallContext => {
  if (event.type !== 'ticket.called') return context
  const { policy } = event
  const called = {
    ...context,
    ...noTasks,
    counter: event.counter,
    giveUpMs: policy.expiresMs + policy.showForMs + patienceMs,
  }
  const refs = screensFor(event).map(({ id }) => refOf(called, id))
  return { ...called, ...opened(called, refs) }
}

export const hearAnswer = ({ context, event }: Step): TicketCallContext => ({
  ...context,
  ...answered(context, event, false),
})

export const isAllAnswered = ({ context }: Pick<Step, 'context'>): boolean => context.open.length === 0

/** The number on the counter, as people read it; its name where it has none. */
export const numberOf = (counter: string): string =>
  /\d+$/.exec(counter)?.[0].replace(/^0+(?=\d)/, '') ?? counter

export const filled = (
  words: TicketCallPolicy['words'],
  { ticket, counter }: Pick<TicketCallContext, 'ticket' | 'counter'>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).map(([language, text]) => [
      language,
      text.replaceAll('{ticket}', ticket).replaceAll('{counter}', numberOf(counter)),
    ]),
  )
