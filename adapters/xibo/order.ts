/** What one task asks of the CMS: words and metrics set, a layout ordered, and all of it taken back in the end. */
import type { Clock, Log } from '../sdk/ports.ts'
import { monotonic } from '../shared/monotonic.ts'
import type { Cms, Criterion, Patience } from './cms/cms.ts'
import { CmsTrouble } from './cms/trouble.ts'
import type { LayoutRow } from './config.ts'
import { columnsFor, filledIn, type Wish } from './layouts.ts'
import { pause } from './pause.ts'

export interface OrderParts {
  readonly cms: Cms
  readonly clock: Clock
  readonly log: Log
  readonly answerMs: number
  readonly displayGroupId: number
  readonly row: LayoutRow
  readonly wish: Wish
  /** When the displays end it by themselves, should nobody take it back. */
  readonly boundMs: number
}

/** A value that is over at once. */
const momentMs = 1_000
const againMs = 500

export class LayoutOrder {
  readonly #parts: OrderParts
  #layoutId: number | undefined
  #metricsAreSet = false
  #layoutMayBeOn = false
  #endsByItselfMs = 0

  constructor(parts: OrderParts) {
    this.#parts = parts
  }

  /** What the displays should report; undefined where the schedule decides that. */
  layoutId = (): number | undefined => this.#layoutId

  /** All that shows nothing yet. @throws CmsTrouble */
  async prepare(signal: AbortSignal) {
    const { cms, row, wish } = this.#parts
    const patience = this.#patience(signal)
    this.#layoutId = row.layoutId
    try {
      if (row.campaignId !== undefined) {
        this.#layoutId = (await cms.layoutOf(row.campaignId, patience))?.layoutId
        if (this.#layoutId === undefined)
          throw new CmsTrouble('missing', { mayBeDone: false, note: 'It has no published layout.' })
      }
      if (row.text !== undefined)
        await cms.writeRow(row.text, columnsFor(row.text.columns, wish.content), patience)
    } catch (error) {
      throw error instanceof CmsTrouble ? withoutEffect(error) : error
    }
  }

  /** @returns whether the CMS said that it took it. @throws CmsTrouble where it certainly did not */
  async give(signal: AbortSignal): Promise<boolean> {
    const { cms, row, displayGroupId, boundMs } = this.#parts
    const patience = this.#patience(signal)
    const metrics = this.#metrics(boundMs, ({ value }) => filledIn(value, this.#parts.wish.content))
    this.#endsByItselfMs = this.#nowMs() + boundMs + this.#parts.answerMs
    try {
      if (metrics.length > 0) {
        this.#metricsAreSet = true
        await cms.criteria(displayGroupId, metrics, patience)
      }
      const layoutId = this.#layoutId
      if (row.as === 'criteria' || layoutId === undefined) return true
      const order = { layoutId, forMs: boundMs, downloadRequired: row.downloadRequired }
      this.#layoutMayBeOn = true
      if (row.as === 'overlay') await cms.overlayLayout(displayGroupId, order, patience)
      else await cms.changeLayout(displayGroupId, { ...order, changeMode: row.changeMode }, patience)
      return true
    } catch (error) {
      if (error instanceof CmsTrouble && error.mayBeDone) return false
      this.#layoutMayBeOn = false
      throw error
    }
  }

  /** Somebody else put something there, which is not ours to take away. */
  leave() {
    this.#layoutMayBeOn = false
  }

  /** Asks until the CMS has heard it, at most until then, or until the displays have ended it by themselves. */
  async takeBack(untilMs: number) {
    const { cms, displayGroupId, log } = this.#parts
    if (this.#metricsAreSet) {
      const metrics = this.#metrics(momentMs, ({ afterwards }) => afterwards)
      if (metrics.length > 0)
        await this.#insist(untilMs, (patience) => cms.criteria(displayGroupId, metrics, patience))
    }
    if (!this.#layoutMayBeOn) return
    const isBack = await this.#insist(untilMs, (patience) => cms.revertToSchedule(displayGroupId, patience))
    if (!isBack)
      log.warn('a layout could not be taken back; the display ends it by itself', { displayGroupId })
  }

  async #insist(untilMs: number, act: (patience: Patience) => Promise<void>): Promise<boolean> {
    const latestMs = Math.min(untilMs, this.#endsByItselfMs)
    for (;;) {
      try {
        await act({ withinMs: Math.min(this.#parts.answerMs, Math.max(0, latestMs - this.#nowMs())) })
        return true
      } catch (error) {
        if (!(error instanceof CmsTrouble)) throw error
        const isPassing =
          error.mayBeDone || ['unreachable', 'late', 'broken', 'odd', 'limited'].includes(error.kind)
        if (!isPassing || this.#nowMs() + againMs >= latestMs) return false
        await pause(this.#parts.clock, againMs)
      }
    }
  }

  #metrics(
    ttlMs: number,
    valueOf: (metric: LayoutRow['metrics'][number]) => string | undefined,
  ): Criterion[] {
    return this.#parts.row.metrics.flatMap((metric) => {
      const value = valueOf(metric)
      return value === undefined || value === '' ? [] : [{ metric: metric.metric, value, ttlMs }]
    })
  }

  #patience = (signal: AbortSignal): Patience => ({ withinMs: this.#parts.answerMs, signal })

  #nowMs = () => monotonic(this.#parts.clock)
}

/** Whatever became of it: nothing is shown. */
const withoutEffect = (error: CmsTrouble) =>
  new CmsTrouble(error.kind, {
    mayBeDone: false,
    property: error.property,
    note: error.message,
    cause: error,
  })
