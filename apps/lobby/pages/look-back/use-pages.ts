/** Results of a search, page by page; another question begins anew, and an answer to an older one is dropped. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Found, SearchAsked } from '#protocol/desk/look/search.ts'
import { askHub, HubRefused } from '../../live/ask-hub.ts'

export type Question = Omit<SearchAsked, 'before' | 'limit'>

export interface Pages {
  readonly found: readonly Found[]
  /** null: there is nothing before. */
  readonly before: number | null
  readonly reachedAt: number | null
  readonly isLoading: boolean
  readonly error: HubRefused | undefined
  readonly more: () => void
}

interface Held {
  readonly key: string
  readonly found: readonly Found[]
  readonly before: number | null
  readonly reachedAt: number | null
  readonly error: HubRefused | undefined
}

const limit = 40
const typingMs = 250
const nothing: Held = { key: '', found: [], before: null, reachedAt: null, error: undefined }

/** @param at another moment asks the same once more */
export const usePages = (question: Question, at: number): Pages => {
  const key = JSON.stringify([question, at])
  const [held, setHeld] = useState(nothing)
  const [isMoreAsked, setMoreAsked] = useState(false)
  const current = useRef(key)
  const ask = useCallback(async (of: string, before?: number) => {
    const [asked] = JSON.parse(of) as [Question]
    try {
      const answer = await askHub('search', { ...asked, limit, ...(before !== undefined && { before }) })
      if (current.current !== of) return
      setHeld((was) => ({
        key: of,
        found: before === undefined ? answer.found : [...was.found, ...answer.found],
        before: answer.before,
        reachedAt: answer.reachedAt,
        error: undefined,
      }))
    } catch (failure) {
      if (current.current !== of) return
      const error = failure instanceof HubRefused ? failure : new HubRefused(undefined)
      setHeld((was) => ({ ...(was.key === of ? was : { ...nothing, key: of }), error }))
    }
  }, [])
  useEffect(() => {
    current.current = key
    const timer = setTimeout(() => void ask(key), typingMs)
    return () => clearTimeout(timer)
  }, [key, ask])
  const { before } = held
  return {
    ...held,
    isLoading: held.key !== key || isMoreAsked,
    more: () => {
      if (before === null || isMoreAsked) return
      setMoreAsked(true)
      void ask(key, before).finally(() => setMoreAsked(false))
    },
  }
}
