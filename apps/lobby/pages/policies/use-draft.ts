/** The draft of one flow, kept in this tab: who is called away in the middle finds it again. */
import { useCallback, useMemo, useState } from 'react'
import type { FlowTold } from '#protocol/desk/look/flows.ts'
import { type Draft, emptyDraft, type Standing, settle, standingOf } from './model/draft.ts'

const keyOf = (flow: string) => `usher.policy.${flow}`

const isDraft = (value: unknown): value is Draft => {
  const { seen, changes } = (value ?? {}) as Partial<Draft>
  return typeof seen?.revision === 'number' && typeof seen.values === 'object' && typeof changes === 'object'
}

const read = (flow: string): Draft | undefined => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(flow)) ?? 'null')
    return isDraft(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

const write = (flow: string, draft: Draft) => {
  if (Object.keys(draft.changes).length === 0) sessionStorage.removeItem(keyOf(flow))
  else sessionStorage.setItem(keyOf(flow), JSON.stringify(draft))
}

/** How many changes wait in the draft of this flow. */
export const unsentOf = (flow: string): number => Object.keys(read(flow)?.changes ?? {}).length

export interface DraftHere {
  readonly draft: Draft
  readonly now: Standing
  readonly set: (next: Draft) => void
  readonly discard: () => void
}

export const useDraft = (flow: FlowTold): DraftHere => {
  const [held, setHeld] = useState(() => read(flow.id))
  const now = useMemo(() => standingOf(flow), [flow])
  const draft = useMemo(() => settle(held ?? emptyDraft(now), now), [held, now])
  const set = useCallback(
    (next: Draft) => {
      write(flow.id, next)
      setHeld(next)
    },
    [flow.id],
  )
  return { draft, now, set, discard: () => set(emptyDraft(now)) }
}
