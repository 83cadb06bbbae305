/** The journal as people and programs read it: follow it, take a stretch of it out, and check its chain. */
import { z } from 'zod'
import { canonicalJson } from '../../engine/canonical.ts'
import type { CommittedBatch } from '../../engine/sequencer.ts'
import type { StoredEntry } from '../../store/port.ts'
import type { Handler } from '../control.ts'
import type { DayLine } from '../day-lines.ts'
import { recordedDay } from '../recorded-day.ts'
import { type MethodParts, method } from './method.ts'

const pageMax = 500
/** A reader that falls this far behind is let go rather than kept in memory. */
const backlogMax = 5_000

export interface TailItem {
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly device: string | null
  readonly cause: string | null
  readonly body: unknown
  readonly decisions: readonly unknown[]
}

const itemsOf = ({ entries, decisions }: Pick<CommittedBatch, 'entries' | 'decisions'>): TailItem[] =>
  entries.map(({ seq, at, body, cause }) => ({
    seq,
    at,
    kind: body.kind,
    device: 'device' in body ? body.device : null,
    cause: cause ?? null,
    body,
    decisions: decisions.filter((decision) => decision.seq === seq).map(({ record }) => record),
  }))

async function* follow({ watch }: MethodParts, signal: AbortSignal): AsyncGenerator<TailItem> {
  let items: TailItem[] = []
  let wake = () => {}
  const callOff = watch((batch) => {
    if (items.length < backlogMax) items.push(...itemsOf(batch))
    wake()
  })
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    while (!signal.aborted) {
      for (const item of items.splice(0)) yield item
      if (items.length === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    callOff()
  }
}

async function* stretch(
  { branch, store }: MethodParts,
  range: { from: number; to: number },
): AsyncGenerator<StoredEntry> {
  for (let from = range.from; from <= range.to; ) {
    const page = await store.entries(branch, { from, to: range.to, limit: pageMax })
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    from = last.seq + 1
  }
}

/** The day as far as it is recorded now. */
async function* takeDay(parts: MethodParts, day: string): AsyncGenerator<DayLine> {
  const { branch, store, settings, engine, nowMs } = parts
  const timeZone = await engine.read((state) => state.branch.get('branch')?.timeZone)
  yield* recordedDay(
    {
      branch,
      store,
      settings,
      timeZone: timeZone ?? 'UTC',
      nowMs: nowMs(),
      headSeq: engine.position().seq,
    },
    day,
  )
}

const Range = z.object({ from: z.int().min(1).default(1), to: z.int().min(1).optional() })

export const journalMethods = (parts: MethodParts): Record<string, Handler> => ({
  'journal.follow': method(z.object({}), (_, signal) => follow(parts, signal)),
  'journal.last': method(z.object({ count: z.int().min(0).max(1_000).default(20) }), async ({ count }) => {
    const { seq } = parts.engine.position()
    if (count === 0) return []
    const entries = await parts.store.entries(parts.branch, {
      from: Math.max(1, seq - count + 1),
      to: seq,
      limit: count,
    })
    return entries
  }),
  'journal.export': method(Range, ({ from, to }) =>
    stretch(parts, { from, to: to ?? parts.engine.position().seq }),
  ),
  'journal.day': method(z.object({ day: z.string().max(32) }), ({ day }) => takeDay(parts, day)),
  'journal.verify': method(Range, ({ from, to }) =>
    parts.store.verify(parts.branch, { from, ...(to !== undefined && { to }) }),
  ),
  /** Every row of the state between two commits, for comparisons: a digest of it says more than it weighs. */
  'journal.state': method(z.object({}), () =>
    parts.engine.read(() => JSON.parse(canonicalJson(parts.engine.rows.all())) as unknown),
  ),
})
