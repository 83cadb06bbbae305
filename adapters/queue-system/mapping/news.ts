/** What a queue system tells, in the words of the branch and without anything else that stood in the message. */
import type { Segment } from '#protocol/events.ts'

interface Told {
  /** When it happened by the system's clock, ms since 1970. */
  readonly at?: number
  readonly sequence?: number
  readonly id?: string
}

export interface TicketName {
  readonly ticket?: string
  readonly key?: string
}

export type TicketNews = Told &
  TicketName &
  (
    | {
        readonly tells: 'issued'
        readonly service: string
        readonly segment?: Segment
        readonly language?: string
      }
    | { readonly tells: 'called'; readonly counter: string; readonly service?: string }
    | { readonly tells: 'waits-again' | 'transferred'; readonly service?: string }
    | { readonly tells: 'served' | 'no-show'; readonly counter?: string }
    | { readonly tells: 'withdrawn' }
  )

export type CounterNews = Told & {
  readonly tells: 'counter'
  readonly counter: string
  readonly state: 'open' | 'paused' | 'closed'
  readonly staffed?: boolean
}

export interface ListedTicket {
  readonly ticket: string
  readonly key?: string
  readonly waitedMs?: number
  readonly held?: boolean
}

export type SnapshotNews = Told & {
  readonly tells: 'snapshot'
  readonly service: string
  readonly waiting: number
  readonly longestWaitMs?: number
  readonly announcedWaitMs?: number
  readonly countersOpen?: number
  readonly tickets?: readonly ListedTicket[]
}

export type News = TicketNews | CounterNews | SnapshotNews
