/**
 * What a flow of one version had stored, and what its next step made of it. Kept from version to version: whatever a
 * branch has on disk must open with the program that comes after, and go on in the same way.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { canonicalJson } from '#hub/engine/canonical.ts'
import { type Step, step } from '#hub/engine/instance.ts'
import { digestOf } from '#hub/store/chain.ts'

const Timer = z.strictObject({
  name: z.string(),
  deadline: z.number(),
  event: z.looseObject({ type: z.string() }),
})

const Outcome = z.strictObject({
  value: z.unknown(),
  ended: z.boolean(),
  /** SHA-256 of the snapshot's canonical JSON. */
  snapshot: z.string(),
  /** Of the timers set and cleared, and of what is wanted, each in order. */
  timers: z.string(),
  intents: z.string(),
})
export type Outcome = z.infer<typeof Outcome>

export const CorpusEntry = z.strictObject({
  /** The state it rests in. */
  state: z.string(),
  /** As stored: parsed canonical JSON. */
  snapshot: z.looseObject({ value: z.unknown(), context: z.unknown(), status: z.string() }),
  timers: z.array(Timer),
  /** Refs of its open tasks. */
  tasks: z.array(z.string()),
  /** What happens next, as the engine hands it over: with view, policy and hub time. */
  event: z.looseObject({ type: z.string() }),
  outcome: Outcome,
})
export type CorpusEntry = z.infer<typeof CorpusEntry>

export const Corpus = z.strictObject({
  flow: z.string(),
  version: z.int(),
  /** Of the program that wrote it. */
  xstate: z.string(),
  entries: z.array(CorpusEntry).min(1),
})
export type Corpus = z.infer<typeof Corpus>

const folder = new URL('./', import.meta.url)

/** The present version of a flow stands in `<flow>.json`; older ones in `<flow>.v<version>.json`. */
export const corpusFile = (flow: string, version?: number): URL =>
  new URL(version === undefined ? `${flow}.json` : `${flow}.v${version}.json`, folder)

export const readCorpora = (): readonly { readonly file: string; readonly corpus: Corpus }[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => ({ file, corpus: Corpus.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))) }))

const outcomeOf = (made: Step): Outcome => ({
  value: (JSON.parse(made.snapshot) as { value: unknown }).value,
  ended: made.ended,
  snapshot: digestOf(made.snapshot),
  timers: digestOf(canonicalJson(made.timers)),
  intents: digestOf(canonicalJson(made.intents)),
})

/** The engine's own step from what was stored. @throws where the snapshot does not open. */
export const nextOutcome = (flow: AnyFlow, { snapshot, event }: Pick<CorpusEntry, 'snapshot' | 'event'>) =>
  outcomeOf(step(flow, canonicalJson(snapshot), event))
