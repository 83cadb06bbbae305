/** How calls with experts went on a day: what whoever leads the experts looks at, on a page or in a command. */
import { UsherError } from '#protocol/errors.ts'
import { dayMs, dayText } from '#protocol/local-time.ts'
import type { CallsOfDay } from '../../figures/calls.ts'
import type { LookParts } from '../parts.ts'
import { DayReader } from './read-day.ts'
import { dayOf, spanOf } from './usual.ts'

export interface CallDay extends CallsOfDay {
  readonly day: string
  /** As of then. */
  readonly at: number
  readonly level: number | null
}

export interface CallDays {
  /** @param named as `2026-03-02`; default: today */
  of(named?: string): Promise<CallDay>
}

export type CallDayLook = Pick<LookParts, 'branch' | 'engine' | 'store' | 'nowMs'>

/** The day that is asked for again and again is read on, not anew. */
export const createCallDays = (look: CallDayLook): CallDays => {
  let known: { readonly key: string; readonly reader: DayReader } | undefined
  return {
    of: async (named) => {
      const timeZone = await look.engine.read((state) => state.branch.get('branch')?.timeZone ?? 'UTC')
      const nowMs = look.nowMs()
      const today = dayOf(nowMs, timeZone)
      const day = named === undefined ? today : Date.parse(`${named}T00:00:00Z`) / dayMs
      if (day > today) throw new UsherError('journal.no-day', named)
      const key = `${day} ${timeZone}`
      if (known?.key !== key) known = { key, reader: new DayReader(look, spanOf(day, timeZone)) }
      const { reader } = known
      await reader.read()
      const at = Math.min(nowMs, reader.span.toMs)
      return { day: dayText(day), at, ...reader.book.figures(at).calls }
    },
  }
}
