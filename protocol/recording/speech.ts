/**
 * What the bank's speech engine tells the hub, over HTTP: lines of JSON, one for each thing that was said. How long ago is
 * told, never when: nobody's clock is compared with anybody's.
 */
import { z } from 'zod'
import { DurationMs, text } from '../ids.ts'
import { saleStates } from './sale.ts'
import { speakers } from './script.ts'

export const speechSalesPath = '/speech/sales'
export const speechLinesPath = '/speech/lines'

/** One line of the body; more than these in one request is nobody's speech. */
export const speechLinesMax = 500
export const speechBytesMax = 262_144

export const SpeechLine = z.strictObject({
  /** The engine's own name of it: told again, it is the same line, and what it says now counts. */
  line: z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/),
  speaker: z.enum(speakers),
  text: text(2_000),
  /** A guess that may still change says no more than that somebody speaks. */
  final: z.boolean().default(true),
  /** How long ago the last word of it was spoken. */
  endedAgoMs: DurationMs,
})
export type SpeechLine = z.infer<typeof SpeechLine>

/** The answer to lines. */
export const SpeechHeard = z.object({
  lines: z.int(),
  /** Of these, said while nothing was recorded: they do not count. */
  unrecorded: z.int(),
  /** The hub has begun to listen anew: what the engine still has of this sale, it may say again. */
  anew: z.boolean(),
})
export type SpeechHeard = z.infer<typeof SpeechHeard>

/** What there is to listen to now. */
export const SpeechSales = z.object({
  sales: z.array(
    z.object({
      sale: z.string(),
      state: z.enum(saleStates),
      call: z.string().nullable(),
      device: z.string().nullable(),
    }),
  ),
})
export type SpeechSales = z.infer<typeof SpeechSales>
