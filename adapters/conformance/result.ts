/** What an examination found, as data: the terminal, the JSON file and the page are made from nothing else. */
import { z } from 'zod'
import { levels } from './rule.ts'

const Said = z.object({ en: z.string(), zh: z.string() })

export const outcomes = ['pass', 'fail', 'not-applicable', 'not-proved'] as const
export type Outcome = (typeof outcomes)[number]

const EvidenceLine = z.object({
  atMs: z.number(),
  /** `note`: what happened beside the messages. */
  from: z.enum(['device', 'will', 'stored', 'examiner', 'note']),
  topic: z.string().optional(),
  /** Shortened. */
  text: Said,
})
export type EvidenceLine = z.infer<typeof EvidenceLine>

const Finding = z.object({
  rule: z.string(),
  level: z.enum(levels),
  title: Said,
  clause: z.string(),
  outcome: z.enum(outcomes),
  why: Said.optional(),
  evidence: z.array(EvidenceLine),
  /** Messages left out of the evidence. */
  leftOut: z.number(),
  tookMs: z.number(),
})
export type Finding = z.infer<typeof Finding>

export const resultVersion = 1

/** The JSON file: `version` grows when a reader of an older one would misunderstand a newer one. */
export const Result = z.object({
  usherConformance: z.literal(resultVersion),
  examinedAt: z.string(),
  tookMs: z.number(),
  subject: z.object({
    /** The command, the folder, or the device and its broker. */
    what: z.string(),
    device: z.string(),
    vendor: z.string().optional(),
    model: z.string().optional(),
    firmware: z.string().optional(),
    kind: z.string().optional(),
    capabilities: z.array(z.string()),
  }),
  seed: z.string(),
  level: z.enum(levels).optional(),
  proved: Said,
  findings: z.array(Finding),
})
export type Result = z.infer<typeof Result>
