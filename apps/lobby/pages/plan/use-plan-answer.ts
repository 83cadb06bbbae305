/** The plan in force, read again whenever anybody changes the branch file, and how one's own is saved. */
import { useCallback, useEffect, useState } from 'react'
import type { PlanAnswer, PlanChange } from '#protocol/desk/look/plan.ts'
import { useTongue } from '../../../ui/words.ts'
import { askHub, HubRefused, useAnswer } from '../../live/ask-hub.ts'
import { useBranch, useConnection } from '../../live/use-live.ts'
import { holds, planOf } from './model/plan.ts'

/** What was not saved, and why not. */
export interface Failure {
  readonly sent: PlanChange
  readonly why: HubRefused
}

/** A line that is cut may say nothing at all: then it was not answered. */
const answerMsMax = 20_000

const send = async (change: PlanChange): Promise<PlanAnswer> => {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), answerMsMax)
  try {
    return await askHub('setPlan', change, late.signal)
  } finally {
    clearTimeout(timer)
  }
}

export interface PlanInForce {
  readonly inForce: PlanAnswer | undefined
  readonly refused: HubRefused | undefined
  readonly again: () => void
  readonly isSaving: boolean
  /** The last one that was sent is in force. */
  readonly isSaved: boolean
  readonly failure: Failure | undefined
  /** @returns undefined: it was not saved, see `failure` */
  readonly save: (change: PlanChange) => Promise<PlanAnswer | undefined>
}

const newer = (a: PlanAnswer | undefined, b: PlanAnswer | undefined) =>
  a === undefined || (b !== undefined && b.revision > a.revision) ? b : a

export const usePlanAnswer = (): PlanInForce => {
  const lang = useTongue()
  const { data, error, again } = useAnswer('plan', { lang })
  const revision = useBranch()?.revision
  const { state } = useConnection()
  const [saved, setSaved] = useState<PlanAnswer>()
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  useEffect(() => {
    // One's own is answered by itself.
    if (state === 'live' && revision !== undefined && !isSaving) again()
  }, [state, revision, isSaving, again])
  const save = useCallback(
    async (change: PlanChange) => {
      setSaving(true)
      setFailure(undefined)
      try {
        const answer = await send(change)
        setSaved(answer)
        return answer
      } catch (caught) {
        const why = caught instanceof HubRefused ? caught : new HubRefused(undefined)
        if (why.error?.code === 'config.conflict') again()
        setFailure({ sent: change, why })
        return undefined
      } finally {
        setSaving(false)
      }
    },
    [again],
  )
  const inForce = newer(data, saved)
  const { sent } = failure ?? {}
  // Only the answer was lost on its way.
  const isIn = inForce !== undefined && sent !== undefined && inForce.revision > sent.revision
  const isSavedAfterAll = isIn && holds(planOf(inForce), sent)
  return {
    inForce,
    refused: error,
    again,
    isSaving,
    isSaved: isSavedAfterAll || (saved !== undefined && saved.revision === inForce?.revision),
    failure: isSavedAfterAll ? undefined : failure,
    save,
  }
}
