/** The branch file: what a branch is made of and how its flows are set. YAML on disk, validated, changed at run time. */
import { z } from 'zod'
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import { campaignChannels } from '#protocol/campaign.ts'
import { CapabilityKey } from '#protocol/capabilities.ts'
import { DeviceKind } from '#protocol/device-kinds.ts'
import { Segment } from '#protocol/events.ts'
import { DurationMs, Id, Language, text } from '#protocol/ids.ts'
import { modes } from '#protocol/model.ts'
import { PlanPlace, PlanZone, Title } from '#protocol/plan.ts'
import { RecordingPlan } from '#protocol/recording/script.ts'

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time such as 09:30')
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-10-01')
const Span = z.object({ from: TimeOfDay, to: TimeOfDay })

const Service = z.strictObject({
  id: Id,
  title: Title,
  selfService: z.boolean().default(false),
  kioskMs: DurationMs.default(180_000),
  serviceMs: DurationMs.default(300_000),
})

const Counter = z.strictObject({
  id: Id,
  zone: Id.optional(),
  services: z.array(Id).min(1),
  state: z.enum(['open', 'paused', 'closed']).default('closed'),
})

const Device = z.strictObject({
  id: Id,
  kind: DeviceKind,
  title: Title,
  zone: Id.optional(),
  place: Id.optional(),
  gateway: Id.optional(),
  /** Passed to the device in its config message. */
  settings: z.record(z.string(), z.json()).default({}),
  builtIn: z.partialRecord(z.enum(['greet', 'promote']), z.enum(['on', 'off'])).optional(),
  /** What it may be asked for; default: everything its manifest declares. */
  capabilities: z.array(CapabilityKey).optional(),
})

const Person = z.strictObject({
  id: Id,
  title: Title,
  roles: z.array(z.enum(['manager', 'lobby', 'teller', 'guard', 'adviser', 'technician'])).min(1),
  languages: z.array(Language).default(['zh', 'en']),
  zone: Id.optional(),
  onDuty: z.boolean().default(true),
  canOpenCounters: z.boolean().default(false),
})

const Campaign = z
  .strictObject({
    id: Id,
    product: Id,
    needsPerson: z.boolean().default(false),
    segments: z.array(Segment).default(['personal']),
    /** Its own; those of its item where it has one. */
    words: z.record(Language, text(300)).default({}),
    zones: z.array(Id).default([]),
    from: Day.optional(),
    to: Day.optional(),
    hours: Span.optional(),
    perVisit: z.int().min(1).default(1),
    perDay: z.int().min(1).default(1_000),
    holdoutShare: z.number().min(0).max(1).default(0.1),
    priority: z.int().min(0).max(9).default(5),
    /** Of the content library: shown only while a version of it is in force. */
    item: Id.optional(),
    title: z.record(Language, text(120)).optional(),
    languages: z.array(Language).optional(),
    /** ISO weekdays, 1 is Monday. */
    weekdays: z.array(z.int().min(1).max(7)).optional(),
    value: z.int().min(0).max(100).optional(),
    burden: z.int().min(0).max(100).optional(),
    conflicts: z.array(Id).max(64).optional(),
    channels: z.array(z.enum(campaignChannels)).optional(),
    service: Id.optional(),
  })
  .refine(({ words, item }) => item !== undefined || Object.keys(words).length > 0, {
    path: ['words'],
    message: 'words of its own, or an item of the content library',
  })

const Calendar = z.strictObject({
  /** ISO weekday 1 (Monday) to 7 → what happens when. */
  week: z
    .partialRecord(
      z.enum(['1', '2', '3', '4', '5', '6', '7']),
      z.array(z.strictObject({ at: TimeOfDay, mode: z.enum(modes) })),
    )
    .default({}),
  /** Holidays and swapped working days; an empty list means closed all day. */
  days: z.record(Day, z.array(z.strictObject({ at: TimeOfDay, mode: z.enum(modes) }))).default({}),
})

export const BranchFile = z
  .strictObject({
    branch: Id,
    title: Title,
    timeZone: z.string().default('Asia/Shanghai'),
    languages: z.array(Language).min(1).default(['zh', 'en']),
    /** Mode at the first start, and without a calendar. */
    mode: z.enum(modes).default('open'),
    calendar: Calendar.default({ week: {}, days: {} }),
    /** No voice in these hours: what would be said is shown. */
    quiet: z.array(Span).default([]),
    zones: z.array(PlanZone).min(1),
    places: z.array(PlanPlace).default([]),
    services: z.array(Service).default([]),
    counters: z.array(Counter).default([]),
    devices: z.array(Device).default([]),
    staff: z.array(Person).default([]),
    campaigns: z.array(Campaign).default([]),
    /** Absent: the branch has no expert desk. */
    experts: ExpertDesk.optional(),
    /** Absent: nothing is ever recorded. */
    recording: RecordingPlan.optional(),
    content: z
      .strictObject({
        /** Of the time on each screen, kept for what must be shown. */
        mandatoryShare: z.number().min(0).max(1).default(0.1),
      })
      .optional(),
    flows: z
      .record(
        Id,
        z.strictObject({
          autonomy: z.enum(['off', 'suggest', 'automatic']).default('automatic'),
          policy: z.record(z.string(), z.json()).default({}),
          /** How far the branch may change a setting that is a number. */
          bounds: z
            .record(z.string(), z.strictObject({ min: z.number().optional(), max: z.number().optional() }))
            .optional(),
        }),
      )
      .default({}),
  })
  .meta({ id: 'BranchFile' })
/** `role`: of an expert desk, which has no lobby; its own file says so. */
export type BranchFile = z.infer<typeof BranchFile> & { readonly role?: 'desk' }
