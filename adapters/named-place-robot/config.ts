/** How the robot is reached, which of its places is which of the branch, and what it does without being asked. */
import { z } from 'zod'
import { Id, Language } from '#protocol/ids.ts'

const name = z.string().trim().min(1).max(128)

const PlaceRow = z.strictObject({
  name,
  /** Other names that the robot may have for it, for example after the map was taught anew. */
  aliases: z.array(name).max(16).default([]),
  /** Where the key is a place: the zone that it is in. */
  zone: Id.optional(),
})
const NamedPlace = z.union([
  name.transform((text): z.output<typeof PlaceRow> => ({ name: text, aliases: [] })),
  PlaceRow,
])
export type NamedPlace = z.infer<typeof NamedPlace>

const token = z.string().min(16, 'at least 16 characters').max(256)

const Reach = z.discriminatedUnion('transport', [
  z.strictObject({
    transport: z.literal('websocket'),
    url: z.string().regex(/^wss?:\/\//, 'starts with ws:// or wss://'),
    token,
  }),
  z.strictObject({
    transport: z.literal('http'),
    url: z.string().regex(/^https?:\/\//, 'starts with http:// or https://'),
    token,
    /** Where the app posts its events to. Without it they are asked for by long poll. */
    webhook: z
      .strictObject({ host: z.string().default('127.0.0.1'), port: z.int().min(0).max(65_535) })
      .optional(),
  }),
])
export type Reach = z.infer<typeof Reach>

const ms = (standard: number) => z.int().min(10).max(600_000).default(standard)

export const NamedPlaceRobotConfig = z
  .strictObject({
    vendor: z.enum(['temi', 'orionstar']),
    robot: Reach,
    /** Hub place or zone → the robot's name for it. */
    places: z
      .record(Id, NamedPlace)
      .refine((rows) => Object.keys(rows).length > 0, 'name at least one place'),
    /** The robot's name of its charging base. */
    homeBase: name.default('home base'),
    /** Hub language → the vendor's name of the voice. */
    languages: z
      .record(Language, name)
      .refine((rows) => Object.keys(rows).length > 0, 'name at least one language')
      .default({ zh: 'ZH_CN', en: 'EN_US' }),
    /** Service → words by which an answer is understood. Without it nobody is asked. */
    intents: z.record(Id, z.array(name).min(1).max(64)).default({}),
    /** Whether it greets by itself, and whether the hub may switch that off. */
    ownGreeting: z.enum(['none', 'switchable', 'always']).default('none'),
    /** Where it greets by itself, as long as it does not stand at a place of the table. */
    greetsIn: Id.optional(),
    /** At or below, the robot drives to its base by itself; nothing that moves is taken on. */
    returnsAtPercent: z.number().min(0).max(90).default(15),
    /** How long the robot may be out of reach (Wi-Fi) before its tasks count as failed. */
    graceMs: ms(10_000),
    answerMs: ms(3_000),
    lookEveryMs: ms(2_000),
    /** From the order to go until it is on its way. */
    beginWithinMs: ms(5_000),
    /** Standing on the way for so long counts as blocked for good. */
    stuckMs: ms(45_000),
    /** How long an answer of the visitor is waited for. */
    listenMs: ms(8_000),
    /** From standing at the base until it charges. */
    chargeWithinMs: ms(20_000),
  })
  .superRefine(({ vendor, ownGreeting, greetsIn }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (ownGreeting !== 'none' && greetsIn === undefined)
      say('greetsIn', 'is needed for a robot that greets by itself')
    if (ownGreeting !== 'none' && vendor === 'orionstar')
      say('ownGreeting', 'its SDK neither reports nor switches it: switch it off on the robot, and say none')
  })
export type NamedPlaceRobotConfig = z.infer<typeof NamedPlaceRobotConfig>
