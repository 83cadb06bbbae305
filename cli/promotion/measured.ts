/**
 * What is on record of one campaign, read back: which visits were drawn into which arm, what was shown to whom by what, and
 * who asked for what it is about. By intention to treat: a visit belongs to the arm it was drawn into, whatever became of it.
 */
import { z } from 'zod'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { Count } from '../statistics/proportions.ts'

export type Arm = 'shown' | 'held-out'

const About = z.object({ campaign: z.string() })
const Drawn = z.object({ arm: z.enum(['shown', 'held-out']) })
const Ended = z.object({
  phase: z.string(),
  begun: z.int(),
  channel: z.string(),
  response: z.string().optional(),
})
const SameVisit = z.object({ from: z.string() })

interface Visit {
  readonly arms: Set<Arm>
  asked: boolean
}

export interface MeasuredCampaign {
  readonly campaign: string
  /** Visits by the arm they were drawn into, and how many of them later asked for the service. */
  readonly arms: Readonly<Record<Arm, Count>>
  /** Two visits of different arms turned out to be one person: counted for neither. */
  readonly mixed: number
  /** Promotions to a visit that began, or may have, by the kind of device or `person`. */
  readonly shown: Readonly<Record<string, number>>
  /** On idle screens, to nobody in particular. */
  readonly onIdleScreens: number
  /** Of those to a visit, what was said; `unknown`: no end was reported, or no response. */
  readonly responses: Readonly<Record<'interested' | 'declined' | 'none' | 'unknown', number>>
  /** Wanted, and never begun by anybody. */
  readonly notBegun: number
}

class Book {
  readonly #visits = new Map<string, Visit>()
  readonly #into = new Map<string, string>()
  readonly #shown = new Map<string, number>()
  readonly #responses = { interested: 0, declined: 0, none: 0, unknown: 0 }
  #onIdleScreens = 0
  #notBegun = 0

  #name(visit: string): string {
    const into = this.#into.get(visit)
    return into === undefined ? visit : this.#name(into)
  }

  #visit(name: string): Visit {
    const known = this.#visits.get(this.#name(name)) ?? { arms: new Set(), asked: false }
    this.#visits.set(this.#name(name), known)
    return known
  }

  note({ code, visit, params }: DecisionRecord) {
    if (code === 'promotion.ended') return this.#ended(Ended.parse(params), visit)
    if (visit === undefined) return
    if (code === 'promotion.drawn') this.#visit(visit).arms.add(Drawn.parse(params).arm)
    if (code === 'promotion.asked') this.#visit(visit).asked = true
    if (code === 'promotion.same-visit') this.#merge(SameVisit.parse(params).from, visit)
  }

  #merge(from: string, into: string) {
    if (this.#name(from) === this.#name(into)) return
    const left = this.#visits.get(this.#name(from))
    this.#visits.delete(this.#name(from))
    this.#into.set(this.#name(from), this.#name(into))
    if (left === undefined) return
    const kept = this.#visit(into)
    for (const arm of left.arms) kept.arms.add(arm)
    kept.asked ||= left.asked
  }

  #ended({ begun, channel, response }: z.infer<typeof Ended>, visit: string | undefined) {
    if (begun === 0) {
      this.#notBegun += 1
      return
    }
    if (visit === undefined) {
      this.#onIdleScreens += begun
      return
    }
    this.#shown.set(channel, (this.#shown.get(channel) ?? 0) + begun)
    const said =
      response === 'interested' || response === 'declined' || response === 'none' ? response : 'unknown'
    this.#responses[said] += 1
  }

  measured(campaign: string): MeasuredCampaign {
    const visits = [...this.#visits.values()]
    const pure = visits.filter(({ arms }) => arms.size === 1)
    const countOf = (arm: Arm): Count => {
      const drawn = pure.filter(({ arms }) => arms.has(arm))
      return { of: drawn.length, hits: drawn.filter(({ asked }) => asked).length }
    }
    return {
      campaign,
      arms: { shown: countOf('shown'), 'held-out': countOf('held-out') },
      mixed: visits.filter(({ arms }) => arms.size > 1).length,
      shown: Object.fromEntries([...this.#shown].sort(([a], [b]) => (a < b ? -1 : 1))),
      onIdleScreens: this.#onIdleScreens,
      responses: { ...this.#responses },
      notBegun: this.#notBegun,
    }
  }
}

/** In order of the campaigns' names; only those of which anything is on record. */
export const readCampaigns = (records: Iterable<DecisionRecord>): readonly MeasuredCampaign[] => {
  const books = new Map<string, Book>()
  for (const record of records) {
    if (record.kind !== 'campaign') continue
    const { campaign } = About.parse(record.params)
    const book = books.get(campaign) ?? new Book()
    books.set(campaign, book)
    book.note(record)
  }
  return [...books].sort(([a], [b]) => (a < b ? -1 : 1)).map(([campaign, book]) => book.measured(campaign))
}
