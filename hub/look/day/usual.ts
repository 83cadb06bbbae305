/** What is usual at this time of such a day: from the last days of the same kind that the journal still tells of. */
import { dayNumber, dayText } from '#protocol/local-time.ts'
import type { BranchFile } from '../../branch/file.ts'
import { instantOf, offsetMinutes } from '../../branch/local-time.ts'
import type { KeyFigures } from '../../figures/day-book.ts'
import type { LookParts } from '../parts.ts'
import { kindOfDay } from './kinds.ts'
import { DayReader, type Span } from './read-day.ts'

const daysWanted = 10
/** Looked for among so many days before. */
const daysBack = 30
/** An earlier day may be asked for as well. */
const keptDays = 2 * daysBack

export interface Calendar {
  readonly timeZone: string
  readonly calendar: BranchFile['calendar']
}

export interface UsualDay {
  readonly day: string
  readonly figures: KeyFigures
}

export type Usual =
  | { readonly days: readonly UsualDay[]; readonly why: null }
  | { readonly days: readonly UsualDay[]; readonly why: 'being-read' | 'none-kept' }

export const spanOf = (day: number, timeZone: string): Span => ({
  fromMs: instantOf(timeZone, day, 0),
  toMs: instantOf(timeZone, day + 1, 0),
})

export const dayOf = (at: number, timeZone: string): number => dayNumber(at, offsetMinutes(timeZone, at))

type Source = Pick<LookParts, 'branch' | 'engine' | 'store'>

export class UsualDays {
  readonly #source: Source
  /** null: nothing that helps is kept of that day. */
  readonly #past = new Map<number, DayReader | null>()
  #timeZone: string | undefined
  #reading: Promise<void> | undefined
  /** Why it could not be read, until somebody is told. */
  #failure: { readonly error: unknown } | undefined

  constructor(source: Source) {
    this.#source = source
  }

  /** Before `day`, as of so long after midnight. What is not read yet is read meanwhile. */
  usual(day: number, elapsedMs: number, { timeZone, calendar }: Calendar): Usual {
    this.#tellFailure()
    this.#forget(day, timeZone)
    const kind = kindOfDay(calendar, day)
    const alike = Array.from({ length: daysBack }, (_, index) => day - 1 - index).filter(
      (one) => kindOfDay(calendar, one) === kind,
    )
    const known = alike.flatMap((one) => {
      const reader = this.#past.get(one)
      return reader == null ? [] : [{ one, reader }]
    })
    const unread = alike.filter((one) => !this.#past.has(one))
    if (known.length < daysWanted && unread.length > 0) {
      // Nobody waits for it: what goes wrong is for whoever asks next, who then has it read again.
      this.#reading ??= this.#readAll(unread, timeZone)
        .catch((error: unknown) => {
          this.#failure = { error }
        })
        .finally(() => {
          this.#reading = undefined
        })
      return { days: [], why: 'being-read' }
    }
    const days = known.slice(0, daysWanted).map(({ one, reader }) => ({
      day: dayText(one),
      figures: reader.book.figures(reader.span.fromMs + elapsedMs),
    }))
    return days.length === 0 ? { days, why: 'none-kept' } : { days, why: null }
  }

  /** Resolves once what was asked for last is read. */
  async settled(): Promise<void> {
    await this.#reading
  }

  #tellFailure() {
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) throw failure.error
  }

  /** A day that nobody may ask for any more. */
  #forget(day: number, timeZone: string) {
    if (this.#timeZone !== timeZone) this.#past.clear()
    this.#timeZone = timeZone
    for (const old of this.#past.keys()) if (old < day - keptDays) this.#past.delete(old)
  }

  async #readAll(days: readonly number[], timeZone: string) {
    let found = 0
    for (const day of days) {
      const reader = found < daysWanted ? new DayReader(this.#source, spanOf(day, timeZone)) : undefined
      await reader?.read()
      const helps = reader !== undefined && !reader.isErased && !reader.book.isEmpty()
      if (helps) found++
      this.#past.set(day, helps ? reader : null)
    }
  }
}
