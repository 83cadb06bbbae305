/** The plan in force, read again whenever anybody changes the branch file, and how one's own is saved. */
import { useCallback, useEffect, useState } from 'react'
import type { PlanAnswer, PlanChange } from '#protocol/desk/look/plan.ts'
import { useTongue } from '../../../ui/words.ts'
import { askHub, HubRefused, useAnswer } from '../../live/ask-hub.ts'
import { useBranch, useConnection } from '../../live/use-live.ts'

export interface PlanInForce {
  readonly inForce: PlanAnswer | undefined
  readonly refused: HubRefused | undefined
  readonly again: () => void
  readonly isSaving: boolean
  /** Why the last one was not saved. */
  readonly failure: HubRefused | undefined
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
  const [failure, setFailure] = useState<HubRefused>()
  useEffect(() => {
    // One's own is answered by itself.
    if (state === 'live' && revision !== undefined && !isSaving) again()
  }, [state, revision, isSaving, again])
  const save = useCallback(
    async (change: PlanChange) => {
      setSaving(true)
      setFailure(undefined)
      try {
        const answer = await askHub('setPlan', change)
        setSaved(answer)
        return answer
      } catch (caught) {
        const why = caught instanceof HubRefused ? caught : new HubRefused(undefined)
        if (why.error?.code === 'config.conflict') again()
        setFailure(why)
        return undefined
      } finally {
        setSaving(false)
      }
    },
    [again],
  )
  return { inForce: newer(data, saved), refused: error, again, isSaving, failure, save }
}
