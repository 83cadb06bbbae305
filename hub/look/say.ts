/** A code with its values as a sentence: titles for names, words for codes within. */
import type { MarkValue } from '#protocol/model.ts'
import { fillWords, sayReason } from '../dispatch/reason-words.ts'
import type { Titles } from './titles.ts'
import { markWords } from './words/marks.ts'
import { actNames, modeNames } from './words/names.ts'
import { recordWords } from './words/records.ts'

type Params = Readonly<Record<string, MarkValue>>

const valueOf = (titles: Titles, name: string, value: MarkValue): MarkValue => {
  if (typeof value !== 'string') return value
  if (name === 'mode' || name === 'was') return modeNames[value]?.[titles.tongue] ?? value
  return titles.of(name, value)
}

/** What was noted is a device, a reason, or itself. */
const notedValue = (value: MarkValue, titles: Titles): MarkValue => {
  if (typeof value !== 'string') return value
  const title = titles.of('device', value)
  return title === value ? sayReason(value, titles.tongue) : title
}

const sayMark = ({ name = '', value = '' }: Params, titles: Titles): string | undefined => {
  const { tongue } = titles
  const found = markWords(String(name), value)
  return (
    found && fillWords(found.words[tongue], tongue, { value: notedValue(value, titles), rest: found.rest })
  )
}

export const sayCode = (code: string, params: Params, titles: Titles): string => {
  const { tongue } = titles
  const marked = code === 'mark.set' ? sayMark(params, titles) : undefined
  if (marked !== undefined) return marked
  const named = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, valueOf(titles, name, value)]),
  )
  const act = code === 'visit.known' ? actNames[String(params['by'])]?.[tongue] : undefined
  const words = recordWords[code]
  return words === undefined
    ? sayReason(code, tongue, named)
    : fillWords(words[tongue], tongue, act === undefined ? named : { ...named, by: act })
}
