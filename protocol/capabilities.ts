/**
 * What a member of the branch can do: the words of command, progress and result, once. From this table come the
 * TypeScript types, the JSON Schemas, the AsyncAPI document and the checks on both ends of the wire.
 */
import { z } from 'zod'
import { DurationMs, Id, Language, TicketNo, text } from './ids.ts'
import { Content, Spot, Words } from './targets.ts'

/**
 * What may be done when nobody knows whether a started task happened.
 * `at-most-once`: never again unless the device says it did not begin; it ends as `unknown`.
 * `until-done`: moved to the next member.
 */
export type RepeatRule = 'at-most-once' | 'until-done'

interface Capability<C extends z.ZodType, P extends z.ZodType, R extends z.ZodType> {
  readonly summary: string
  readonly command: C
  readonly progress: P
  readonly result: R
  readonly repeat: RepeatRule
  /** Moves a machine through the lobby: refused and cancelled by "stop all movement". */
  readonly moves: boolean
  /** Uses a voice: two may not speak in one sound zone at once. */
  readonly speaks: boolean
}

const capability = <C extends z.ZodType, P extends z.ZodType, R extends z.ZodType>(
  row: Capability<C, P, R>,
) => row

const Progress = z.object({
  percent: z.number().min(0).max(100).optional(),
  step: text(120).optional(),
  spot: Spot.optional(),
})
const said = z.array(Words).max(8).optional()

export const capabilities = {
  greet: capability({
    summary: 'Welcome a visitor or a group, and ask what brings them here',
    command: z.object({
      visit: Id.optional(),
      at: Spot,
      words: z.array(Words).min(1).max(4),
      party: z.int().min(1).max(500),
      askIntent: z.boolean(),
    }),
    progress: Progress,
    result: z.object({
      said,
      intent: Id.optional(),
      language: Language.optional(),
      answered: z.boolean().optional(),
    }),
    repeat: 'at-most-once',
    moves: true,
    speaks: true,
  }),
  guide: capability({
    summary: 'Lead a visitor to a spot',
    command: z.object({
      visit: Id.optional(),
      ticket: TicketNo.optional(),
      from: Spot.optional(),
      to: Spot,
      words: z.array(Words).max(4).optional(),
    }),
    progress: Progress,
    result: z.object({ arrived: z.boolean(), left: z.boolean().optional(), said }),
    repeat: 'until-done',
    moves: true,
    speaks: true,
  }),
  announce: capability({
    summary: 'Say something aloud in a zone',
    command: z.object({ at: Spot, words: z.array(Words).min(1).max(4) }),
    progress: Progress,
    result: z.object({ said }),
    repeat: 'at-most-once',
    moves: false,
    speaks: true,
  }),
  display: capability({
    summary: 'Show content on a screen for a while, or until it is replaced',
    command: z.object({ content: Content, showForMs: DurationMs.optional(), wipe: z.boolean().optional() }),
    progress: Progress,
    result: z.object({ shownForMs: DurationMs.optional(), shown: z.array(Words).max(8).optional() }),
    repeat: 'until-done',
    moves: false,
    speaks: false,
  }),
  promote: capability({
    summary: 'Show or say one promotion to a visitor or a zone, and report the response',
    command: z.object({
      campaign: Id,
      product: Id,
      visit: Id.optional(),
      at: Spot,
      content: Content,
      showForMs: DurationMs,
    }),
    progress: Progress,
    result: z.object({
      shownForMs: DurationMs.optional(),
      response: z.enum(['none', 'interested', 'declined']).optional(),
    }),
    repeat: 'at-most-once',
    moves: false,
    speaks: false,
  }),
  'offer-service': capability({
    summary: 'Invite the holder of a ticket to do their business elsewhere, and report the answer',
    command: z.object({
      ticket: TicketNo,
      visit: Id.optional(),
      service: Id,
      to: Spot,
      kiosk: Id.optional(),
      content: Content,
    }),
    progress: Progress,
    result: z.object({ answer: z.enum(['accepted', 'declined', 'none']) }),
    repeat: 'at-most-once',
    moves: false,
    speaks: false,
  }),
  'call-staff': capability({
    summary: 'Bring a person to a spot',
    command: z.object({
      at: Spot,
      reason: Id,
      visit: Id.optional(),
      ticket: TicketNo.optional(),
      device: Id.optional(),
      note: text(300).optional(),
    }),
    progress: Progress,
    result: z.object({ note: text(300).optional() }),
    repeat: 'until-done',
    moves: false,
    speaks: false,
  }),
  dock: capability({
    summary: 'Go to a spot and wait there: the charger, a resting place, or out of the way',
    command: z.object({ to: Spot, charge: z.boolean() }),
    progress: Progress,
    result: z.object({ arrived: z.boolean() }),
    repeat: 'until-done',
    moves: true,
    speaks: false,
  }),
  'manage-ticket': capability({
    summary:
      'Tell the queue system to hold a ticket, put it back at its old position, take it out as served, or transfer it',
    command: z.object({
      ticket: TicketNo,
      service: Id,
      action: z.enum(['hold', 'restore', 'release', 'transfer']),
      /** With `transfer`: the service it waits for from now on. */
      to: Id.optional(),
    }),
    progress: Progress,
    result: z.object({ note: text(300).optional() }),
    repeat: 'until-done',
    moves: false,
    speaks: false,
  }),
}

export type CapabilityName = keyof typeof capabilities
export type CommandOf<N extends CapabilityName> = z.infer<(typeof capabilities)[N]['command']>
export type ResultOf<N extends CapabilityName> = z.infer<(typeof capabilities)[N]['result']>

export const isCapability = (name: string): name is CapabilityName => Object.hasOwn(capabilities, name)

/** A capability's name: one of the table, or a vendor's own (`x-acme-dance`), which carries plain JSON. */
export const CapabilityKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/)
  .refine(
    (name) => isCapability(name) || name.startsWith('x-'),
    'a capability of the contract, or one that starts with x-',
  )
  .meta({ id: 'CapabilityKey' })

/** Vendor-defined capabilities carry any JSON object; the repeat rule is the careful one unless the manifest says otherwise. */
export const vendorCapability = {
  command: z.record(z.string().max(64), z.json()),
  progress: z.record(z.string().max(64), z.json()),
  result: z.record(z.string().max(64), z.json()),
  repeat: 'at-most-once' as RepeatRule,
  moves: true,
  speaks: true,
}

export const repeatRule = (name: string): RepeatRule =>
  isCapability(name) ? capabilities[name].repeat : vendorCapability.repeat
