/** The draft of the plan, kept on this tablet until it is saved or given up: a reload, or a day, loses nothing. */
import { useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import { DrawnPlan, type PlanAnswer } from '#protocol/desk/look/plan.ts'
import { useMe } from '../../live/use-live.ts'
import { afterSave, type Draft, draftOf, isChanged, settle } from './model/draft.ts'
import { begun, done, redone, undone } from './model/history.ts'
import type { Plan } from './model/plan.ts'

const Kept = z.object({ revision: z.int(), base: DrawnPlan, present: DrawnPlan })

const keyOf = (who: string) => `usher.plan.${who}`

const read = (who: string): Draft | undefined => {
  try {
    const { revision, base, present } = Kept.parse(JSON.parse(localStorage.getItem(keyOf(who)) ?? ''))
    return { revision, base, history: done(begun<Plan>(base), present) }
  } catch {
    return undefined
  }
}

/** @returns false: this tablet keeps nothing, because it is full or was told not to */
const write = (who: string, draft: Draft | undefined): boolean => {
  try {
    if (draft === undefined || !isChanged(draft)) {
      localStorage.removeItem(keyOf(who))
      return true
    }
    const { revision, base, history } = draft
    localStorage.setItem(keyOf(who), JSON.stringify({ revision, base, present: history.present }))
    return true
  } catch {
    return false
  }
}

export interface DraftHere {
  readonly draft: Draft
  readonly plan: Plan
  /** @param about see `done` */
  readonly edit: (next: Plan, about?: string) => void
  readonly undo: () => void
  readonly redo: () => void
  /** undefined: give it up. */
  readonly take: (draft: Draft | undefined) => void
  /** What was sent is in force; what was done since stays. */
  readonly saved: (sent: Plan, inForce: PlanAnswer) => void
  /** false: a reload would lose it. */
  readonly isKept: boolean
}

export const useDraft = (inForce: PlanAnswer): DraftHere => {
  const { name } = useMe()
  const [held, setHeld] = useState(() => read(name))
  const draft = useMemo(() => settle(held ?? draftOf(inForce), inForce), [held, inForce])
  const [isKept, setKept] = useState(true)
  /** Also for who comes back with an answer, long after he was drawn. */
  const latest = useRef(held)
  return useMemo(() => {
    const take = (next: Draft | undefined) => {
      latest.current = next
      setKept(write(name, next))
      setHeld(next)
    }
    return {
      draft,
      plan: draft.history.present,
      edit: (next, about) => take({ ...draft, history: done(draft.history, next, about) }),
      undo: () => take({ ...draft, history: undone(draft.history) }),
      redo: () => take({ ...draft, history: redone(draft.history) }),
      take,
      saved: (sent, answer) => take(latest.current && afterSave(latest.current, sent, answer)),
      isKept,
    }
  }, [name, draft, isKept])
}
