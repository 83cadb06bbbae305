/** A code with its values as a sentence: titles for names, words for codes within. */
import type { MarkValue } from '#protocol/model.ts'
import type { Titles } from './titles.ts'
import { markWords } from './words/marks.ts'
import { actNames } from './words/names.ts'
import { fillWords, sayReason } from './words/reason-words.ts'
import { recordWords } from './words/records.ts'

type Params = Readonly<Record<string, MarkValue>>

const valueOf = (titles: Titles, name: string, value: MarkValue): MarkValue =>
  typeof value === 'string' ? titles.of(name, value) : value

/** What was noted is a device, a reason, or itself. */
const notedValue = (value: MarkValue, titles: Titles): MarkValue => {
  if (typeof value !== 'string') return value
  const title = titles.of('device', value)
  return title === value ? sayReason(value, titles) : title
}

const sayMark = ({ name = '', value = '' }: Params, titles: Titles): string | undefined => {
  const { tongue } = titles
  const found = markWords(String(name), value)
  return (
    found && fillWords(found.words[tongue], titles, { value: notedValue(value, titles), rest: found.rest })
  )
}

export const sayCode = (code: string, params: Params, titles: Titles): string => {
  const { tongue } = titles
  const marked = code === 'mark.set' ? sayMark(params, titles) : undefined
  if (marked !== undefined) return marked
  const { sale } = params
  const inSale = (name: string, value: MarkValue) =>
    typeof sale === 'string' && typeof value === 'string' ? titles.inSale(sale, name, value) : undefined
  const named = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      inSale(name, value) ?? valueOf(titles, name, value),
    ]),
  )
  const act = code === 'visit.known' ? actNames[String(params['by'])]?.[tongue] : undefined
  const words = recordWords[code]
  return words === undefined
    ? sayReason(code, titles, named)
    : fillWords(words[tongue], titles, act === undefined ? named : { ...named, by: act })
}
