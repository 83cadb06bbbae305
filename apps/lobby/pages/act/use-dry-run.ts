/** Asks the hub who would do it and how soon, anew whenever what is asked changes, but not at every letter. */
import { useEffect, useState } from 'react'
import type { DryRun } from '#protocol/desk/dry-run-route.ts'
import type { Ask } from '#protocol/desk/live/ask.ts'
import { useAnswer } from '../../live/ask-hub.ts'
import { withoutMember } from './would-do.ts'

const settledAfterMs = 300
/** Who is free changes while somebody thinks. */
const againAfterMs = 5_000

const useSettled = (text: string | undefined): string | undefined => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settledAfterMs)
    return () => clearTimeout(timer)
  }, [text])
  return text === undefined ? undefined : settled
}

export interface Dry {
  /** For what is asked now. */
  readonly would: DryRun | undefined
  /** Whoever would be asked if nobody was chosen by hand, and the others. */
  readonly free: DryRun | undefined
  readonly isLoading: boolean
  /** In the hub's words, why not; `unreachable`: it could not be asked. */
  readonly trouble: string | undefined
  /** The campaign was shown often enough: a reason is wanted. */
  readonly isCapped: boolean
}

/** @param ask undefined: there is nothing to ask yet. */
export const useDryRun = (ask: Ask | undefined): Dry => {
  const text = useSettled(ask === undefined ? undefined : JSON.stringify(ask))
  const asked = text === undefined ? null : (JSON.parse(text) as Ask)
  const isNamed = asked !== null && asked.member !== undefined && asked.what !== 'dock'
  const one = useAnswer('dryRun', asked)
  const all = useAnswer('dryRun', isNamed ? withoutMember(asked) : null)
  const { again } = one
  useEffect(() => {
    const timer = setInterval(again, againAfterMs)
    return () => clearInterval(timer)
  }, [again])
  const isOfThis = asked !== null && one.data?.what === asked.what
  return {
    would: isOfThis && one.error === undefined ? one.data : undefined,
    free: isNamed ? all.data : one.data,
    isLoading: one.isLoading,
    trouble: one.error === undefined ? undefined : (one.error.error?.text ?? 'unreachable'),
    isCapped: one.error?.error?.code === 'campaign.capped',
  }
}
