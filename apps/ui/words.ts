/** Words in both languages. What a page says stands as pairs; which of the two is shown is one setting of the page. */
import { createContext, useContext } from 'react'

export type Tongue = 'zh' | 'en'

export interface Pair {
  readonly zh: string
  readonly en: string
}

export type Params = Readonly<Record<string, string | number | boolean>>

/** As `lang` of a page has it. */
export const localeOf = { zh: 'zh-CN', en: 'en' } as const satisfies Record<Tongue, string>

/** Between Chinese words there is no space; a pair leaves one around what may be a number or a Latin name. */
const gap = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu

/** Each `{name}` becomes the value of that name; one without a value stays, so that it is seen. */
export const fill = (text: string, params: Params = {}): string =>
  text
    .replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name]
      return value === undefined ? whole : String(value)
    })
    .replace(gap, '')

/** A title of the branch file: in this language, or in whichever it has. */
export const titleIn = (title: Readonly<Record<string, string>>, tongue: Tongue, otherwise = ''): string =>
  title[tongue] ?? title['zh'] ?? Object.values(title)[0] ?? otherwise

export const TongueContext = createContext<Tongue>('zh')

export const useTongue = (): Tongue => useContext(TongueContext)

export const useSay = (): ((pair: Pair, params?: Params) => string) => {
  const tongue = useTongue()
  return (pair, params) => fill(pair[tongue], params)
}

/** What something of the branch is called: `titleOf(device.title, device.id)`. */
export const useTitle = (): ((title: Readonly<Record<string, string>>, otherwise?: string) => string) => {
  const tongue = useTongue()
  return (title, otherwise) => titleIn(title, tongue, otherwise)
}

/** `Chinese`, of `zh`. */
export const languageName = (language: string, tongue: Tongue): string =>
  new Intl.DisplayNames(localeOf[tongue], { type: 'language' }).of(language) ?? language
