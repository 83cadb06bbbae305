/** Reads one day of the journal into a book, and goes on where it stopped: what was read is not read again. */
import type { EntryBody } from '../../engine/entry.ts'
import { DayBook } from '../../figures/day-book.ts'
import type { JournalLine } from '../../figures/journal-line.ts'
import { seqAt } from '../../ops/recorded-day.ts'
import type { StoredEntry } from '../../store/port.ts'
import type { LookParts } from '../parts.ts'
import { readStretch, type Stretch, stretchMax } from '../stretches.ts'

/** So many tell whether a day is still there. */
const enoughEvents = 200

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** Only these tell something that the figures are made from; most entries tell nothing of it and are not opened. */
const told = /"name":"(?:ticket\.|kiosk\.session|queue\.snapshot|visitor\.checked-in|task\.report)/
const opens = ({ kind, body }: StoredEntry) =>
  body !== null && (kind === 'report' || ((kind === 'event' || kind === 'command') && told.test(body)))

const linesOf = ({ entries, decisions }: Stretch): readonly JournalLine[] => {
  const bySeq = Map.groupBy(decisions, ({ seq }) => seq)
  return entries.flatMap((entry) => {
    const { seq, at } = entry
    const isOpened = opens(entry)
    const records = bySeq.get(seq)?.map(({ record }) => record)
    if (!isOpened && records === undefined) return []
    const body = isOpened ? (JSON.parse(entry.body ?? '') as { body: EntryBody }).body : null
    return [{ seq, at, body, records: records ?? [] }]
  })
}

type Source = Pick<LookParts, 'branch' | 'engine' | 'store'>

export class DayReader {
  readonly span: Span
  readonly book: DayBook
  readonly #source: Source
  #next: number | undefined
  #reading: Promise<void> | undefined
  #events = 0
  #erased = 0

  constructor(source: Source, span: Span) {
    this.#source = source
    this.span = span
    this.book = new DayBook((device) => source.engine.state.devices.get(device)?.kind === 'screen')
  }

  /** What sensors told is gone: the figures would be those of a day on which nobody came. One erased visit is no such loss. */
  get isErased(): boolean {
    return this.#erased * 2 > this.#events
  }

  /** Up to the last entry that is there now, or to the end of the day. */
  async read(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined
    })
    await this.#reading
  }

  async #readOn() {
    const source = this.#source
    const headSeq = source.engine.position().seq
    this.#next ??= await seqAt({ ...source, headSeq }, this.span.fromMs)
    while (this.#next <= headSeq && !(this.#events > enoughEvents && this.isErased)) {
      const stretch = await readStretch(source, {
        first: this.#next,
        last: Math.min(headSeq, this.#next + stretchMax - 1),
      })
      const last = stretch.entries.at(-1)
      if (last === undefined) return
      this.#take(stretch)
      // What is over is never looked at again: it would be counted twice.
      this.#next = last.at < this.span.toMs ? last.seq + 1 : Number.POSITIVE_INFINITY
    }
  }

  #take({ entries, decisions }: Stretch) {
    const own = entries.filter(({ at }) => at < this.span.toMs)
    const events = own.filter(({ kind }) => kind === 'event')
    this.#events += events.length
    this.#erased += events.filter(({ body }) => body === null).length
    for (const line of linesOf({ entries: own, decisions })) this.book.note(line)
  }
}
