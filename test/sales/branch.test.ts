/**
 * A sale at the branch without an expert, in real browsers through a whole hub: begun on the tablet, agreed to at the kiosk or on
 * the tablet turned round, recorded by the hub and by each page, held back until everything was said, sold, sealed, verified.
 */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lostFor } from '#protocol/recording/missing.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { isMoving } from '../calls/support/is-moving.ts'
import { usher } from '../cli/support.ts'
import { expectOpenToAll as expectKioskOpenToAll } from '../kiosk/support/looked-at.ts'
import { KioskStage } from '../kiosk/support/stage.ts'
import { keepShift, lobbyPassword, sizes } from '../support/lobby.ts'
import { expectOpenToAll } from '../tablet/open-to-all.ts'
import { startSpeech } from './speech-engine.ts'

const stage = new KioskStage({
  isInCalls: true,
  recording: { aloneMs: 10_000, startMs: 60_000 },
  recordings: { sealWaitMs: 8_000 },
})
let kiosk: Page
let tablet: Page
let context: BrowserContext
let speech: ChildProcess | undefined

const patience = { timeout: 40_000, interval: 100 }
const sale = (): SaleRow =>
  stage.hub.engine.state.sales.values().toSorted((a, b) => b.at - a.at)[0] as SaleRow
