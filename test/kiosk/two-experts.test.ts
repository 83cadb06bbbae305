/**
 * Two experts and a customer, all of them real pages before a real hub: asked in, alone, together, handed over without a gap;
 * then the page of the one who has it dies, the other one has it next with the notes, and the customer is asked anew.
 */
import { mkdirSync } from 'node:fs'
import mqtt from 'mqtt'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMoving } from '../calls/support/is-moving.ts'
import { type PageLog, readConsole } from '../support/chromium.ts'
import { expectOpenToAll as expectConsoleOpen } from '../tablet/open-to-all.ts'
import { expectOpenToAll } from './support/looked-at.ts'
import { type KioskPage, KioskStage } from './support/stage.ts'

const password = 'walnut-umbrella-seventeen-fjords'
const stage = new KioskStage({ isInCalls: true, experts: { lostMs: 2_000 } })
let kiosk: KioskPage
let wang: Console
let zhao: Console

interface Console {
  readonly page: Page
  readonly context: BrowserContext
  readonly log: PageLog
}

const countAsked = `
  globalThis.asked = 0
  const devices = navigator.mediaDevices
  const get = devices.getUserMedia.bind(devices)
  devices.getUserMedia = (wanted) => { globalThis.asked += 1; return get(wanted) }`
const asked = () => kiosk.page.evaluate('globalThis.asked') as Promise<number>

const openConsole = async (name: string): Promise<Console> => {
  await stage.hub.desk.putLocal({ name, roles: ['expert'], password })
  const context = await stage.browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    baseURL: stage.base,
    reducedMotion: 'reduce',
    permissions: ['camera', 'microphone'],
  })
  const page = await context.newPage()
  const log = readConsole(page, /requires 'Trusted\w+' assignment/i)
  await page.goto('/expert')
  await page.locator('#name').fill(name)
  await page.locator('#password').fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/expert/)
  await page.locator('meter').waitFor()
  return { page, context, log }
}

beforeAll(async () => {
  await stage.open()
  kiosk = await stage.openPage({
    device: 'kiosk-1',
    before: async (on) => void (await on.addInitScript(countAsked)),
  })
  wang = await openConsole('expert-1')
  zhao = await openConsole('expert-2')
}, 90_000)
afterAll(() => stage.stop())

const at = ({ page }: Console, name: string) => page.locator(`[data-stage="${name}"]`).waitFor()
const press = (name: string) => kiosk.page.getByRole('button', { name, exact: true }).first().click()
const title = (name: string) => kiosk.page.getByRole('heading', { name }).waitFor()
const reads = (text: string | RegExp) => kiosk.page.getByText(text).first().waitFor()
const call = () => stage.hub.engine.state.calls.values().find(({ device }) => device === 'kiosk-1')
const seen = async (name: string, on: Page) => {
  const folder = process.env['USHER_LOOKED_AT']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await on.screenshot({ path: `${folder}/${name}.png` })
}

const comesReady = async (console: Console) => {
  const { page } = console
  const level = () => page.locator('meter').evaluate((meter) => (meter as unknown as { value: number }).value)
  await expect.poll(level).toBeGreaterThan(0)
  await page.keyboard.press('v')
  await at(console, 'ready')
}

const types = async ({ page }: Console, text: string) => {
  await page.keyboard.press('n')
  await page.locator('textarea:focus').waitFor()
  await page.keyboard.press('End')
  await page.keyboard.type(text)
  await page.getByText('Saved', { exact: true }).waitFor()
  while ((await page.locator('textarea:focus').count()) > 0) await page.keyboard.press('Tab')
}

