/** The vendor scorecard of a running branch, read from its journal. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { text } from '#protocol/ids.ts'
import { dayMs } from '#protocol/local-time.ts'
import type { Handler } from '../control.ts'
import { seqAt } from '../recorded-day.ts'
import { readEntries } from '../score/read.ts'
import { createScorecard, type ScoreRow } from '../score/scorecard.ts'
import { type MethodParts, method } from './method.ts'

/** Bodies of the journal are kept eight days: a week is what there is in full. */
const sinceDefaultMs = 7 * dayMs
const sinceMaxMs = 180 * dayMs

export interface ScoreAnswer {
  /** Hub time of what was read: from the first entry of the window to the last. */
  readonly from: number
  readonly to: number
  readonly entries: number
  /** Entries whose bodies, or whose records, were erased: what they said is not counted. */
  readonly erased: number
  readonly rows: readonly ScoreRow[]
}

const Wanted = z.strictObject({
  sinceMs: z.int().min(1_000).max(sinceMaxMs).default(sinceDefaultMs),
  model: text(64).optional(),
})

const score = async (
  { branch, engine, store }: MethodParts,
  { sinceMs, model }: z.infer<typeof Wanted>,
  signal: AbortSignal,
): Promise<ScoreAnswer> => {
  const { head, devices } = await engine.read((state) => ({
    head: engine.position(),
    devices: state.devices.values(),
  }))
  const place = { branch, store, headSeq: head.seq }
  const from = await seqAt(place, head.at - sinceMs)
  const [first] = await store.entries(branch, { from, to: head.seq, limit: 1 })
  const fromMs = first?.at ?? head.at
  const card = createScorecard(
    fromMs,
    devices.map(({ id }) => id),
  )
  let entries = 0
  let erased = 0
  for await (const entry of readEntries({ branch, store, signal }, { from, to: head.seq })) {
    card.take(entry)
    entries += 1
    if (entry.erased) erased += 1
  }
  const all = card.end(devices, head.at)
  const rows = model === undefined ? all : all.filter((row) => row.model === model)
  if (model !== undefined && rows.length === 0) throw new UsherError('firmware.no-model', model)
  return { from: fromMs, to: head.at, entries, erased, rows }
}

export const scoreMethods = (parts: MethodParts): Record<string, Handler> => ({
  'devices.score': method(Wanted, (wanted, signal) => score(parts, wanted, signal)),
})
