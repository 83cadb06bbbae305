/** What anybody in the lobby may know: how long each queue is, and who is called. Screens and kiosks show it. */
import { z } from 'zod'
import { DurationMs, Id, Language, TicketNo } from './ids.ts'
import { modes } from './model.ts'

const titles = z.record(Language, z.string())

export const Board = z.object({
  branch: Id,
  title: titles,
  timeZone: z.string(),
  languages: z.array(Language),
  /** The minute of hub time, ms since 1970: what has not changed since is answered as the same. */
  at: z.int(),
  mode: z.enum(modes),
  services: z.array(
    z.object({
      id: Id,
      title: titles,
      /** null: not known, or too old to be shown. */
      waiting: z.int().nullable(),
      announcedWaitMs: DurationMs.nullable(),
      selfService: z.boolean(),
      countersOpen: z.int().nullable(),
    }),
  ),
  /** The latest first. */
  called: z.array(z.object({ ticket: TicketNo, counter: Id, calledAt: z.int() })).max(12),
})
export type Board = z.infer<typeof Board>
