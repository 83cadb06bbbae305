/** A code with its values as a sentence: titles for names, words for codes within. */
import type { MarkValue } from '#protocol/model.ts'
import { fillWords, sayReason } from '../dispatch/reason-words.ts'
import type { Titles } from './titles.ts'
import { modeNames } from './words/names.ts'
import { recordWords } from './words/records.ts'

type Params = Readonly<Record<string, MarkValue>>

const valueOf = (titles: Titles, name: string, value: MarkValue): MarkValue => {
  if (typeof value !== 'string') return value
  if (name === 'mode' || name === 'was') return modeNames[value]?.[titles.tongue] ?? value
  return titles.of(name, value)
}

export const sayCode = (code: string, params: Params, titles: Titles): string => {
  const named = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, valueOf(titles, name, value)]),
  )
  const words = recordWords[code]
  return words === undefined
    ? sayReason(code, titles.tongue, named)
    : fillWords(words[titles.tongue], titles.tongue, named)
}
