/**
 * A sale in a call, in real browsers through a whole hub: asked for at the kiosk, recorded by the hub and by the pages, listened to
 * by a speech engine that is a process of its own, held back until everything was said, sold, sealed and reported.
 */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SaleCommand } from '#hub/sales/commands.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { expectOpenToAll as expectKioskOpenToAll } from '../kiosk/support/looked-at.ts'
import { KioskStage } from '../kiosk/support/stage.ts'
import { lobbyPassword, sizes } from '../support/lobby.ts'
import { expectOpenToAll } from '../tablet/open-to-all.ts'
import { startSpeech } from './speech-engine.ts'

const said = (en: string, zh: string) => ({ en, zh })
/** A page on which something secret is typed. */
const secretService = {
  id: 'new-code',
  service: 'account',
  title: said('A new code', '设置密码'),
  steps: [
    {
      id: 'code',
      title: said('Your new code', '请输入新密码'),
      fields: [
        { id: 'code', kind: 'digits', title: said('Code', '密码'), lengthMin: 4, lengthMax: 4, secret: true },
      ],
    },
  ],
  result: { title: said('Done', '完成'), text: said('Nothing was changed.', '未作更改。') },
}
const stage = new KioskStage({ isInCalls: true, services: [secretService] })
let kiosk: Page
let console: Page
let speech: ChildProcess | undefined

const patience = { timeout: 30_000, interval: 100 }
const sale = (): SaleRow => stage.hub.engine.state.sales.values()[0] as SaleRow
const itemsOf = () => Object.fromEntries(sale().items.map(({ id, state }) => [id, state]))
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const codeOf = (command: SaleCommand): Promise<string | null> =>
  stage.hub.engine.submit({ body: { kind: 'command', command } }).then(
    () => null,
    ({ code }: { code: string }) => code,
  )
