/** How the desk of the branch is set: asked once for the page, and again where it failed. */
import { createContext, useContext } from 'react'
import { type Answer, type AnswerOf, useAnswer } from '../../lobby/live/ask-hub.ts'

export type Plan = AnswerOf<'callPlan'>

const unasked: Answer<Plan> = { data: undefined, error: undefined, isLoading: false, again: () => undefined }

export const PlanContext = createContext<Answer<Plan>>(unasked)
export const usePlan = (): Answer<Plan> => useContext(PlanContext)

/** For the console, once. */
export const usePlanAnswer = (): Answer<Plan> => useAnswer('callPlan', {})
