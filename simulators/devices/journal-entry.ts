/** One line of what a simulated device really did, saw or sent: the words of the oracle. */
import { z } from 'zod'
import { Report } from '#protocol/messages.ts'

const About = z.object({
  /** Wall clock of the simulation, not the device's own skewed clock. */
  at: z.number(),
  device: z.string(),
  boot: z.string(),
})
const OfTask = About.extend({
  task: z.string(),
  attempt: z.number(),
  epoch: z.number(),
  capability: z.string().optional(),
  visit: z.string().optional(),
  ticket: z.string().optional(),
})

export const JournalEntry = z.discriminatedUnion('kind', [
  /** The process began. */
  About.extend({ kind: z.literal('boot') }),
  About.extend({ kind: z.literal('link'), state: z.enum(['up', 'down']) }),
  OfTask.extend({ kind: z.literal('received'), message: z.enum(['offer', 'start', 'cancel']) }),
  /** It began to act for this task. From here on it cannot be taken back. */
  OfTask.extend({ kind: z.literal('begun') }),
  /** Words really spoken, or really on the screen. `step`: of the task itself, or the apology of a cancelled one. */
  OfTask.extend({
    kind: z.enum(['said', 'shown']),
    words: z.array(z.object({ language: z.string(), text: z.string() })),
    step: z.enum(['task', 'on-cancel']),
  }),
  OfTask.extend({ kind: z.literal('moved'), to: z.string() }),
  /** What people answered. */
  OfTask.extend({ kind: z.literal('answered'), answer: z.record(z.string(), z.string()) }),
  OfTask.extend({
    kind: z.literal('finished'),
    outcome: z.enum(['done', 'failed', 'cancelled']),
    result: z.record(z.string(), z.json()).optional(),
  }),
  /** What it told the hub, which is not always what it did. */
  OfTask.extend({ kind: z.literal('reported'), report: Report }),
  /** Somebody stands before it. */
  About.extend({ kind: z.literal('blocked'), state: z.enum(['on', 'off']) }),
  /** A declared misbehaviour took effect. */
  About.extend({ kind: z.literal('misbehaved'), behaviour: z.string(), task: z.string().optional() }),
  /** It greeted or promoted on its own. */
  About.extend({ kind: z.literal('acted-alone'), behaviour: z.enum(['greet', 'promote']), zone: z.string() }),
  About.extend({
    kind: z.literal('session'),
    state: z.enum(['started', 'finished', 'abandoned', 'failed']),
    ticket: z.string().optional(),
    service: z.string().optional(),
  }),
  /** Carried out on the queue system: a ticket held, put back or taken out. */
  OfTask.extend({ kind: z.literal('ticketed'), action: z.enum(['hold', 'restore', 'release']) }),
  /** The PUBACK came: from here on the hub has promised not to lose it. */
  About.extend({
    kind: z.literal('acknowledged'),
    n: z.number(),
    topic: z.string(),
    payload: z.string(),
  }),
  About.extend({ kind: z.literal('dropped'), topic: z.string(), reason: z.string() }),
  About.extend({ kind: z.literal('told'), code: z.string(), text: z.string() }),
])
export type JournalEntry = z.infer<typeof JournalEntry>
export type EntryKind = JournalEntry['kind']

/** Written through to the disk before the device goes on: losing one of these would hide something done twice. */
export const actKinds: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'boot',
  'begun',
  'said',
  'shown',
  'moved',
  'finished',
  'reported',
  'acted-alone',
  'ticketed',
])
