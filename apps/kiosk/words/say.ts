/**
 * The right text in the right language. A bank may say anything otherwise, and in further languages, by the settings of
 * the kiosk: no build is needed for a word.
 */
import type { KioskSettings } from '#protocol/kiosk-service.ts'
import { fill, type Params } from '../../ui/words.ts'
import type { View } from '../journey/state.ts'
import { callWords } from './call.ts'
import { formWords } from './form.ts'
import { frameWords } from './frame.ts'
import { journeyWords } from './journey.ts'
import { saleWords } from './sale.ts'
import { staffWords } from './staff.ts'
import type { Word } from './word.ts'

export const kioskWords = {
  ...frameWords,
  ...journeyWords,
  ...formWords,
  ...callWords,
  ...saleWords,
  ...staffWords,
}
export type WordName = keyof typeof kioskWords

export type Say = (name: WordName, params?: Params) => string
export type SayTitle = (title: Readonly<Record<string, string>> | undefined, otherwise?: string) => string

export interface Speech {
  readonly say: Say
  /** What the branch or the bank calls something, in this language where it has it. */
  readonly title: SayTitle
  readonly locale: string
}

export interface LanguageChoice {
  readonly tag: string
  readonly name: string
}

export const ownLanguages: readonly LanguageChoice[] = [
  { tag: 'zh', name: '中文' },
  { tag: 'en', name: 'English' },
]

type Spoken = Pick<KioskSettings, 'languages' | 'words'>

export const languagesOf = ({ languages }: Spoken): readonly LanguageChoice[] => [
  ...ownLanguages,
  ...languages.filter(({ tag }) => !ownLanguages.some((own) => own.tag === tag)),
]

const primaryOf = (tag: string) => tag.split('-')[0] ?? tag

/** Exactly this language, or the one that it is a kind of. */
const inLanguage = (texts: Readonly<Record<string, string>> | undefined, tag: string) =>
  texts?.[tag] ?? texts?.[primaryOf(tag)]

const ofTable = (word: Word, tag: string, isElder: boolean) => {
  const plain = isElder ? word.elder : undefined
  const own: Readonly<Record<string, string>> = { zh: word.zh, en: word.en, ...plain }
  return inLanguage(own, tag)
}

/** For `lang`, and for numbers and times. */
export const localeOf = (tag: string) => (tag === 'zh' ? 'zh-CN' : tag)

export const speechOf = (
  { languages, words }: Spoken,
  { language, elder }: Pick<View, 'language' | 'elder'>,
): Speech => {
  const added = languages.find(({ tag }) => tag === language)?.words
  return {
    say: (name, params) => {
      const word: Word = kioskWords[name]
      const text =
        inLanguage(words[name], language) ?? added?.[name] ?? ofTable(word, language, elder) ?? word.en
      return fill(text, params)
    },
    title: (titles, otherwise = '') =>
      inLanguage(titles, language) ??
      titles?.['en'] ??
      titles?.['zh'] ??
      Object.values(titles ?? {})[0] ??
      otherwise,
    locale: localeOf(language),
  }
}
