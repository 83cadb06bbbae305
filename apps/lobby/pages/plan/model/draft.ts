/**
 * A plan on its way to be changed, held against the one it was begun from. What somebody else saves meanwhile is told,
 * and a person decides: whichever way, the other is still there, in what can be undone or among the versions.
 */
import type { PlanAnswer } from '#protocol/desk/look/plan.ts'
import { differences, onTop } from './differences.ts'
import { begun, done, type History } from './history.ts'
import { isSame, type Plan, planOf } from './plan.ts'

export interface Draft {
  readonly revision: number
  readonly base: Plan
  readonly history: History<Plan>
}

type InForce = Pick<PlanAnswer, 'revision' | 'zones' | 'places' | 'devices'>

export const draftOf = (inForce: InForce): Draft => {
  const base = planOf(inForce)
  return { revision: inForce.revision, base, history: begun(base) }
}

export const isChanged = ({ base, history }: Draft): boolean => differences(base, history.present).length > 0

/** Somebody else saved another plan, and there is something of one's own that would not survive it unasked. */
export const isOvertaken = (draft: Draft, inForce: InForce): boolean =>
  inForce.revision > draft.revision && isChanged(draft) && !isSame(planOf(inForce), draft.base)

/** Up to date where nobody has to be asked. */
export const settle = (draft: Draft, inForce: InForce): Draft => {
  if (inForce.revision <= draft.revision) return draft
  const now = planOf(inForce)
  // A change of something else: the plan that was begun from is the one in force.
  if (isSame(now, draft.base)) return { ...draft, revision: inForce.revision }
  return !isChanged(draft) || isSame(now, draft.history.present) ? draftOf(inForce) : draft
}

/** Their plan; one's own is one step back. */
export const takeTheirs = (draft: Draft, inForce: InForce): Draft => {
  const onTheirs = putOnTop(draft, inForce)
  return { ...onTheirs, history: done(onTheirs.history, onTheirs.base) }
}

/** Their plan with one's own changes in it; what both changed is as one has it. */
export const putOnTop = ({ base, history }: Draft, inForce: InForce): Draft => {
  const theirs = planOf(inForce)
  const mine = onTop({ base, mine: history.present, theirs })
  return { revision: inForce.revision, base: theirs, history: done(begun(theirs), mine) }
}

/** What was sent is in force now. What was done while it was under way goes on from there; undefined: there is nothing. */
export const afterSave = ({ history }: Draft, sent: Plan, inForce: InForce): Draft | undefined => {
  if (isSame(history.present, sent)) return undefined
  const base = planOf(inForce)
  const mine = onTop({ base: sent, mine: history.present, theirs: base })
  return { revision: inForce.revision, base, history: done(begun(base), mine) }
}
