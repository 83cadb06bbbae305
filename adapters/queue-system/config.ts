/** How the queue system is heard, what its messages mean, what it calls services and counters, and how it takes commands. */
import { z } from 'zod'
import { BrokerSettings } from '../shared/broker-line.ts'
import { BasicLogin, DoorSettings, isWholeDoor, TokenLogin } from '../shared/http-door.ts'
import { CommandsSchema } from './commands/config.ts'
import { SignIn } from './http-call.ts'
import { offsetMinutes } from './mapping/loose.ts'
import { presetNames, presets } from './mapping/presets.ts'
import { RuleSchema, TablesSchema } from './mapping/rules.ts'
import { encodings } from './sources/csv-lines.ts'

const secondMs = 1_000
const minuteMs = 60_000
const ms = (least: number, most: number) => z.int().min(least).max(most)

const Webhook = DoorSettings.extend({ login: z.union([BasicLogin, TokenLogin]) }).refine(
  isWholeDoor,
  'key and certificate go together',
)

const Csv = z.strictObject({
  /** `{date}` stands for 20261123, `{date-}` for 2026-11-23, in `utcOffset`. */
  file: z.string().min(1).max(1_024),
  encoding: z.enum(encodings).default('utf-8'),
  separator: z.string().length(1).default(','),
  /** Without it the first line of the file names the columns. */
  header: z.array(z.string().min(1).max(128)).min(1).max(128).optional(),
  from: z.enum(['start', 'end']).default('end'),
  everyMs: ms(50, minuteMs).default(500),
})

const Poll = z.strictObject({
  url: z.string().regex(/^https?:\/\//, 'starts with http:// or https://'),
  signIn: SignIn.optional(),
  /** PEM file of the authority behind it. */
  ca: z.string().min(1).optional(),
  everyMs: ms(secondMs, 10 * minuteMs).default(10 * secondMs),
  withinMs: ms(100, minuteMs).default(5 * secondMs),
})

export const QueueSystemConfig = z
  .strictObject({
    preset: z.enum(presetNames).default('none'),
    /** Before those of the preset: the first that fits is taken. */
    rules: z.array(RuleSchema).max(256).default([]),
    /** `services`, `counters`, `segments`, `languages`, and others that rules name: the vendor's word → the branch's. */
    tables: TablesSchema,
    /** `{"普": "P"}`: a prefix as printed → as letters and digits. */
    ticketPrefixes: z.record(z.string().min(1).max(16), z.string().regex(/^[A-Za-z0-9-]{0,8}$/)).default({}),
    /** Of times that do not say in which zone they are. */
    utcOffset: z
      .string()
      .refine((text) => offsetMinutes(text) !== undefined, 'such as +08:00')
      .default('+08:00'),
    /** Where the system posts to: `POST /events`. */
    webhook: Webhook.optional(),
    /** The vendor's side, for a system that publishes. */
    broker: BrokerSettings.optional(),
    topics: z.array(z.string().min(1).max(256)).max(64).default([]),
    csv: Csv.optional(),
    /** Where its own view can be asked for. */
    snapshot: Poll.optional(),
    commands: CommandsSchema.optional(),
    /** How long its count holds without news: past that the hub calls it unknown. */
    snapshotPeriodMs: ms(5 * secondMs, 1_440 * minuteMs).default(minuteMs),
    /** What happened longer ago is not told as if it were now. */
    staleAfterMs: ms(minuteMs / 6, 1_440 * minuteMs).default(5 * minuteMs),
    /** Messages overtake each other by no more than this. */
    settleMs: ms(100, 5 * minuteMs).default(5 * secondMs),
    /** A ticket that the system no longer counts is ended after so long. */
    lostAfterMs: ms(secondMs, 60 * minuteMs).default(2 * minuteMs),
    /** How long something that went wrong is shown at the device. */
    troubleMs: ms(secondMs, 1_440 * minuteMs).default(15 * minuteMs),
  })
  .superRefine((config, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', message, path: [path] })
    const { webhook, broker, topics, csv, snapshot, preset, rules } = config
    if (webhook === undefined && broker === undefined && csv === undefined && snapshot === undefined)
      say('webhook', 'name at least one of webhook, broker, csv and snapshot')
    if ((broker === undefined) !== (topics.length === 0)) say('topics', 'broker and topics go together')
    if (preset === 'none' && rules.length === 0) say('rules', 'are needed without a preset')
  })
  .transform(({ rules, ...config }) => ({
    ...config,
    rules: [...rules, ...presets[config.preset].rules.map((rule) => RuleSchema.parse(rule))],
  }))
export type QueueSystemConfig = z.output<typeof QueueSystemConfig>
