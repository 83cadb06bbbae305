/** The draft of one flow, kept in this tab: who is called away in the middle finds it again, and nobody else does. */
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { FlowTold } from '#protocol/desk/look/flows.ts'
import { useMe } from '../../live/use-live.ts'
import { type Draft, emptyDraft, type Standing, settle, standingOf } from './model/draft.ts'

interface Of {
  readonly flow: string
  readonly who: string
}

const keyOf = ({ flow, who }: Of) => `usher.policy.${who}.${flow}`

const isDraft = (value: unknown): value is Draft => {
  const { seen, changes } = (value ?? {}) as Partial<Draft>
  return typeof seen?.revision === 'number' && typeof seen.values === 'object' && typeof changes === 'object'
}

const read = (of: Of): Draft | undefined => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(of)) ?? 'null')
    return isDraft(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

const write = (of: Of, draft: Draft) => {
  if (Object.keys(draft.changes).length === 0) sessionStorage.removeItem(keyOf(of))
  else sessionStorage.setItem(keyOf(of), JSON.stringify(draft))
}

/** How many changes wait in somebody's draft of this flow. */
export const unsentOf = (of: Of): number => Object.keys(read(of)?.changes ?? {}).length

export interface DraftHere {
  readonly draft: Draft
  readonly now: Standing
  readonly set: (next: Draft) => void
  readonly discard: () => void
}

export const useDraft = (flow: FlowTold): DraftHere => {
  const { name: who } = useMe()
  const [held, setHeld] = useState(() => read({ flow: flow.id, who }))
  const now = useMemo(() => standingOf(flow), [flow])
  const draft = useMemo(() => settle(held ?? emptyDraft(now), now), [held, now])
  // What is settled stays so: it is held against what comes next, not against what was there at first.
  if (held !== undefined && draft !== held) setHeld(draft)
  useEffect(() => write({ flow: flow.id, who }, draft), [flow.id, who, draft])
  const discard = useCallback(() => setHeld(emptyDraft(now)), [now])
  return { draft, now, set: setHeld, discard }
}
