/** Who would do it, and how soon: work as it would be asked for by hand, without asking for it. */
import { z } from 'zod'
import { Words } from '../targets.ts'
import { Ask } from './live/ask.ts'
import { deskRoute } from './route.ts'

export const DryRun = z.object({
  what: Ask.shape.what,
  /** Whoever would be asked first: a device, or `person/<id>`; null: nobody now. For an expert nobody on the spot. */
  member: z.string().nullable(),
  /** Why nobody: a reason code. */
  why: z.string().nullable(),
  /** It would wait for somebody to come free; false with nobody: it would be refused at once. */
  waits: z.boolean(),
  /** The task that would give way. */
  preempts: z.string().nullable(),
  /** How long the way takes, and when it would begin; null: not known. */
  wayMs: z.number().nullable(),
  beginsInMs: z.number().nullable(),
  /** As they would be said or shown. */
  words: z.array(Words),
  /** Best first; whoever is out has the reason. */
  candidates: z.array(
    z.object({
      member: z.string(),
      score: z.number().nullable(),
      parts: z.record(z.string(), z.number()).nullable(),
      out: z.string().nullable(),
    }),
  ),
})
export type DryRun = z.infer<typeof DryRun>

export const dryRunRoutes = {
  /** Changes nothing; it is a POST because what is asked is too rich for a query. */
  dryRun: deskRoute({
    method: 'POST',
    path: '/api/dry-run',
    admits: ['manager'],
    request: Ask,
    response: DryRun,
    errors: [
      'ask.incomplete',
      'mode.emergency',
      'flow.off',
      'visit.unknown',
      'ticket.unknown',
      'zone.unknown',
      'place.unknown',
      'counter.unknown',
      'device.unknown',
      'person.unknown',
      'campaign.unknown',
      'campaign.off',
      'campaign.no-content',
      'campaign.capped',
    ],
  }),
}
export type DryRunRoutes = typeof dryRunRoutes
