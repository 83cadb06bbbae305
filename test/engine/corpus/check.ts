/** Whether the program of today can go on from what was stored, and goes on in the same way. */
import type { AnyFlow } from '#flows/define.ts'
import { canonicalJson } from '#hub/engine/canonical.ts'
import { migrate } from '#hub/engine/instance.ts'
import { type Corpus, type CorpusEntry, nextOutcome, type Outcome } from './entry.ts'

const outcomeFault = (flow: AnyFlow, entry: CorpusEntry): string | undefined => {
  const { outcome } = entry
  try {
    const now = nextOutcome(flow, entry)
    const parts = Object.keys(outcome) as (keyof Outcome)[]
    const changed = parts.filter((part) => canonicalJson(now[part]) !== canonicalJson(outcome[part]))
    return changed.length === 0 ? undefined : `goes on differently: ${changed.join(', ')}`
  } catch (error) {
    return `does not go on: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** An older version's entries need only be taken over: what comes then is the new flow's own. */
export const corpusFaults = (flow: AnyFlow, { version, entries }: Corpus): readonly string[] =>
  entries.flatMap((entry) => {
    const migrated = migrate(flow, { version }, entry)
    const fault =
      'refused' in migrated
        ? migrated.refused
        : version === flow.version
          ? outcomeFault(flow, entry)
          : undefined
    return fault === undefined ? [] : [`${entry.state}, then ${entry.event.type}: ${fault}`]
  })
