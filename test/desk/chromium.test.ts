/**
 * The pages in a real browser with scripts switched off, in both languages and both colours: a browser decides by itself
 * which Origin and which cookies it sends, and whether it takes a style under a strict policy.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBareChromium, readConsole } from '../support/chromium.ts'
import { goodPassword, otherPassword, raise, remove, type Stage, scratch } from './support.ts'

const folder = scratch()
let stage: Stage
let chromium: Browser

beforeAll(async () => {
  stage = await raise(folder)
  chromium = await openBareChromium()
}, 60_000)
afterAll(async () => {
  await chromium?.close()
  await stage?.stop()
  remove(folder)
})

const openPage = async (locale: string, colorScheme: 'light' | 'dark') => {
  const context = await chromium.newContext({
    locale,
    colorScheme,
    viewport: { width: 768, height: 1024 },
    javaScriptEnabled: false,
    baseURL: `http://localhost:${stage.port}`,
  })
  const page = await context.newPage()
  return { context, page, log: readConsole(page) }
}

/** Whatever one may touch, and what it is called. */
const touchable = async (page: Page) => {
  const found = []
  for (const one of await page.locator('a, button, input:not([type=hidden]):not([hidden])').all()) {
    const box = await one.boundingBox()
    found.push({ height: box?.height ?? 0, width: box?.width ?? 0 })
  }
  return found
}

const isWide = async (page: Page) => {
  const box = await page.locator('body').boundingBox()
  return (box?.width ?? 0) > 768
}

const looked = async (page: Page) => {
  const all = await touchable(page)
  expect(all.length).toBeGreaterThan(1)
  for (const { height, width } of all) {
    expect(height).toBeGreaterThanOrEqual(48)
    expect(width).toBeGreaterThanOrEqual(48)
  }
  expect(await isWide(page)).toBe(false)
}

test('from the first link to a signed-out page, by keyboard, without a script', async () => {
  const { context, page, log } = await openPage('zh-CN', 'light')
  await page.goto(stage.desk.firstLink() ?? '')
  await looked(page)
  // The first field has the focus: nothing has to be touched.
  await page.keyboard.type('manager-1')
  await page.keyboard.press('Tab')
  await page.keyboard.type(goodPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account')
  await page.getByRole('heading', { name: '值班经理' }).waitFor()
  await looked(page)
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Duty manager' }).waitFor()
  await page.getByLabel('Current password').fill(goodPassword)
  await page.getByLabel('New password').fill(otherPassword)
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByRole('status').waitFor()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.waitForURL('**/sign-in')
  expect((await context.cookies()).filter(({ name }) => name !== 'usher-lang')).toEqual([])
  expect(log.troubles).toEqual([])
  await context.close()
}, 60_000)

test('in the dark, in English: what went wrong is said where it happened, and the name stays', async () => {
  const { context, page, log } = await openPage('en-GB', 'dark')
  await page.goto('/')
  await page.getByLabel('Name').fill('manager-1')
  await page.getByLabel('Password').fill('wrong, but long enough')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Name').inputValue()).toBe('manager-1')
  expect(await page.getByLabel('Password').inputValue()).toBe('')
  await looked(page)
  expect(log.troubles).toEqual([])
  await context.close()
}, 60_000)

test('a form on another site gets nowhere, and its visitor stays signed in', async () => {
  const { context, page } = await openPage('en-GB', 'light')
  await page.goto('/sign-in')
  await page.getByLabel('Name').fill('manager-1')
  await page.getByLabel('Password').fill(otherPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/lobby')
  await page.goto('/account')
  const evil = await context.newPage()
  const sent = evil.waitForResponse('**/sign-out')
  await evil.setContent(
    `<form method="post" action="http://localhost:${stage.port}/sign-out"><button>Win</button></form>`,
  )
  await evil.getByRole('button').click()
  expect((await sent).status()).toBe(403)
  await page.reload()
  expect(new URL(page.url()).pathname).toBe('/account')
  await context.close()
}, 60_000)
