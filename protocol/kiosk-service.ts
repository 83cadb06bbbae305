/**
 * What a kiosk is told about itself in `settings.kiosk` of its config: its languages and words, whether it issues
 * tickets, how long it waits for somebody, and the services that visitors do there themselves, as forms.
 * What a visitor enters stays on the kiosk: the hub learns how a service ended, and nothing else of it.
 */
import { z } from 'zod'
import { Day } from './content.ts'
import { DurationMs, Id, Language, text } from './ids.ts'

const said = (max: number) =>
  z
    .record(Language, text(max))
    .refine((words) => Object.keys(words).length > 0, 'needs at least one language')

const field = {
  id: Id,
  title: said(120),
  /** Below the title: what is meant, with an example. */
  hint: said(300).optional(),
  required: z.boolean().default(true),
  /** Instead of the kiosk's own words where an entry does not fit. */
  problem: said(200).optional(),
}

/** Whether an expert in a call may propose an entry, which the visitor then takes over or not. Money and consent have none. */
const proposable = z.boolean().default(false)

/** Shown to nobody: while the page with it is there, an expert in a call sees nothing of the page. */
const secret = z.boolean().default(false)

const isPattern = (source: string): boolean => {
  try {
    return new RegExp(source, 'u').source !== ''
  } catch {
    return false
  }
}

/** Of the whole entry. One that cannot be read is refused here, and not under the hands of a visitor. */
const pattern = z.string().max(200).refine(isPattern, 'is not a regular expression')

export const KioskField = z.discriminatedUnion('kind', [
  z.strictObject({
    ...field,
    kind: z.literal('text'),
    proposable,
    secret,
    lengthMin: z.int().min(0).max(200).default(0),
    lengthMax: z.int().min(1).max(200).default(80),
    pattern: pattern.optional(),
  }),
  z.strictObject({
    ...field,
    kind: z.literal('number'),
    proposable,
    min: z.number().default(0),
    max: z.number().default(999_999),
  }),
  /** Digits that are a name and no number: of an account, of a card. */
  z.strictObject({
    ...field,
    kind: z.literal('digits'),
    proposable,
    secret,
    lengthMin: z.int().min(1).max(32).default(1),
    lengthMax: z.int().min(1).max(32).default(32),
  }),
  /** Money, with two decimals. */
  z.strictObject({
    ...field,
    kind: z.literal('amount'),
    currency: z.string().max(8).default('¥'),
    min: z.number().min(0).default(0.01),
    max: z.number().default(1_000_000),
  }),
  z.strictObject({
    ...field,
    kind: z.literal('choice'),
    proposable,
    options: z
      .array(z.strictObject({ id: Id, title: said(120) }))
      .min(2)
      .max(12),
  }),
  z.strictObject({ ...field, kind: z.literal('date'), proposable, from: Day.optional(), to: Day.optional() }),
  /** Default: a mobile number of mainland China. */
  z.strictObject({
    ...field,
    kind: z.literal('phone'),
    proposable,
    pattern: pattern.default('1[3-9]\\d{9}'),
  }),
  /** A box to tick: what is agreed to stands as its title. */
  z.strictObject({ ...field, kind: z.literal('confirm') }),
])
export type KioskField = z.infer<typeof KioskField>

/** Nobody proposes what nobody may see. */
const isOpenOrSecret = (one: KioskField) => !('secret' in one && one.secret && one.proposable)

export const KioskStep = z.strictObject({
  id: Id,
  /** One question. */
  title: said(120),
  text: said(600).optional(),
  fields: z.array(KioskField.refine(isOpenOrSecret, 'a secret field cannot be proposed')).min(1).max(6),
})
export type KioskStep = z.infer<typeof KioskStep>

const uniqueIn = (ids: readonly string[]) => new Set(ids).size === ids.length

export const KioskService = z
  .strictObject({
    id: Id,
    /** The service of the branch that it belongs to, as the outcome names it. */
    service: Id,
    title: said(60),
    /** What it is for, in one sentence. */
    summary: said(200).optional(),
    /** How long it takes most people. */
    aboutMinutes: z.int().min(1).max(60).optional(),
    /** What a visitor agrees to before the first question. */
    consent: z.strictObject({ title: said(120), text: said(2000) }).optional(),
    steps: z.array(KioskStep).min(1).max(12),
    result: z.strictObject({ title: said(120), text: said(600) }),
  })
  .refine(
    ({ steps }) => uniqueIn(steps.flatMap(({ fields }) => fields.map(({ id }) => id))),
    'two fields have the same id',
  )
export type KioskService = z.infer<typeof KioskService>

/** PBKDF2 with SHA-256: a hash that anybody may read, and not one for which a few digits are soon tried. */
const StaffPin = z.strictObject({
  salt: z.string().regex(/^[0-9a-f]{32,64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  iterations: z.int().min(100_000).max(5_000_000),
})
export type StaffPin = z.infer<typeof StaffPin>

export const KioskSettings = z
  .object({
    /** Besides Chinese and English. What a language has no word for is said in English. */
    languages: z
      .array(
        z.strictObject({ tag: Language, name: text(40), words: z.record(z.string(), text(600)).default({}) }),
      )
      .max(12)
      .default([]),
    /** Instead of the kiosk's own words, by the name of the text. */
    words: z.record(z.string(), said(600)).default({}),
    /** Whether it issues tickets itself; many branches have a ticket machine. */
    tickets: z.boolean().default(false),
    /** Of its own series of numbers, which no other machine of the branch uses. */
    ticketPrefix: z
      .string()
      .regex(/^[A-Z0-9]{1,6}$/)
      .optional(),
    /** Whether an expert who is not in the branch can be asked for. */
    expert: z.boolean().default(true),
    idle: z
      .strictObject({
        /** Untouched for so long, it asks. */
        askAfterMs: DurationMs.min(20_000).default(60_000),
        /** Unanswered for so long, it forgets everything. WCAG 2.2.1 asks for 20 s at least. */
        leaveAfterMs: DurationMs.min(20_000).default(30_000),
      })
      .prefault({}),
    /** Opens the page for staff; without it there is none. */
    staffPin: StaffPin.optional(),
    /** Checked one by one: a bad one is left out, and the others stay. */
    services: z.array(z.json()).max(40).default([]),
  })
  .refine(({ tickets, ticketPrefix }) => !tickets || ticketPrefix !== undefined, {
    path: ['ticketPrefix'],
    message: 'is needed where the kiosk issues tickets',
  })
export type KioskSettings = z.infer<typeof KioskSettings>