const seen = async (page: Page, name: string) => {
  const folder = process.env['USHER_LOOKED_AT']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

const openConsole = async (): Promise<Page> => {
  await stage.hub.desk.putLocal({ name: 'expert-1', roles: ['expert'], password: lobbyPassword })
  const context = await stage.browser.newContext({
    locale: 'en-GB',
    viewport: sizes.landscape,
    baseURL: stage.base,
    reducedMotion: 'reduce',
    permissions: ['camera', 'microphone'],
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto('/expert')
  await page.locator('#name').fill('expert-1')
  await page.locator('#password').fill(lobbyPassword)
  await page.keyboard.press('Enter')
  await page.getByText('Live', { exact: true }).waitFor()
  return page
}

beforeAll(async () => {
  await stage.open()
  ;[{ page: kiosk }, console] = await Promise.all([stage.openPage({ device: 'kiosk-1' }), openConsole()])
}, 90_000)
afterAll(async () => {
  speech?.stdin?.end()
  await stage.stop()
})

test('the customer is asked, and nothing is recorded before they say yes', async () => {
  const level = () =>
    console.locator('meter').evaluate((meter) => (meter as unknown as { value: number }).value)
  await expect.poll(level, patience).toBeGreaterThan(0)
  await console.keyboard.press('v')
  await console.locator('[data-stage="ready"]').waitFor()
  await press(kiosk, 'English')
  await press(kiosk, 'Call an expert')
  await press(kiosk, 'Agree and call')
  await console.locator('[data-stage="ringing"]').waitFor()
  await console.keyboard.press('a')
  await press(kiosk, 'Agree and talk')
  await console.getByRole('button', { name: 'Record a sale' }).waitFor()
  await console.keyboard.press('x')
  const begin = console.getByRole('dialog', { name: 'Recorded sale' })
  await begin.getByLabel('The product’s term ends').fill('2031-05-01')
  await expectOpenToAll(console, 'a sale to begin')
  await seen(console, 'console-begin')
  await begin.getByRole('button', { name: 'Record a sale' }).click()
  await kiosk.getByRole('heading', { name: 'May this be recorded?' }).waitFor()
  await expectKioskOpenToAll(kiosk, 'asked whether it may be recorded')
  await seen(kiosk, 'kiosk-consent')
  await console.getByText('Waiting for the customer’s yes').waitFor()
  await seen(console, 'console-consent')
  expect(sale()).toMatchObject({ state: 'consent', recorders: [], consent: null, termEnds: '2031-05-01' })
  await press(kiosk, 'Yes, record it')
  await expect.poll(() => sale().state, patience).toBe('recording')
  expect(sale().consent?.by).toBe('kiosk:kiosk-1')
  await kiosk.getByText('Being recorded').waitFor()
})

test('while the customer types something secret nothing is recorded, and it goes on by itself', async () => {
  await press(kiosk, 'Carry on with your business')
  await press(kiosk, /Personal account/)
  await press(kiosk, /A new code/)
  await kiosk.getByRole('heading', { name: 'Your new code' }).waitFor()
  await expect.poll(() => sale(), patience).toMatchObject({ state: 'paused', secret: true, paused: null })
  await kiosk.getByText('Recording is paused').waitFor()
  await console.getByText('The customer types something secret. It goes on by itself afterwards.').waitFor()
  await seen(console, 'console-secret')
  // Nobody but the kiosk lets it go on.
  expect(await codeOf({ name: 'sale.resume', sale: sale().id, by: 'expert-1', leads: false })).toBe(
    'sale.secret',
  )
  for (const digit of '2468') await press(kiosk, digit)
  await press(kiosk, 'Next')
  await expect.poll(() => sale(), patience).toMatchObject({ state: 'recording', secret: false })
  await kiosk.getByText('Being recorded').waitFor()
  await kiosk.getByText('Filled in, not shown').waitFor()
  expect(await kiosk.getByText('2468').count()).toBe(0)
}, 60_000)

test('what is missing is said at once, and holds the sale step back', async () => {
  const sell = console.getByRole('button', { name: 'Do the sale step' })
  await console.getByText('Missing before the sale step').waitFor()
  expect(await sell.isDisabled()).toBe(true)
  // Somebody who has another page is refused as well.
  expect(await codeOf({ name: 'sale.sell', sale: sale().id, by: 'expert-1', leads: false })).toBe(
    'sale.blocked',
  )
  speech = startSpeech(stage, 'transcript.txt')
  await console.getByText('Forbidden: “The principal promised”').first().waitFor()
  await seen(console, 'console-found')
  await expectOpenToAll(console, 'a sale with a finding')
  await expect.poll(itemsOf, patience).toEqual({
    introduction: 'heard',
    risk: 'heard',
    ask: 'heard',
    agree: 'heard',
  })
  // All is said, and what was found still stands in the way.
  expect(await sell.isDisabled()).toBe(true)
})

test('put right, sold, sealed, and reported', async () => {
  await press(console, /^Put right: Forbidden/)
  const dialog = console.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Said at once that the principal is not guaranteed.')
  await dialog.getByRole('button', { name: 'Put right' }).click()
  await console.getByText('All is said. The sale step can be done.').waitFor()
  await seen(console, 'console-complete')
  // By its key.
  await console.getByRole('heading', { name: 'The story' }).click()
  await console.keyboard.press('j')
  await console.getByText(/^Sold at /).waitFor()
  await seen(kiosk, 'kiosk-recorded')
  await console.keyboard.press('q')
  await expect.poll(() => sale().outcome, patience).toBe('sold')
  await kiosk.getByText('Being recorded').waitFor({ state: 'detached' })
  await console.getByText('Inspection report').first().waitFor()
  await console.getByText(/Settled: Said at once/).waitFor()
  await seen(console, 'console-report')
  await expectOpenToAll(console, 'the report')
  const manifest = sale().sealed?.manifest
  expect(manifest).toMatch(/^[0-9a-f]{64}$/)
  // Nobody's words stand in the journal.
  const entries = JSON.stringify(stage.hub.engine.state.sales.values())
  expect(entries).not.toContain('保本的')
})
