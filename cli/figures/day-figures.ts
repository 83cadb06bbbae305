/**
 * The key figures of one day, the same for a simulated and a real one. Null is "not known" (a journal knows less than
 * the truth of a simulation) or "there was none to judge by", never zero.
 */
import type { AnnouncedError } from '#hub/figures/announced.ts'
import type { Spread } from '#hub/figures/spread.ts'

export interface DayFigures {
  readonly visitors: {
    /** Parties that came in. */
    readonly came: number | null
    readonly tickets: number
    readonly served: number
    /** Finished at a kiosk. */
    readonly selfServed: number | null
    /** Left without service. */
    readonly abandoned: number
    /** Of all whose visit has an outcome. */
    readonly abandonedShare: number | null
  }
  readonly wait: {
    /** From the ticket until service begins at a counter or a kiosk, or until they give up. */
    readonly ms: Spread | null
    /** The same from coming in: what a greeting costs counts as well. */
    readonly sinceArrivalMs: Spread | null
    readonly byService: Readonly<Record<string, Spread>>
  }
  /** The wait that was announced with the ticket against the wait of those who were called. */
  readonly announced: AnnouncedError | null
  readonly greeting: {
    /** By a device that spoke to them or asked them. */
    readonly greeted: number
    /** Seen by all on a screen, because nobody could greet them in time. */
    readonly byScreen: number | null
    /** Came in with somebody who was greeted. */
    readonly withGroup: number | null
    /** Of all whom no person receives: greeted in one of these ways. */
    readonly share: number | null
    /** From detection until the device began: a robot, to walk up to them. */
    readonly latencyMs: Spread | null
    /** From detection until the welcome was heard or seen. */
    readonly heardMs: Spread | null
    /** Visits, as the hub knew them, that devices greeted more than once: it promises 0. */
    readonly duplicates: number | null
    /** People who were greeted again because a sensor took them for somebody else. */
    readonly mistaken: number | null
  }
  readonly diversion: {
    /** Took a ticket for what they could and would do at a kiosk. */
    readonly eligible: number | null
    readonly invited: number
    readonly accepted: number
    readonly finished: number
    /** Came back to the counter: a failure. */
    readonly returned: number
    readonly finishedShare: number | null
  }
  readonly promotion: {
    readonly shown: number
    readonly visits: number
    /** Over all visits. */
    readonly perVisit: number | null
    readonly perVisitMax: number
    /** The same campaign to the same visit again, above its cap: target 0. */
    readonly repeats: number | null
    readonly interested: number | null
  }
  readonly staff: {
    readonly alerts: number
    /** Tasks that people were asked to do. */
    readonly asked: number
    readonly taken: number
    /** From the first offer until somebody took it. */
    readonly claimMs: Spread | null
  }
  /** By device: share of the opening hours in which it acted for people, and the tasks it did. */
  readonly devices: Readonly<
    Record<string, { readonly kind: string; readonly busyShare: number | null; readonly tasks: number }>
  >
  readonly counters: Readonly<
    Record<string, { readonly openMs: number; readonly servingMs: number; readonly served: number }>
  >
}
