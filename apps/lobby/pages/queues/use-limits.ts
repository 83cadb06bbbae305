/** From where diversion counts a queue as under pressure, as it is set now. */
import { useEffect, useMemo, useRef } from 'react'
import { useTongue } from '../../../ui/words.ts'
import { useAnswer } from '../../live/ask-hub.ts'
import { useRow } from '../../live/use-live.ts'
import { type Limits, limitsIn } from './model/pressure.ts'

export const useLimits = (): Limits | null => {
  const lang = useTongue()
  const { data, again } = useAnswer('flows', { lang })
  const revision = useRow('flows', 'diversion')?.revision
  const asked = useRef(revision)
  useEffect(() => {
    if (asked.current === revision) return
    asked.current = revision
    again()
  }, [revision, again])
  return useMemo(() => {
    const policy = data?.find(({ id }) => id === 'diversion')?.policy
    return policy === undefined ? null : limitsIn(policy)
  }, [data])
}
