import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allWords, inLanguage, wordsFor } from '#flows/words.ts'

const phrase = { zh: '您好', en: 'Hello' }

describe('choosing words', () => {
  it('serves a regional language by its base language, and prefers its own words', () => {
    expect(inLanguage(phrase, 'zh-CN')).toEqual({ language: 'zh', text: '您好' })
    expect(inLanguage({ ...phrase, 'zh-HK': '你好' }, 'zh-HK')).toEqual({ language: 'zh-HK', text: '你好' })
    expect(inLanguage(phrase, 'fr')).toBeUndefined()
    expect(inLanguage(phrase, 'constructor')).toBeUndefined()
  })

  it('says it once where two of the branch’s languages share their words', () => {
    expect(allWords(phrase, ['zh-CN', 'zh', 'en'])).toHaveLength(2)
  })

  it('is never without words, and within what a device takes', () => {
    const language = fc.constantFrom('zh', 'en', 'fr', 'ja-JP', 'pt-BR')
    const phrases = fc.dictionary(fc.constantFrom('zh', 'en', 'fr', 'ja', 'ko', 'de'), fc.string(), {
      minKeys: 1,
    })
    fc.assert(
      fc.property(phrases, fc.option(language), fc.array(language), (some, visitor, branch) => {
        const words = wordsFor(some, visitor, branch)
        expect(words.length).toBeGreaterThan(0)
        expect(words.length).toBeLessThanOrEqual(4)
      }),
    )
  })
})
