/** The codes that rows carry, in words, with what things are called in this branch put in. */
import type { LiveAlert, Reason } from '#protocol/desk/live/work-rows.ts'
import type { HubWords } from '../live/hub-words.ts'
import type { Names } from './names.ts'

type Value = string | number | boolean
type Values = Readonly<Record<string, Value>>

export interface Said {
  readonly names: Names
  readonly word: HubWords['word']
  reason(code: string, params?: Values): string
  because(reason: Reason): string
  /** `text` is empty where the hub has none for this code. */
  alert(alert: Pick<LiveAlert, 'code' | 'params'>): { readonly title: string; readonly text: string }
  flow(id: string): string
}

export const createSaid = (words: HubWords, names: Names): Said => {
  const named = (params: Values): Values =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'string' ? names.of(name, value) : value,
      ]),
    )
  const reason = (code: string, params: Values = {}): string =>
    words.reason({ code, params: { ...named(params) } }, names.of)
  return {
    names,
    word: (list, code) => words.word(list, code),
    reason,
    because: ({ code, params }) => reason(code, params),
    alert: ({ code, params }) => {
      const said = words.alert(code, named(params), names.of)
      // A condition without words of its own is called as its reason is.
      return said.title === code ? { title: reason(code, params), text: '' } : said
    },
    flow: (id) => words.flow(id).title,
  }
}
