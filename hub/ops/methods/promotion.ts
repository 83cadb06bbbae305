/** What was measured of campaigns: asked for by days of the branch's own calendar. */
import { z } from 'zod'
import { Day } from '#protocol/content.ts'
import { UsherError } from '#protocol/errors.ts'
import { dayMs } from '#protocol/local-time.ts'
import { instantOf } from '../../branch/local-time.ts'
import { measuredAs } from '../../branch/measured-promotions.ts'
import { fileOf } from '../../branch/rows.ts'
import type { Handler } from '../control.ts'
import { keptUnder } from './kept-under.ts'
import { type MethodParts, method } from './method.ts'

/** Where nobody says from when on. */
const usualDays = 30

/** Whole days since 1970. */
const numberOf = (day: string): number => {
  const number = Date.parse(`${day}T00:00:00Z`) / dayMs
  if (!Number.isInteger(number))
    throw new UsherError('command.invalid', `${day} is no day such as 2026-10-01.`)
  return number
}

const Span = z.object({ from: Day.nullable().default(null), to: Day.nullable().default(null) })

export const promotionMethods = (parts: MethodParts): Record<string, Handler> => {
  const asked = ({ from, to }: z.infer<typeof Span>) =>
    parts.engine.read((state, at) => {
      const zone = fileOf(state)?.timeZone ?? 'UTC'
      return {
        from: from === null ? at - usualDays * dayMs : instantOf(zone, numberOf(from), 0),
        to: to === null ? at : Math.min(at, instantOf(zone, numberOf(to) + 1, 0) - 1),
      }
    })
  return {
    'promotion.records': method(Span, async function* (span) {
      yield* keptUnder(parts, { id: measuredAs, ...(await asked(span)) })
    }),
  }
}
