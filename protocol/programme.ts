/**
 * What a screen plays by itself, whole, as it stands in `settings.programme` of its config message: everything it needs
 * to go on for days without the hub.
 */
import { z } from 'zod'
import { liveTemplates, Media, Runs } from './content.ts'
import { DurationMs, Id, Language } from './ids.ts'
import { Words } from './targets.ts'

export const ProgrammeEntry = z.object({
  item: Id,
  version: z.int().min(1),
  /** Fetched from `/content/{sha256}` and checked before it is shown. */
  media: Media.optional(),
  template: z.enum(liveTemplates).optional(),
  words: z.array(Words).max(8),
  /** A video plays to its end. */
  showForMs: DurationMs,
  /** Gets its share of the time whatever else is shown. */
  mandatory: z.boolean(),
  /** false: not part of the loop, only fetched ahead because a task may ask for it. */
  loops: z.boolean(),
  /** Of those that run now only the entries of the highest priority loop; mandatory ones always. */
  priority: z.int().min(0).max(9),
  runs: Runs,
  /** The last day on which it may be shown, local. */
  expiresOn: z.string().optional(),
})
export type ProgrammeEntry = z.infer<typeof ProgrammeEntry>

export const Programme = z.object({
  /** IANA, for hours and days: a screen goes by the branch's wall clock. */
  timeZone: z.string(),
  /** Of the branch, the most important first. */
  languages: z.array(Language).min(1),
  /** Of the time on the screen, 0 to 1. */
  mandatoryShare: z.number().min(0).max(1),
  entries: z.array(ProgrammeEntry).max(300),
})
export type Programme = z.infer<typeof Programme>
