/**
 * A sale with its script: what whoever sells sees while it goes on, and what is left of it afterwards. For each item when, and
 * by whom; for what was found, how it was settled. Not a word of what was said.
 */
import { z } from 'zod'
import { findingCodes, recorderStates, saleOutcomes, saleStates } from './sale.ts'
import { speakers } from './script.ts'

const Time = z.number()
const Title = z.record(z.string(), z.string())
const Act = z.object({ by: z.string(), at: Time })

const ReportItem = z.object({
  id: z.string(),
  title: Title,
  speaker: z.enum(speakers),
  kind: z.enum(['wording', 'consent']),
  /** One way of saying it, for whoever is to say it. */
  wording: z.array(z.string()),
  mayTick: z.boolean(),
  state: z.enum(['open', 'heard', 'ticked']),
  at: Time.nullable(),
  by: z.string().nullable(),
})
export type ReportItem = z.infer<typeof ReportItem>

const ReportFinding = z.object({
  id: z.string(),
  code: z.enum(findingCodes),
  at: Time,
  about: z.string(),
  /** Of the item or the forbidden wording. */
  title: Title,
  speaker: z.enum(speakers).nullable(),
  settled: z.object({ by: z.string(), at: Time, note: z.string() }).nullable(),
  /** A note is enough; of a time that nobody recorded, it is not. */
  maySettle: z.boolean(),
})
export type ReportFinding = z.infer<typeof ReportFinding>

const Missing = z.discriminatedUnion('what', [
  z.object({ what: z.literal('state'), state: z.enum(saleStates) }),
  z.object({ what: z.literal('item'), item: z.string() }),
  z.object({ what: z.literal('finding'), finding: z.string(), code: z.enum(findingCodes) }),
  z.object({ what: z.literal('recorder'), recorder: z.string() }),
  z.object({ what: z.literal('gap'), recorder: z.string() }),
  z.object({ what: z.literal('full') }),
])

export const SaleReport = z.object({
  id: z.string(),
  n: z.int(),
  at: Time,
  call: z.string().nullable(),
  device: z.string().nullable(),
  ticket: z.string().nullable(),
  seller: z.string(),
  product: z.string(),
  script: z.string(),
  version: z.int(),
  title: Title,
  state: z.enum(saleStates),
  since: Time,
  consent: Act.nullable(),
  paused: z.object({ by: z.string(), reason: z.string() }).nullable(),
  secret: z.boolean(),
  items: z.array(ReportItem),
  findings: z.array(ReportFinding),
  recorders: z.array(
    z.object({
      name: z.string(),
      state: z.enum(recorderStates),
      since: Time,
      gaps: z.array(z.object({ from: Time, to: Time })),
    }),
  ),
  inspector: z.enum(['none', 'waiting', 'on', 'lost']),
  /** Before the sale step can be done. */
  missing: z.array(Missing),
  sold: Act.nullable(),
  outcome: z.enum(saleOutcomes).nullable(),
  endedBy: z.string().nullable(),
  sealed: z.object({ at: Time, manifest: z.string() }).nullable(),
})
export type SaleReport = z.infer<typeof SaleReport>
