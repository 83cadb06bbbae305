/** A page asks for its words once, and hears nothing new as long as nothing is. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WordsAnswer } from '#protocol/desk/look/words.ts'
import { addAccount, type Browser, raise, remove, type Stage, scratch, signIn } from './support.ts'

const folder = scratch()
let stage: Stage
let browser: Browser
beforeAll(async () => {
  stage = await raise(folder)
  await addAccount(stage, 'expert-1', ['expert'])
  browser = await signIn(stage, 'expert-1')
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

test('words come in the language that is asked for', async () => {
  const [zh, en] = await Promise.all(
    ['zh', 'en'].map(async (lang) =>
      WordsAnswer.parse(JSON.parse((await browser.get(`/api/words?lang=${lang}`)).text)),
    ),
  )
  expect(zh?.alerts['device-care.lost']?.title).toBe('设备失联')
  expect(en?.alerts['device-care.lost']?.title).toBe('Connection lost')
  expect(en?.flows['greeting']?.title).toBe('Greeting')
  expect(Object.keys(zh?.reasons ?? {})).toEqual(Object.keys(en?.reasons ?? {}))
  expect(en?.carried).toContainEqual({ prefix: 'mode.', text: 'not in mode “{rest}”', of: 'mode' })
})

test('who has them is told that they are the same, and who may not ask is told nothing', async () => {
  const first = await browser.get('/api/words?lang=en')
  expect(first.headers['cache-control']).toBe('private, no-cache')
  const tag = { 'if-none-match': String(first.headers.etag) }
  const again = await browser.get('/api/words?lang=en', tag)
  expect([again.status, again.text]).toEqual([304, ''])
  expect((await browser.get('/api/words?lang=zh', tag)).status).toBe(200)
  browser.cookie = undefined
  expect((await browser.get('/api/words?lang=en', tag)).status).toBe(401)
})
