/** What the hub's codes mean, in the language of the page: asked once, and shown as the code where there are no words. */
import { createContext, useContext, useEffect, useMemo } from 'react'
import type { Reason } from '#protocol/desk/live/work-rows.ts'
import type { WordsAnswer } from '#protocol/desk/look/words.ts'
import { fill, type Params, useTongue } from '../../ui/words.ts'
import { useAnswer } from './ask-hub.ts'
import { useConnection } from './use-live.ts'

/** Lists of the catalogue whose words stand by themselves. */
type PlainList =
  | 'capabilities'
  | 'phases'
  | 'modes'
  | 'autonomy'
  | 'links'
  | 'healths'
  | 'willingness'
  | 'kinds'
  | 'segments'
  | 'priorities'
  | 'scoreParts'

export interface HubWords {
  word(list: PlainList, code: string): string
  reason(reason: Reason): string
  alert(code: string, params: Params): { readonly title: string; readonly text: string }
  flow(id: string): { readonly title: string; readonly purpose: string }
}

const createHubWords = (answer: WordsAnswer | undefined): HubWords => {
  const reasonOf = (code: string, params: Params): string => {
    const text = answer?.reasons[code]
    if (text !== undefined) return fill(text, wordsOf(params))
    const carried = answer?.carried.find(({ prefix }) => code.startsWith(prefix))
    return carried === undefined ? code : fill(carried.text, { rest: code.slice(carried.prefix.length) })
  }
  /** A value that is a code itself is said in its words; under `reason` always. */
  const wordsOf = (params: Params): Params =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        const code = name === 'reason' ? String(value) : `${name}.${String(value)}`
        const text = answer?.reasons[code]
        return [name, text === undefined ? value : fill(text, params)]
      }),
    )
  return {
    word: (list, code) => answer?.[list][code] ?? code,
    reason: ({ code, params = {} }) => reasonOf(code, params),
    alert: (code, params) => {
      const found = answer?.alerts[code]
      const values = wordsOf(params)
      return { title: fill(found?.title ?? code, values), text: fill(found?.text ?? '', values) }
    },
    flow: (id) => answer?.flows[id] ?? { title: id, purpose: '' },
  }
}

const againAfterMs = 2_000

export const HubWordsContext = createContext<HubWords>(createHubWords(undefined))

/** For the frame, once. */
export const useHubWordsAnswer = (): HubWords => {
  const lang = useTongue()
  const { data, error, again } = useAnswer('words', { lang })
  const { state } = useConnection()
  // A page that starts while the hub does would show codes for the whole shift.
  useEffect(() => {
    if (error === undefined || state !== 'live') return undefined
    const timer = setTimeout(again, againAfterMs)
    return () => clearTimeout(timer)
  }, [error, state, again])
  return useMemo(() => createHubWords(data), [data])
}

export const useHubWords = (): HubWords => useContext(HubWordsContext)