const states = () => Object.fromEntries(sale().recorders.map(({ name, state }) => [name, state]))
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const bar = () => tablet.getByRole('region', { name: 'Recorded sale at the branch' })
const sheet = () => tablet.getByRole('dialog', { name: 'Recorded sale at the branch' })
const seen = async (page: Page, name: string) => {
  const folder = process.env['USHER_LOOKED_AT']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Counts how often the page asks for a camera or a microphone. */
const countAsked = `
  globalThis.asked = 0
  const devices = navigator.mediaDevices
  const get = devices.getUserMedia.bind(devices)
  devices.getUserMedia = (wanted) => { globalThis.asked += 1; return get(wanted) }`
const asked = (page: Page) => page.evaluate('globalThis.asked') as Promise<number>
const sounding = (page: Page) => page.locator('audio').count()

const openTablet = async () => {
  context = await stage.browser.newContext({
    locale: 'en-GB',
    viewport: sizes.landscape,
    baseURL: stage.base,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    permissions: ['camera', 'microphone'],
  })
  context.setDefaultTimeout(20_000)
  tablet = await context.newPage()
  await tablet.addInitScript(countAsked)
  await tablet.addInitScript(keepShift, 'manager-1')
  await tablet.goto('/lobby')
  await tablet.locator('#name').fill('manager-1')
  await tablet.locator('#password').fill(lobbyPassword)
  await tablet.keyboard.press('Enter')
  await tablet.getByText('Live', { exact: true }).waitFor()
}

const begin = async (customer: string) => {
  await press(tablet, 'Record a sale')
  await sheet().getByLabel('Where the customer is').selectOption(customer)
  await sheet().getByLabel('The product’s term ends').fill('2031-05-01')
  await sheet().getByRole('button', { name: 'Record a sale' }).click()
}

/** Where the machine stands still for seconds, the hub misses a moment that the pages have: whoever sells notes it. */
const noteWhatStoodStill = async () => {
  const stood = new Set(['gap', 'inspector-lost', 'silence'])
  for (const { id, code, settled } of sale().findings)
    if (settled === null && stood.has(code)) {
      const who = { by: 'manager-1', leads: true } as const
      const command = {
        name: 'sale.settle',
        sale: sale().id,
        finding: id,
        note: 'the other copy',
        ...who,
      } as const
      await stage.hub.engine.submit({ body: { kind: 'command', command } })
    }
}

/** Sealed, verified, and worth what its copies are: broken where a time is in none of them, and nowhere else. */
const over = async (outcome: SaleRow['outcome']) => {
  await expect.poll(() => sale().outcome, patience).not.toBeNull()
  expect(sale().outcome).toBe(lostFor(sale()).length === 0 ? outcome : 'broken')
  const { code, said } = await usher('recordings', 'verify', sale().id, '--data', stage.data)
  expect(said).toContain(sale().id)
  expect(code).toBe(0)
}

beforeAll(async () => {
  await stage.open()
  await stage.hub.desk.putLocal({ name: 'manager-1', roles: ['manager'], password: lobbyPassword })
  const before = async (page: Page) => void (await page.addInitScript(countAsked))
  ;[{ page: kiosk }] = await Promise.all([stage.openPage({ device: 'kiosk-1', before }), openTablet()])
}, 90_000)
afterAll(async () => {
  speech?.stdin?.end()
  await stage.stop()
})

test('the customer is asked at the kiosk, and no camera is on before they say yes', async () => {
  await press(kiosk, 'English')
  await expect.poll(() => stage.hub.engine.state.devices.get('kiosk-1')?.link, patience).toBe('online')
  await begin('Kiosk 1')
  await kiosk.getByRole('heading', { name: 'May this be recorded?' }).waitFor()
  await sheet().getByText('Waiting for the customer’s yes').waitFor()
  await seen(tablet, 'tablet-asking')
  expect(await Promise.all([asked(kiosk), asked(tablet)])).toEqual([0, 0])
  expect(sale()).toMatchObject({ state: 'consent', recorders: [], call: null, termEnds: '2031-05-01' })
  await press(kiosk, 'Yes, record it')
  await expect.poll(() => sale().state, patience).toBe('recording')
  expect(states()).toEqual({ hub: 'on', 'page:kiosk:kiosk-1': 'on', 'page:manager:manager-1': 'on' })
  await kiosk.getByText('Being recorded').waitFor()
  await sheet().getByText('Recording', { exact: true }).waitFor()
  await isMoving(tablet, 2, { all: true })
  // In one room: what one of them played, the other would record once more.
  expect(await Promise.all([sounding(kiosk), sounding(tablet)])).toEqual([0, 0])
  await seen(tablet, 'tablet-recording')
  await seen(kiosk, 'kiosk-recording')
  await expectOpenToAll(tablet, 'a sale that is recorded')
  await expectKioskOpenToAll(kiosk, 'being recorded')
}, 120_000)

test('what is missing holds the sale step back and is said; then it is sold, sealed and verified', async () => {
  const sell = sheet().getByRole('button', { name: 'Do the sale step' })
  await sheet().getByText('Missing before the sale step').waitFor()
  expect(await sell.isDisabled()).toBe(true)
  const command = { name: 'sale.sell', sale: sale().id, by: 'manager-1', leads: true } as const
  await expect(stage.hub.engine.submit({ body: { kind: 'command', command } })).rejects.toMatchObject({
    code: 'sale.blocked',
  })
  await press(tablet, 'Pause the recording')
  await kiosk.getByText('Recording is paused').waitFor()
  await press(tablet, 'Go on recording')
  await kiosk.getByText('Being recorded').waitFor()
  await press(tablet, 'Tick “Who sells”')
  await press(tablet, /^Tick “Risk/)
  // The question counts after what comes before it.
  const ticked = () => sale().items.filter(({ state }) => state === 'ticked').length
  await expect.poll(ticked, patience).toBe(2)
  speech = startSpeech(stage, 'branch-transcript.txt')
  const isComplete = async () => {
    await noteWhatStoodStill()
    return sheet().getByText('All is said. The sale step can be done.').isVisible()
  }
  await expect.poll(isComplete, patience).toBe(true)
  // By the keyboard alone.
  await sell.focus()
  await tablet.keyboard.press('Enter')
  await sheet()
    .getByText(/^Sold at /)
    .waitFor()
  await tablet.keyboard.press('Escape')
  await bar().getByText('Recording', { exact: true }).waitFor()
  await seen(tablet, 'tablet-bar')
  await bar().getByRole('button', { name: 'Open the recording' }).click()
  await sheet().getByRole('button', { name: 'End the recording' }).click()
  await over('sold')
  await sheet().getByText('Inspection report').first().waitFor()
  await expectOpenToAll(tablet, 'the report of a sale')
  await seen(tablet, 'tablet-report')
  await kiosk.getByText('Being recorded').waitFor({ state: 'detached' })
  expect(await kiosk.locator('video').count()).toBe(0)
  await tablet.keyboard.press('Escape')
}, 120_000)

test('without a kiosk the tablet is turned to the customer, and a hub that starts again goes on with it', async () => {
  await begin('At this tablet')
  await sheet().getByRole('button', { name: 'Ask the customer' }).click()
  const question = tablet.getByRole('dialog', { name: 'Recorded sale', exact: true })
  await question.getByRole('heading', { name: '是否同意录音录像？' }).waitFor()
  await expectOpenToAll(tablet, 'turned to the customer')
  await seen(tablet, 'tablet-turned')
  await question.getByRole('button', { name: 'Yes, record it' }).click()
  await expect.poll(() => sale().state, patience).toBe('recording')
  expect(sale()).toMatchObject({ device: null, consent: { by: 'manager:manager-1' } })
  const { id } = sale()
  await stage.stopHub()
  await stage.startHub()
  await expect.poll(states, patience).toEqual({ hub: 'on', 'page:manager:manager-1': 'on' })
  expect(sale()).toMatchObject({ id, state: 'recording' })
  await sheet().getByRole('button', { name: 'End the recording' }).click()
  await tablet.getByRole('alertdialog').getByRole('button', { name: 'End the recording' }).click()
  // The tablet's own copy has what the hub lacks of its start.
  await over('not-sold')
  await tablet.keyboard.press('Escape')
}, 120_000)

test('loaded anew both are back in it, and what is lacking is named; without a seller it ends', async () => {
  await expect.poll(() => stage.hub.engine.state.devices.get('kiosk-1')?.link, patience).toBe('online')
  await begin('Kiosk 1')
  await press(kiosk, 'Yes, record it')
  await expect.poll(() => sale().state, patience).toBe('recording')
  // Away for as long as it takes to be missed, and back in the same tab.
  await Promise.all([kiosk, tablet].map((page) => page.goto('about:blank')))
  const missed = () => sale().recorders.flatMap(({ gaps }) => gaps.map(({ of }) => of))
  await expect.poll(missed, patience).toEqual(expect.arrayContaining(['kiosk:kiosk-1', 'manager:manager-1']))
  await Promise.all([kiosk, tablet].map((page) => page.goBack()))
  await tablet.getByText('Live', { exact: true }).waitFor()
  await bar().getByText('Recording', { exact: true }).waitFor()
  await kiosk.getByText('正在录音录像', { exact: true }).waitFor()
  // Nobody is asked again, and each goes on as it was.
  const on = { hub: 'on', 'page:kiosk:kiosk-1': 'on', 'page:manager:manager-1': 'on' }
  await expect.poll(states, patience).toEqual(on)
  await bar().getByRole('button', { name: 'Open the recording' }).click()
  await sheet()
    .getByText(/^A gap in the recording of/)
    .first()
    .waitFor()
  await context.close()
  await expect.poll(() => sale().state, patience).toBe('sealing')
  expect(sale().endedBy).toBe('hub')
  await over('broken')
  expect(new Set(missed())).toEqual(new Set(['kiosk:kiosk-1', 'manager:manager-1']))
}, 120_000)
