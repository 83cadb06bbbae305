/**
 * What somebody is about to change of a flow, held against what he saw when he began. Whatever another sets meanwhile is
 * told, and what both changed is decided by a person: nothing of either is lost without a word.
 */
import type { FlowTold } from '#protocol/desk/look/flows.ts'
import type { Json, Values } from './fields.ts'

/** Stands among the settings, under a name that no setting has. */
export const autonomyKey = '$autonomy'

export interface Standing {
  readonly revision: number
  readonly values: Values
}

export interface Draft {
  /** As it was in force when the change was begun, or when the other's change was taken note of. */
  readonly seen: Standing
  /** Only what is to be different. */
  readonly changes: Values
}

export interface Difference {
  readonly name: string
  readonly was: Json
  readonly is: Json
}

export interface Clash {
  readonly name: string
  /** Before either changed it. */
  readonly was: Json
  readonly theirs: Json
  readonly mine: Json
}

type Autonomy = FlowTold['autonomy']

export const standingOf = ({
  revision,
  policy,
  autonomy,
}: Pick<FlowTold, 'revision' | 'policy' | 'autonomy'>): Standing => ({
  revision,
  values: { ...policy, [autonomyKey]: autonomy },
})

/** The same whatever the order in which an object names its parts. */
const canonical = (value: Json | undefined): string =>
  JSON.stringify(value ?? null, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

export const isSame = (a: Json | undefined, b: Json | undefined): boolean => canonical(a) === canonical(b)

const without = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))

export const emptyDraft = (seen: Standing): Draft => ({ seen, changes: {} })

/** As it would be, were it sent now. */
export const valueIn = (draft: Draft, now: Standing, name: string): Json =>
  draft.changes[name] ?? now.values[name] ?? null

export const change = (
  draft: Draft,
  now: Standing,
  { name, value }: { name: string; value: Json },
): Draft => {
  const changes = without(draft.changes, [name])
  return { ...draft, changes: isSame(value, now.values[name]) ? changes : { ...changes, [name]: value } }
}

/** All of it as it once was: what is so already is no change. */
export const changeAll = (draft: Draft, now: Standing, values: Values): Draft =>
  Object.entries(values).reduce((so, [name, value]) => change(so, now, { name, value }), draft)

export const differences = (draft: Draft, now: Standing): readonly Difference[] =>
  Object.entries(draft.changes)
    .filter(([name, is]) => !isSame(is, now.values[name]))
    .map(([name, is]) => ({ name, was: now.values[name] ?? null, is }))

/** What both changed, differently. */
export const clashesIn = ({ seen, changes }: Draft, now: Standing): readonly Clash[] =>
  Object.entries(changes).flatMap(([name, mine]) => {
    const was = seen.values[name] ?? null
    const theirs = now.values[name] ?? null
    return isSame(was, theirs) || isSame(theirs, mine) ? [] : [{ name, was, theirs, mine }]
  })

/** What only the other changed. */
export const theirsIn = ({ seen, changes }: Draft, now: Standing): readonly Difference[] =>
  Object.entries(now.values)
    .filter(([name, is]) => !isSame(is, seen.values[name]) && changes[name] === undefined)
    .map(([name, is]) => ({ name, was: seen.values[name] ?? null, is }))

const isSeen = (draft: Draft, now: Standing, name: string): Draft => ({
  ...draft,
  seen: { ...draft.seen, values: { ...draft.seen.values, [name]: now.values[name] ?? null } },
})

export const decide = (
  draft: Draft,
  now: Standing,
  { name, keep }: { name: string; keep: 'mine' | 'theirs' },
): Draft => {
  const decided = isSeen(draft, now, name)
  return keep === 'mine' ? decided : { ...decided, changes: without(decided.changes, [name]) }
}

/** What the other changed has been read; what both changed stays to be decided. */
export const takeNote = (draft: Draft, now: Standing): Draft =>
  theirsIn(draft, now).reduce((so, { name }) => isSeen(so, now, name), draft)

/** Up to date where nothing has to be said or decided: after a change of one's own, or while nothing is to be changed. */
export const settle = (draft: Draft, now: Standing): Draft => {
  const isAtStake = Object.keys(draft.changes).length > 0
  if (clashesIn(draft, now).length > 0 || (isAtStake && theirsIn(draft, now).length > 0)) return draft
  if (
    draft.seen.revision === now.revision &&
    differences(draft, now).length === Object.keys(draft.changes).length
  )
    return draft
  const left = differences(draft, now)
  return { seen: now, changes: Object.fromEntries(left.map(({ name, is }) => [name, is])) }
}

/** What was sent has arrived, even where somebody has changed it again since: it is no longer waiting. */
export const delivered = (draft: Draft, sent: Values): Draft => ({
  ...draft,
  changes: Object.fromEntries(
    Object.entries(draft.changes).filter(([name, value]) => !isSame(value, sent[name])),
  ),
})

export interface Order {
  readonly autonomy: Autonomy | null
  readonly policy: Values
  readonly revision: number
}

/** The same changes as were sent before, none more and none less. */
export const isOrdered = (
  draft: Draft,
  now: Standing,
  sent: { readonly policy: Values | null; readonly autonomy: Autonomy | null },
): boolean => {
  const wanted = Object.fromEntries(differences(draft, now).map(({ name, is }) => [name, is]))
  return isSame(wanted, {
    ...sent.policy,
    ...(sent.autonomy !== null && { [autonomyKey]: sent.autonomy }),
  })
}

/** What is sent; undefined: nothing is different, or something has to be read or decided first. */
export const orderOf = (draft: Draft, now: Standing): Order | undefined => {
  const left = differences(draft, now)
  if (left.length === 0 || clashesIn(draft, now).length > 0 || theirsIn(draft, now).length > 0)
    return undefined
  const autonomy = left.find(({ name }) => name === autonomyKey)?.is
  const policy = Object.fromEntries(
    left.filter(({ name }) => name !== autonomyKey).map(({ name, is }) => [name, is]),
  )
  return {
    autonomy: (autonomy as Autonomy | undefined) ?? null,
    policy,
    revision: now.revision,
  }
}
