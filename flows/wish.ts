/** The phrases machines share: to want something, to hear about one of their own tasks, and to answer alike. */
import type { FlowEvent } from '#protocol/flow-events.ts'

/** `params` is a named function of context and event in the flow's folder that returns what is wanted. */
export const wish = <P>(params: P) => ({ type: 'intend', params }) as const

/** Guard: the answer is about this task of ours. */
export const about = <R extends string>(ref: R) => ({ type: 'about', params: { ref } }) as const

export const isAbout = ({ event }: { event: { readonly type: string } }, { ref }: { ref: string }): boolean =>
  'ref' in event && event.ref === ref

/** What follows several events alike, said once. */
export const onEach = <E extends FlowEvent['type'], const T>(
  events: readonly E[],
  then: T,
): Readonly<Record<E, T>> => Object.fromEntries(events.map((event) => [event, then])) as Record<E, T>

/** However a task ended, except that it was done. */
export const undone = [
  'task.refused',
  'task.failed',
  'task.cancelled',
  'task.expired',
  'task.unknown',
] as const
