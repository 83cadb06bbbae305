/** The kiosk's texts: every one in both languages, and whatever a bank says otherwise. */
import { expect, test } from 'vitest'
import { kioskWords, languagesOf, speechOf } from '#apps/kiosk/words/say.ts'
import type { Word } from '#apps/kiosk/words/word.ts'
import { KioskSettings } from '#protocol/kiosk-service.ts'

const standard = KioskSettings.parse({})
const zh = { language: 'zh', elder: false }
const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort()

test('each text names the same values in all its forms, and is in its own language', () => {
  for (const word of Object.values<Word>(kioskWords)) {
    const forms = [word.zh, word.en, ...(word.elder === undefined ? [] : [word.elder.zh, word.elder.en])]
    for (const form of forms) {
      expect(form).not.toBe('')
      expect(names(form)).toEqual(names(word.zh))
    }
    expect(word.zh).toMatch(/\p{Script=Han}/u)
    expect(word.en).not.toMatch(/\p{Script=Han}/u)
  }
})

test('no text for customers speaks of diversion', () => {
  for (const { zh } of Object.values<Word>(kioskWords)) expect(zh).not.toContain('分流')
})

test('in elder mode it says things more plainly where it can', () => {
  expect(speechOf(standard, zh).say('help')).toBe('找工作人员')
  expect(speechOf(standard, { ...zh, elder: true }).say('help')).toBe('叫人帮忙')
  expect(speechOf(standard, { ...zh, elder: true }).say('back')).toBe('返回')
})

test('a bank says it otherwise, and in a language of its own, by settings alone', () => {
  const bank = KioskSettings.parse({
    languages: [{ tag: 'ja', name: '日本語', words: { back: '戻る' } }],
    words: { help: { zh: '呼叫大堂经理' } },
  })
  expect(languagesOf(bank).map(({ tag }) => tag)).toEqual(['zh', 'en', 'ja'])
  expect(speechOf(bank, { ...zh, elder: true }).say('help')).toBe('呼叫大堂经理')
  expect(speechOf(bank, { language: 'en', elder: false }).say('help')).toBe('Call staff')
  const ja = speechOf(bank, { language: 'ja', elder: false })
  expect([ja.say('back'), ja.say('print'), ja.locale]).toEqual(['戻る', 'Print the slip', 'ja'])
})

test('titles of the branch are said in the nearest language that they have', () => {
  const { title } = speechOf(standard, { language: 'zh-HK', elder: false })
  expect(title({ zh: '转账', en: 'Transfer' })).toBe('转账')
  expect(title({ de: 'Umbuchung' })).toBe('Umbuchung')
  expect(title(undefined, 'transfer')).toBe('transfer')
})