test('an expert asks another one in, alone, then with the customer, and hands over to who is there, without a gap', async () => {
  await comesReady(wang)
  await comesReady(zhao)
  await press('English')
  await press('Call an expert')
  await press('Agree and call')
  // Who speaks the customer's language.
  await at(wang, 'ringing')
  await wang.page.keyboard.press('a')
  await title('Expert Wang has answered')
  await press('Agree and talk')
  await isMoving(kiosk.page, 2)
  await types(wang, 'Passport seen.')
  const askedOnce = await asked()

  await wang.page.keyboard.press('w')
  await wang.page.getByRole('radio', { name: 'Expert Zhao' }).waitFor()
  await expectConsoleOpen(wang.page, 'asking in')
  await seen('ask-in', wang.page)
  await wang.page.keyboard.press('ArrowDown')
  await wang.page.keyboard.press('Tab')
  await wang.page.keyboard.press('Tab')
  await wang.page.keyboard.type('A company loan')
  await wang.page.getByRole('button', { name: 'Ask an expert in' }).last().click()
  await wang.page.getByText('Ringing Expert Zhao').waitFor()
  await at(zhao, 'ringing')
  await zhao.page.getByText('Expert Wang asks you into a call').waitFor()
  await zhao.page.getByText('Why: A company loan').waitFor()
  await expectConsoleOpen(zhao.page, 'ringing for a guest')
  await seen('guest-ringing', zhao.page)
  await zhao.page.keyboard.press('a')

  await at(zhao, 'call')
  await wang.page.getByText('Alone with Expert Zhao').waitFor()
  await reads('A moment, please: Expert Wang asks Expert Zhao.')
  await isMoving(wang.page, 2)
  await isMoving(zhao.page, 2)
  await isMoving(kiosk.page, 1)
  await expectOpenToAll(kiosk.page, 'apart')
  await expectConsoleOpen(wang.page, 'with a guest')
  await expectConsoleOpen(zhao.page, 'as a guest')
  await seen('consult', wang.page)
  await seen('consult-guest', zhao.page)
  await seen('apart', kiosk.page)
  await types(zhao, 'Limit checked.')

  await wang.page.keyboard.press('l')
  await reads('Expert Zhao is in the call too')
  for (const page of [kiosk.page, wang.page, zhao.page]) await isMoving(page, 3)
  await expectOpenToAll(kiosk.page, 'with two experts')
  await seen('together', kiosk.page)

  await wang.page.keyboard.press('t')
  await wang.page.getByRole('heading', { name: 'Hand over to Expert Zhao' }).waitFor()
  await expectConsoleOpen(wang.page, 'handing over to a guest')
  await wang.page.getByRole('button', { name: 'Hand over to Expert Zhao' }).last().click()
  await at(wang, 'ready')
  await title('Talking to Expert Zhao')
  await isMoving(kiosk.page, 2)
  expect(await asked()).toBe(askedOnce)
  expect(call()).toMatchObject({ state: 'in-call', expert: 'expert-2', guest: null })
  await expect
    .poll(() => zhao.page.getByRole('textbox', { name: 'Shared notes' }).inputValue())
    .toBe('Passport seen.\nLimit checked.')
}, 120_000)

test('the page of the expert dies: the next one has it before all others, with the notes, and the customer is asked anew', async () => {
  await wang.page.keyboard.press('b')
  await wang.page.getByRole('dialog').waitFor()
  await wang.page.keyboard.press('Enter')
  await at(wang, 'break')
  const other = await mqtt.connectAsync(`mqtt://127.0.0.1:${stage.mqtt}`, { clientId: 'demo/kiosk-2' })
  await other.publishAsync(
    'usher/v1/demo/kiosk-2/event/help.requested',
    JSON.stringify({ reason: 'expert', observedAgoMs: 0 }),
    { qos: 1 },
  )
  await expect.poll(() => stage.hub.engine.state.calls.size).toBe(2)
  expect(zhao.log.troubles).toEqual([])
  await zhao.context.close()
  await reads('The connection to Expert Zhao is lost')
  await reads('Another expert is being called for you')
  expect(call()).toMatchObject({ expert: null, ahead: 1 })

  const level = () =>
    wang.page.locator('meter').evaluate((meter) => (meter as unknown as { value: number }).value)
  await expect.poll(level).toBeGreaterThan(0)
  await wang.page.keyboard.press('v')
  await at(wang, 'ringing')
  await wang.page.getByRole('heading', { name: 'A call from Kiosk 1' }).waitFor()
  await wang.page.getByText('Passport seen.').waitFor()
  await wang.page.keyboard.press('a')
  await title('Expert Wang has answered')
  expect(await kiosk.page.locator('video').count()).toBe(0)
  const before = await asked()
  await press('Agree and talk')
  await isMoving(kiosk.page, 2)
  expect(await asked()).toBeGreaterThan(before)
  expect(call()?.segments.map(({ expert, why }) => [expert, why])).toEqual([
    ['expert-1', 'handed-over'],
    ['expert-2', 'lost'],
    ['expert-1', null],
  ])
  expect(await wang.page.getByRole('textbox', { name: 'Shared notes' }).inputValue()).toBe(
    'Passport seen.\nLimit checked.',
  )
  await other.endAsync(true)
  expect([...wang.log.troubles, ...kiosk.log.troubles]).toEqual([])
}, 120_000)
