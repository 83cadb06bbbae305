/** Chooses the languages in which a phrase is said or shown. */
import type { Words } from '#protocol/targets.ts'
import type { Phrase } from './setting.ts'

const base = (language: string): string => language.split('-', 1)[0] ?? language

/** The phrase in this language, or in its base language (`zh-CN` is served by `zh`), or undefined. */
export const inLanguage = (phrase: Phrase, language: string): Words | undefined => {
  const name = [language, base(language)].find((candidate) => Object.hasOwn(phrase, candidate))
  const text = name === undefined ? undefined : phrase[name]
  return name === undefined || text === undefined ? undefined : { language: name, text }
}

/** The phrase in each of the branch's languages it is known in; else in whatever there is. At most eight. */
export const allWords = (phrase: Phrase, branch: readonly string[]): Words[] => {
  const all = new Map<string, Words>()
  for (const language of branch) {
    const words = inLanguage(phrase, language)
    if (words !== undefined) all.set(words.language, words)
  }
  const found =
    all.size > 0 ? [...all.values()] : Object.entries(phrase).map(([language, text]) => ({ language, text }))
  return found.slice(0, 8)
}

/** The visitor's language when it is known and we have the words; else the branch's languages, at most four. */
export const wordsFor = (phrase: Phrase, visitor: string | null, branch: readonly string[]): Words[] => {
  const own = visitor === null ? undefined : inLanguage(phrase, visitor)
  return own === undefined ? allWords(phrase, branch).slice(0, 4) : [own]
}
