/** How the desk of the branch is set: asked once for the page, and again where it failed. */
import { createContext, useContext } from 'react'
import type { CallPlan } from '#protocol/desk/call-routes.ts'
import { useAnswer } from '../../lobby/live/ask-hub.ts'

export interface KnownPlan {
  readonly plan: CallPlan | undefined
  readonly isRefused: boolean
  readonly again: () => void
}

const unasked: KnownPlan = { plan: undefined, isRefused: false, again: () => undefined }

export const PlanContext = createContext<KnownPlan>(unasked)
export const usePlan = (): KnownPlan => useContext(PlanContext)

/** For the console, once. */
export const usePlanAnswer = (): KnownPlan => {
  const { data, error, again } = useAnswer('callPlan', {})
  return { plan: data?.plan ?? undefined, isRefused: error !== undefined, again }
}
