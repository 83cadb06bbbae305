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

export type NameOf = (what: string, id: string) => string

export interface HubWords {
  word(list: PlainList, code: string): string
  /** @param nameOf what things are called that a code names behind itself. */
  reason(reason: Reason, nameOf?: NameOf): string
  alert(code: string, params: Params, nameOf?: NameOf): { readonly title: string; readonly text: string }
  flow(id: string): { readonly title: string; readonly purpose: string }
}

type Carried = WordsAnswer['carried'][number]

const asItIs: NameOf = (_, id) => id

/** A reason within a reason gives no further one. */
const without = ({ reason: _, ...params }: Params): Params => params

export const createHubWords = (answer: WordsAnswer | undefined): HubWords => {
  const nameIn = (of: Carried['of'], rest: string, nameOf: NameOf): string => {
    if (of === 'mode') return answer?.modes[rest] ?? rest
    if (of === 'capability') return answer?.capabilities[rest] ?? rest
    return of === undefined ? '' : nameOf(of, rest)
  }
  const reasonOf = (code: string, params: Params, nameOf: NameOf): string => {
    const text = answer?.reasons[code]
    if (text !== undefined) return fill(text, wordsOf(params, nameOf))
    const carried = answer?.carried.find(({ prefix }) => code.startsWith(prefix))
    if (carried === undefined) return code
    return fill(carried.text, { rest: nameIn(carried.of, code.slice(carried.prefix.length), nameOf) })
  }
  /** A value that is a code itself is said in its words; under `reason` always. */
  const wordsOf = (params: Params, nameOf: NameOf): Params =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        if (name === 'reason') return [name, reasonOf(String(value), without(params), nameOf)]
        const text = answer?.reasons[`${name}.${String(value)}`]
        return [name, text === undefined ? value : fill(text, params)]
      }),
    )
  return {
    word: (list, code) => answer?.[list][code] ?? code,
    reason: ({ code, params = {} }, nameOf = asItIs) => reasonOf(code, params, nameOf),
    alert: (code, params, nameOf = asItIs) => {
      const found = answer?.alerts[code]
      const values = wordsOf(params, nameOf)
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
