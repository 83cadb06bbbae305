/**
 * The `recording` section of the branch file: what must be said, what may not be said, and how long a recording is kept, by
 * product. Without it nothing is ever recorded.
 */
import { z } from 'zod'
import { DurationMs, Id, text } from '../ids.ts'

const Said = z.record(z.string(), text(120))
const days = z.int().min(1).max(36_500)

/** `seller`: the expert or the manager; `customer`: whoever stands at the kiosk or sits at the desk. */
export const speakers = ['seller', 'customer'] as const
export type Speaker = (typeof speakers)[number]

/**
 * What has to be heard. A wording is one way of saying it: all of its parts, in one turn of the speaker and within a minute,
 * in any order. Text is compared without spaces, punctuation, width, case and hesitation (嗯, 呃); traditional characters
 * are other characters.
 */
const ScriptItem = z.strictObject({
  id: Id,
  title: Said,
  speaker: z.enum(speakers),
  /** `consent`: said by the customer, in answer to `asks`: never heard before that was. */
  kind: z.enum(['wording', 'consent']).default('wording'),
  asks: Id.optional(),
  wordings: z
    .array(z.array(text(200)).min(1).max(8))
    .min(1)
    .max(20),
  /** What turns a heard wording into its contrary: 不同意 holds 同意. */
  unless: z.array(text(60)).max(20).default([]),
  /** Whoever sells may tick it where nothing was heard; what only the customer can say is ticked by nobody. */
  mayTick: z.boolean().default(true),
})
export type ScriptItem = z.infer<typeof ScriptItem>

const Forbidden = z.strictObject({
  id: Id,
  title: Said,
  words: z.array(text(60)).min(1).max(50),
  /** 不保本 is right to say, though it holds 保本. */
  unless: z.array(text(60)).max(50).default([]),
})
export type Forbidden = z.infer<typeof Forbidden>

export const Script = z.strictObject({
  id: Id,
  version: z.int().min(1).default(1),
  title: Said,
  /** Which products are sold with it. */
  products: z.array(Id).min(1).max(200),
  /** In the order in which they are to be heard, where `ordered`. */
  items: z.array(ScriptItem).min(1).max(60),
  ordered: z.boolean().default(true),
  forbidden: z.array(Forbidden).max(60).default([]),
  /** Days from the sale; with `afterTermDays` from the end of the product's term, whichever is later. */
  keepDays: days.default(365),
  afterTermDays: days.default(183),
})
export type Script = z.infer<typeof Script>

export const RecordingPlan = z.strictObject({
  scripts: z.array(Script).min(1).max(100),
  /** `none`: the branch has no speech engine, and nothing is ever heard. */
  inspector: z.enum(['speech', 'none']).default('speech'),
  /** Nothing from the speech engine for so long while a sale is recorded: it is lost. */
  inspectorLostMs: DurationMs.min(2_000).default(10_000),
  /** The customer's answer whether it may be recorded; none in time is a no. */
  consentMs: DurationMs.min(5_000).default(120_000),
  /** From the yes until every recorder runs. */
  startMs: DurationMs.min(5_000).default(30_000),
  /** From the end of a recording until its files are checked and sealed. */
  sealMs: DurationMs.min(10_000).default(900_000),
  /** Not one word for so long while a sale is recorded: said to the seller. */
  silenceMs: DurationMs.default(60_000),
  /** Whoever sells at the branch without a call is gone for so long: the sale ends. */
  aloneMs: DurationMs.min(5_000).default(60_000),
  /** A sale that nobody goes on with is closed as not sold. */
  longestMs: DurationMs.default(3 * 3_600_000),
})
export type RecordingPlan = z.infer<typeof RecordingPlan>
