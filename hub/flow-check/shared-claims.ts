/**
 * Claims that two flows make on the same things. A claim for ever may be made by one flow only; a lease may be shared
 * where priorities say who gives way.
 */
import type { ClaimWish, Intent } from '#protocol/intents.ts'
import type { Exploration } from './explore.ts'
import { type Finding, finding } from './finding.ts'

export interface Claimed {
  readonly flow: string
  /** The key without what names its one subject: `greet:visit`. */
  readonly purpose: string
  readonly kind: ClaimWish['kind']
  /** Of the task that makes it; null: made without a task. */
  readonly priority: number | null
}

const purposeOf = (key: string): string => key.split(':').slice(0, -1).join(':') || key

const claimsIn = (flow: string, intent: Intent): Claimed[] => {
  if (intent.type === 'claim')
    return [{ flow, purpose: purposeOf(intent.claim.key), kind: intent.claim.kind, priority: null }]
  if (intent.type !== 'task') return []
  return intent.claims.map(({ key, kind }) => ({
    flow,
    purpose: purposeOf(key),
    kind,
    priority: intent.priority,
  }))
}

export const claimsOf = (flow: string, explorations: readonly Exploration[]): readonly Claimed[] => {
  const all = explorations.flatMap(({ taken }) =>
    taken.flatMap(({ intents }) => intents.flatMap((intent) => claimsIn(flow, intent))),
  )
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

const collision = (mine: Claimed, theirs: Claimed): Finding | undefined => {
  if (mine.purpose !== theirs.purpose || mine.flow === theirs.flow) return undefined
  const at = `${mine.purpose}: ${theirs.flow}`
  if (mine.kind === 'once' || theirs.kind === 'once') {
    const says = `${mine.flow} (${mine.kind}) and ${theirs.flow} (${theirs.kind}) both claim ${mine.purpose}:…`
    return finding('claim.collides', { at, says })
  }
  if (mine.priority === null || theirs.priority === null || mine.priority !== theirs.priority)
    return undefined
  const says = `${mine.flow} and ${theirs.flow} both lease ${mine.purpose}:… with priority ${mine.priority}`
  return finding('claim.no-order', { at, says })
}

/** @param theirs claims of the other flows in force. */
export const claimFindings = (mine: readonly Claimed[], theirs: readonly Claimed[]): readonly Finding[] =>
  mine.flatMap((one) => theirs.flatMap((other) => collision(one, other) ?? []))
