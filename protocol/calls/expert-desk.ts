/**
 * The `experts` section of the branch file: who can be called from afar, what each can do and may sell, how long a ring
 * lasts, and what an expert can say about how a call went. Without it the branch has no expert desk and offers none.
 */
import { z } from 'zod'
import { DurationMs, Id, Language, text } from '../ids.ts'

const Said = z.record(Language, text(120))
const minute = 60_000

export const Expert = z.strictObject({
  /** The name of the account with the role `expert`. */
  id: Id,
  title: Said,
  group: Id.default('experts'),
  languages: z.array(Language).min(1).default(['zh']),
  /** What the expert is good at: preferred, given up with time where nobody has it. */
  skills: z.array(Id).max(64).default([]),
  /** Licences to advise or sell. Never given up, however long somebody waits. */
  qualifications: z.array(Id).max(64).default([]),
})
export type Expert = z.infer<typeof Expert>

/** What a service asks of whoever is called for it. */
export const Needs = z.strictObject({
  /** Asked first; the group it overflows to later. Absent: everybody. */
  group: Id.optional(),
  skills: z.array(Id).max(16).default([]),
  qualifications: z.array(Id).max(16).default([]),
})
export type Needs = z.infer<typeof Needs>

export const callEndings = ['solved', 'follow-up', 'call-back', 'appointment', 'not-solved'] as const
export type CallEnding = (typeof callEndings)[number]

const WrapUpCode = z.strictObject({ id: Id, title: Said, ending: z.enum(callEndings) })

const usualCodes: z.input<typeof WrapUpCode>[] = [
  { id: 'solved', title: { zh: '已解决', en: 'Solved' }, ending: 'solved' },
  {
    id: 'staff-finish',
    title: { zh: '由现场人员办完', en: 'Staff on the spot finish it' },
    ending: 'follow-up',
  },
  { id: 'call-back', title: { zh: '稍后回电', en: 'We call back' }, ending: 'call-back' },
  { id: 'appointment', title: { zh: '预约再来', en: 'Comes again by appointment' }, ending: 'appointment' },
  { id: 'not-possible', title: { zh: '无法办理', en: 'Cannot be done' }, ending: 'not-solved' },
]

export const ExpertDesk = z.strictObject({
  people: z.array(Expert).min(1).max(500),
  groups: z
    .array(
      z.strictObject({
        id: Id,
        title: Said,
        /** All that are free ring at once, and the first to accept has it. */
        ringsAll: z.boolean().default(false),
        /** Asked too after `overflowMs` of waiting. */
        overflow: Id.optional(),
        overflowMs: DurationMs.default(60_000),
      }),
    )
    .max(50)
    .default([]),
  /** By service. */
  needs: z.record(Id, Needs).default({}),
  ringMs: DurationMs.min(5_000)
    .max(2 * minute)
    .default(25_000),
  /** From accepting to standing in the call. */
  joinMs: DurationMs.min(10_000).default(45_000),
  /** A kiosk is out of reach for so long, and nobody of its side stands in the call: nobody is called for it any more. */
  kioskGoneMs: DurationMs.min(5_000).default(15_000),
  wrapUpMs: DurationMs.min(10_000).default(2 * minute),
  /** Kept for the same expert who fell out of a call; then the next one is called ahead of everybody. */
  lostMs: DurationMs.default(20_000),
  /** Rings missed in a row after which an expert is set to away. */
  missedMax: z.int().min(1).max(10).default(2),
  /** Nobody came for so long: the customer is told, with a time or an offer to call back. */
  patienceMs: DurationMs.min(10_000).default(3 * minute),
  /** Nobody came, or who came calls back: the time that the customer is promised. */
  callBackMs: DurationMs.min(minute).default(30 * minute),
  /** Another language of the expert's, another skill: after so long each preference is given up. */
  relax: z
    .strictObject({ skillsMs: DurationMs.default(20_000), languageMs: DurationMs.default(45_000) })
    .prefault({}),
  serviceLevel: z
    .strictObject({ withinMs: DurationMs.default(20_000), share: z.number().min(0).max(1).default(0.8) })
    .prefault({}),
  codes: z
    .array(WrapUpCode)
    .min(1)
    .max(40)
    .default(() => z.array(WrapUpCode).parse(usualCodes)),
})
export type ExpertDesk = z.infer<typeof ExpertDesk>
