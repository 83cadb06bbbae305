/** Where the CMS is, which of its displays is which screen of the branch, and what layout stands for what content. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Id } from '#protocol/ids.ts'
import { Words } from '#protocol/targets.ts'

const number = z.int().min(1)
const ms = (standard: number, least = 50) => z.int().min(least).max(3_600_000).default(standard)

const isZone = (name: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The secret travels there. */
const isSafe = (url: string) => {
  const { protocol, hostname, username, password } = new URL(url)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))
}

const Cms = z.strictObject({
  /** Without `/api`. */
  url: z
    .url()
    .refine(isSafe, 'starts with https:// and carries no password; http:// only on this machine')
    .transform((url) => url.replace(/\/+$/, '')),
  clientId: z.string().min(1).max(256),
  clientSecret: z.string().min(1).max(512).optional(),
  /** Instead: the file that holds it. */
  clientSecretFile: z.string().optional(),
  /** PEM file of the authority that signed its certificate, where the machine does not know it. */
  ca: z.string().optional(),
  /** That of the CMS (Settings, Regional): its dates carry none. */
  timeZone: z.string().refine(isZone, 'is no time zone, such as Asia/Shanghai').default('UTC'),
})

/** A name of schedule criteria. The value may take up `{name}` of the content's values. */
const Metric = z.strictObject({
  metric: z.string().min(1).max(64),
  value: z.string().min(1).max(200),
  /** What it is set to when the task is over. Without: the value runs out by its time to live. */
  afterwards: z.string().min(1).max(200).optional(),
})
export type Metric = z.infer<typeof Metric>

const Row = z
  .strictObject({
    /** All that are named must fit; a row without any fits everything. */
    when: z
      .strictObject({
        capability: z.enum(['display', 'promote']).optional(),
        template: z.string().max(64).optional(),
        item: Id.optional(),
        campaign: Id.optional(),
        product: Id.optional(),
        devices: z.array(Id).min(1).optional(),
      })
      .default({}),
    as: z.enum(['change', 'overlay', 'criteria']).default('change'),
    /** A layout gets a new id each time it is published. */
    layoutId: number.optional(),
    /** The layout's own campaign keeps its id. */
    campaignId: number.optional(),
    changeMode: z.enum(['replace', 'queue']).default('replace'),
    downloadRequired: z.boolean().default(false),
    /** A row of a data set that the layout shows: the words of the task are written into it first. */
    text: z
      .strictObject({
        dataSetId: number,
        rowId: number,
        /** Language → id of the column. */
        columns: z.record(z.string(), number),
      })
      .optional(),
    metrics: z.array(Metric).max(16).default([]),
    /** `seen`: done when the CMS says that the display shows it. `accepted`: done when the CMS took the order. */
    believe: z.enum(['seen', 'accepted']).default('seen'),
    /** What the layout says, for the record. */
    says: z.array(Words).max(8).optional(),
  })
  .superRefine((row, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const names = [row.layoutId, row.campaignId].filter((id) => id !== undefined).length
    if (names > 1) say('campaignId', 'name the layout or its campaign, not both')
    if (names === 0 && row.as !== 'criteria') say('layoutId', 'name the layout or its campaign')
    if (row.as === 'criteria' && row.metrics.length === 0) say('metrics', 'name at least one')
    if (row.as === 'overlay' && row.believe === 'seen')
      say('believe', 'the CMS does not tell which overlay a display shows: say "accepted"')
    if (row.as === 'criteria' && names === 0 && row.believe === 'seen')
      say('believe', 'say "accepted", or name the layout that the schedule then shows')
  })
export type LayoutRow = z.infer<typeof Row>

const Screen = z.strictObject({
  device: Id,
  /** A group of displays, or the one that each display has of its own. */
  displayGroupId: number,
})

const unique = (values: readonly (string | number)[]) => new Set(values).size === values.length

export const XiboConfig = z
  .strictObject({
    cms: Cms,
    screens: z.array(Screen).min(1).max(200),
    /** The first row that fits is taken. */
    layouts: z.array(Row).min(1).max(500),
    /** Name → id of a command of the CMS, for `x-run-command`. */
    commands: z.record(Id, number).default({}),
    /** The metric that carries the mode of the branch. */
    modeMetric: z.string().min(1).max(64).optional(),
    /** How long a value of the schedule criteria holds that nobody renews. */
    criteriaTtlMs: ms(600_000, 1_000),
    /** For how long content is shown whose task does not say so. */
    showForMs: ms(30_000),
    /** Until a display has taken up and reported what it was told to show. */
    seeWithinMs: ms(8_000),
    lookEveryMs: ms(10_000),
    lookWhileShowingMs: ms(1_000),
    /** A display that the CMS has not heard of for so long may be stuck, though it counts as logged in. */
    silentAfterMs: ms(900_000, 1_000),
    answerMs: ms(5_000),
    /** How often the proof of play is read. 0: never. */
    proofEveryMs: z.int().min(0).max(3_600_000).default(60_000),
    /** Displays that were away hand in their proof of play late; up to then it is waited for. */
    lateMs: z
      .int()
      .min(60_000)
      .max(30 * 86_400_000)
      .default(7 * 86_400_000),
  })
  .superRefine(({ cms, screens }, context) => {
    const say = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    if ((cms.clientSecret === undefined) === (cms.clientSecretFile === undefined))
      say(['cms', 'clientSecret'], 'give the secret, or the file that holds it')
    if (!unique(screens.map(({ device }) => device))) say(['screens'], 'a device is named twice')
    if (!unique(screens.map(({ displayGroupId }) => displayGroupId)))
      say(['screens'], 'a display group is named twice')
    for (const name of ['ca', 'clientSecretFile'] as const) {
      const file = cms[name]
      if (file !== undefined && readable(file) === undefined) say(['cms', name], 'cannot be read')
    }
  })
export type XiboConfig = z.infer<typeof XiboConfig>

export const readable = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
