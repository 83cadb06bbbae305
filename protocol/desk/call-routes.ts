/** Addresses of the expert desk, besides the live line. */
import { z } from 'zod'
import { callEndings } from '../calls/expert-desk.ts'
import { Media } from '../content.ts'
import { deskRoute } from './route.ts'

const Title = z.record(z.string(), z.string())

const CallPlan = z.object({
  groups: z.array(z.object({ id: z.string(), title: Title })),
  codes: z.array(z.object({ id: z.string(), title: Title, ending: z.enum(callEndings) })),
  serviceLevel: z.object({ withinMs: z.int(), share: z.number() }),
})
export type CallPlan = z.infer<typeof CallPlan>

const Ms = z.number().nullable()
const CallFigures = z.object({
  calls: z.int(),
  answered: z.int(),
  within: z.int(),
  level: z.number().nullable(),
  abandoned: z.int(),
  unanswered: z.int(),
  waitMs: Ms,
  talkMs: Ms,
  wrapUpMs: Ms,
})
const CallDay = z.object({
  ...CallFigures.shape,
  day: z.string(),
  at: z.number(),
  groups: z.record(z.string(), CallFigures),
})

export const callRoutes = {
  /** For the experts in the call, a manager who joins it, and who leads experts and listens: the ticket for the socket at `callLine`. */
  joinCall: deskRoute({
    method: 'POST',
    path: '/api/calls/join',
    admits: ['expert', 'lead', 'manager'],
    request: z.strictObject({ call: z.string().min(1).max(80) }),
    response: z.object({ ticket: z.string() }),
    errors: ['call.unknown', 'call.not-yours', 'call.over', 'call.state', 'call.ticket'],
  }),
  /** What came before: what was tried on the spot, in the order of happening, in words of both languages. */
  callStory: deskRoute({
    method: 'GET',
    path: '/api/calls/story',
    admits: ['expert', 'lead', 'manager'],
    request: z.object({ call: z.string().min(1).max(80) }),
    response: z.object({
      waitedMs: z.int(),
      steps: z.array(
        z.object({ at: z.number(), code: z.string(), words: z.object({ zh: z.string(), en: z.string() }) }),
      ),
      ticket: z.object({ no: z.string(), service: z.string().nullable(), waitedMs: z.int() }).nullable(),
      device: z
        .object({
          id: z.string(),
          title: z.record(z.string(), z.string()),
          link: z.string(),
          health: z.string(),
        })
        .nullable(),
      earlier: z.array(z.object({ at: z.number(), expert: z.string().nullable(), outcome: z.string() })),
    }),
    errors: ['call.unknown', 'call.not-yours'],
  }),
  /** For the expert of the call: what of the library may be shown on its kiosk, still pictures and words. */
  callDocuments: deskRoute({
    method: 'GET',
    path: '/api/calls/documents',
    admits: ['expert'],
    request: z.object({ call: z.string().min(1).max(80) }),
    response: z.object({
      documents: z.array(
        z.object({
          item: z.string(),
          version: z.int(),
          title: Title,
          media: Media.nullable(),
          words: z.record(z.string(), z.string()),
        }),
      ),
    }),
    errors: ['call.unknown', 'call.not-yours', 'document.elsewhere'],
  }),
  /** How calls went on a day, all and by group; default: today. */
  callDay: deskRoute({
    method: 'GET',
    path: '/api/calls/day',
    admits: ['expert', 'lead', 'manager', 'admin', 'auditor'],
    request: z.object({ day: z.iso.date().optional() }),
    response: CallDay,
    errors: ['journal.no-day'],
  }),
  /** How the desk of the branch is set: what pages of experts offer; null: it has none. Groups without people are left out. */
  callPlan: deskRoute({
    method: 'GET',
    path: '/api/calls/plan',
    admits: ['expert', 'lead', 'manager'],
    request: z.object({}),
    response: z.object({ plan: CallPlan.nullable() }),
    errors: [],
  }),
}
