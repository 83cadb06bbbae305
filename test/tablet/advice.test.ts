/**
 * Advice on the tablet: a queue builds, the page says what opening a counter would change, one tap asks the person who
 * can open it, and what becomes of that stands where it was pressed. And what that person hears and feels of it.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command } from '#hub/engine/entry.ts'
import { accessibilityOf, type LobbyStage, openLobby, smallTargets } from '../support/lobby.ts'

let stage: LobbyStage

const order = (command: Command) => stage.hub().engine.submit({ body: { kind: 'command', command } })

/** What is left to people is advised; what the automation does by itself needs no advice. */
const setFlow = (flow: string, autonomy: 'off' | 'automatic') =>
  stage
    .hub()
    .engine.read((state) => state.flowSettings.get(flow)?.revision ?? 0)
    .then((revision) => order({ name: 'flow.set', flow, autonomy, policy: null, revision, by: 'manager-1' }))

/** Two of three counters serve it. */
const queueOf = (waiting: number) =>
  stage.hub().engine.submit({
    body: {
      kind: 'event',
      device: 'tickets-1',
      name: 'queue.snapshot',
      data: {
        service: 'card',
        waiting,
        announcedWaitMs: waiting * 60_000,
        countersOpen: 2,
        observedAgoMs: 0,
      },
    },
  })

const callOf = () =>
  stage
    .hub()
    .engine.read((state) => state.tasks.values().find(({ intent }) => intent.subject.counter === 'counter-4'))

const adviceIn = (page: Page) => page.getByRole('list', { name: /^(Advice|建议)$/ }).getByRole('listitem')

/** What is longer than the sheet is reached without a finger. */
const isReadByKeys = async (page: Page) => {
  const body = page.getByRole('dialog').locator('div[tabindex="0"]').first()
  await body.focus()
  await page.keyboard.press('End')
  await expect
    .poll(() => body.evaluate(({ scrollTop }: { scrollTop: number }) => scrollTop))
    .toBeGreaterThan(0)
  expect(await accessibilityOf(page)).toEqual([])
}

beforeAll(async () => {
  stage = await openLobby()
  await stage.addAccount('lobby-1', ['manager'])
  await setFlow('diversion', 'off')
})
afterAll(() => stage?.stop())

test('a queue builds, the counter that would help is asked for with one tap, and it goes to who can open it', async () => {
  const { page, close } = await stage.openPage({ who: 'lobby-1', path: '/queues' })
  const asked = await stage.openPage({ who: 'manager-1', size: 'phone', path: '/mine' })
  await page.getByRole('article').first().waitFor()
  expect(await adviceIn(page).count()).toBe(0)

  await queueOf(14)
  const advice = adviceIn(page)
  await advice.getByText('Open Counter 4').waitFor()
  await advice.getByText('The wait for Cards falls from 14 min to 9 min').waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  expect(await smallTargets(page)).toEqual([])

  // In one breath: it is asked once.
  await advice
    .getByRole('button', { name: 'Ask Duty manager' })
    .evaluate((button: { click(): void }) => [button.click(), button.click()])
  await advice.getByRole('button', { name: 'Ask Duty manager' }).waitFor({ state: 'detached' })
  const lane = page.getByRole('article').filter({ hasText: 'Cards' })
  await lane.getByText('Duty manager is asked to open Counter 4').waitFor()
  expect(await callOf()).toMatchObject({
    flow: 'request',
    intent: { capability: 'call-staff', because: { code: 'asked-by-hand', params: { by: 'lobby-1' } } },
    attempts: [{ member: 'person/manager-1' }],
  })
  const requests = await stage
    .hub()
    .engine.read((state) => state.tasks.values().filter(({ flow }) => flow === 'request').length)
  expect(requests).toBe(1)

  await page.setViewportSize({ width: 1024, height: 420 })
  await lane.getByRole('button', { name: 'Why?' }).click()
  const why = page.getByRole('dialog', { name: 'Why this was done' })
  await why
    .getByText('lobby-1 asked for it')
    .or(why.getByText('Lobby manager asked for it'))
    .first()
    .waitFor()
  await isReadByKeys(page)
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1280, height: 800 })

  const card = asked.page.locator('main li[data-task]')
  await card.getByText('Please open Counter 4').waitFor()
  await card.getByRole('button', { name: 'Accept' }).click()
  await lane.getByText('Duty manager is opening Counter 4').waitFor()
  // Said once: nobody sends a second person there.
  await advice.waitFor({ state: 'detached' })
  await asked.page.getByRole('button', { name: 'Done' }).click()
  await lane.getByText('Duty manager is opening Counter 4').waitFor({ state: 'detached' })
  expect(await callOf()).toBeUndefined()
  await asked.close()
  await close()
}, 120_000)

test('where it is refused, why stands in the language that the page has by now, and it can be pressed again', async () => {
  const { page, close } = await stage.openPage({ who: 'lobby-1', path: '/queues' })
  await queueOf(15)
  await adviceIn(page).getByText('Open Counter 4').waitFor()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: '中文' }).click()
  await page.keyboard.press('Escape')
  await setFlow('request', 'off')
  const button = adviceIn(page).getByRole('button', { name: '请值班经理开放' })
  await button.click()
  await adviceIn(page).getByText('该流程已关闭', { exact: false }).waitFor()
  expect(await page.getByText('switched off', { exact: false }).count()).toBe(0)
  await setFlow('request', 'automatic')
  await button.click()
  await page
    .getByRole('article')
    .filter({ hasText: '银行卡业务' })
    .getByText('已请值班经理开放 4 号窗口')
    .waitFor()
  await close()
}, 120_000)

/** Whatever the page sounds with, within reach of the test: a tablet that sleeps or takes a call suspends it. */
const watchSound = () => {
  const page = globalThis as unknown as { AudioContext: new () => object; made: object[] }
  const Real = page.AudioContext
  page.made = []
  page.AudioContext = class extends Real {
    constructor() {
      super()
      page.made.push(this)
    }
  }
}

test('a page that fell silent says so, and sounds again at the next touch, however often', async () => {
  const { page, close } = await stage.openPage({
    who: 'manager-1',
    size: 'phone',
    path: '/mine',
    before: watchSound,
  })
  const hint = page.getByText('Turn the sound on to hear and feel new tasks.')
  const touch = () => page.getByRole('heading', { name: 'My tasks' }).click()
  await touch()
  await hint.waitFor({ state: 'detached' })
  for (let time = 0; time < 2; time += 1) {
    await page.evaluate('Promise.all(made.map((one) => one.suspend()))')
    await hint.waitFor()
    await touch()
    await hint.waitFor({ state: 'detached' })
  }
  await close()
})
