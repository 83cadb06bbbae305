/** The draft of the plan, kept on this tablet until it is saved or given up: a reload, or a day, loses nothing. */
import { useCallback, useMemo, useState } from 'react'
import { z } from 'zod'
import { type PlanAnswer, PlanChange } from '#protocol/desk/look/plan.ts'
import { useMe } from '../../live/use-live.ts'
import { type Draft, draftOf, isChanged, settle } from './model/draft.ts'
import { begun, done, redone, undone } from './model/history.ts'
import type { Plan } from './model/plan.ts'

const KeptPlan = z.object({
  zones: PlanChange.shape.zones,
  places: PlanChange.shape.places,
  devices: PlanChange.shape.devices,
})
const Kept = z.object({ revision: z.int(), base: KeptPlan, present: KeptPlan })

const keyOf = (who: string) => `usher.plan.${who}`

const read = (who: string): Draft | undefined => {
  try {
    const { revision, base, present } = Kept.parse(JSON.parse(localStorage.getItem(keyOf(who)) ?? ''))
    return { revision, base, history: done(begun<Plan>(base), present) }
  } catch {
    return undefined
  }
}

const write = (who: string, draft: Draft | undefined) => {
  if (draft === undefined || !isChanged(draft)) return localStorage.removeItem(keyOf(who))
  const { revision, base, history } = draft
  return localStorage.setItem(keyOf(who), JSON.stringify({ revision, base, present: history.present }))
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
}

export const useDraft = (inForce: PlanAnswer): DraftHere => {
  const { name } = useMe()
  const [held, setHeld] = useState(() => read(name))
  const draft = useMemo(() => settle(held ?? draftOf(inForce), inForce), [held, inForce])
  const take = useCallback(
    (next: Draft | undefined) => {
      write(name, next)
      setHeld(next)
    },
    [name],
  )
  return useMemo(
    () => ({
      draft,
      plan: draft.history.present,
      edit: (next, about) => take({ ...draft, history: done(draft.history, next, about) }),
      undo: () => take({ ...draft, history: undone(draft.history) }),
      redo: () => take({ ...draft, history: redone(draft.history) }),
      take,
    }),
    [draft, take],
  )
}
