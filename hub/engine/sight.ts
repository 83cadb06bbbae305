/**
 * An event as an instance sees it: with the hub's time, its policy, and its view of the branch, which is made when a step
 * first looks, because many never do.
 */
import type { AnyFlow } from '#flows/define.ts'
import type { Turn } from './turn.ts'

export interface Sight {
  readonly turn: Pick<Turn, 'at' | 'view'>
  readonly flow: Pick<AnyFlow, 'view'>
  readonly key: string
  readonly policy: unknown
}

/** A class: a getter written into each event would make each of them a kind of its own, slow to make and to read. */
class SeenEvent {
  at = 0
  policy: unknown = null
  readonly #sight: Sight
  #view: unknown

  constructor(sight: Sight) {
    this.#sight = sight
  }

  get view(): unknown {
    const { turn, flow, key } = this.#sight
    return (this.#view ??= flow.view(turn.view, key))
  }
}

export const seenBy = <E extends { readonly type: string }>(sight: Sight, event: E): E & SeenEvent => {
  const seen = Object.assign(new SeenEvent(sight), event)
  // Whatever an event brings along, the time is the entry's and the policy the one in force.
  seen.at = sight.turn.at
  seen.policy = sight.policy
  return seen
}
