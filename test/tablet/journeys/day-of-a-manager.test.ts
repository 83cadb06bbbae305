/**
 * A day of the lobby manager, before a branch with people in it: one journey, each part of it at one of the three sizes of
 * a tablet.
 */
import mqtt from 'mqtt'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LobbyStage, openLobby } from '../../support/lobby.ts'

/** The simulated people come at a human pace. */
const queueMs = 150_000

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true, keepsPages: true })
})
afterAll(() => stage?.stop())

const to = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name, exact: true }).click()

const crowdVip = async () => {
  const sensor = await mqtt.connectAsync(`mqtt://127.0.0.1:${stage.hub().ports.mqtt}`, {
    clientId: 'demo/tester-1',
  })
  const data = JSON.stringify({ zone: 'vip', count: 40, observedAgoMs: 0 })
  await sensor.publishAsync('usher/v1/demo/tester-1/event/zone.count', data, { qos: 1 })
  await sensor.endAsync()
}

test('1280 × 800: the shift begins, an alert is taken, and a robot is held by hand', async () => {
  const { page, close } = await stage.openPage({ shift: true })
  const start = page.getByRole('dialog', { name: 'Start your shift' })
  await start.getByText('Good, data are live.').waitFor()
  await start.getByRole('button', { name: 'Try it' }).click()
  await start.getByText('Did you hear it?', { exact: false }).waitFor()
  await start.getByRole('button', { name: 'Start', exact: true }).click()
  await start.waitFor({ state: 'detached' })

  await crowdVip()
  await to(page, 'Alerts')
  const card = page.locator('main li[data-alert]').filter({ hasText: 'VIP room' })
  await card.getByRole('button', { name: 'Claim' }).click()
  await card.getByText('You are on it').waitFor()
  const claimed = await stage
    .hub()
    .engine.read((state) => state.alerts.values().find(({ params }) => params['zone'] === 'vip')?.claimedBy)
  expect(claimed).toBe('manager-1')

  await to(page, 'Floor')
  const robot = page.locator('[data-device=robot-3]')
  await robot.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Guide robot' })
  await sheet.getByRole('button', { name: 'Hold for 15 min' }).click()
  await sheet.getByText('Done', { exact: true }).waitFor()
  await sheet.getByText('Held by Duty manager').first().waitFor()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  // The hand and the name stand on the plan itself.
  await robot.getByText('Held by Duty manager').waitFor()
  expect(await robot.getAttribute('aria-label')).toContain('Held by Duty manager')
  await robot.press('Enter')
  await sheet.getByRole('button', { name: 'Release', exact: true }).click()
  await sheet.getByRole('button', { name: 'Hold for 15 min' }).waitFor()
  await close()
})

test(
  '1024 × 768: a queue builds and is relieved, with the reason; a guide is seen beforehand, sent and followed',
  async () => {
    const { page, close } = await stage.openPage({ size: 'small', path: '/queues' })
    await page.getByText('Under pressure').first().waitFor({ timeout: queueMs })
    const invited = page.getByRole('listitem').filter({ hasText: /\d+ invited to kiosks/ })
    await invited.last().getByRole('button', { name: 'Why?' }).click({ timeout: queueMs })
    const why = page.getByRole('dialog')
    for (const part of ['What happened', 'Decided by'])
      await why.getByRole('heading', { name: part }).first().waitFor()
    // What set it off, who was chosen among whom, and what became of it.
    await why.getByText('The queue is long and a kiosk is free').waitFor()
    await why
      .getByText(/\d+ points/)
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
    await why.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Act', exact: true }).click()
    const act = page.getByRole('dialog')
    await act.getByRole('button', { name: 'Guide', exact: true }).click()
    await act.getByRole('searchbox').first().fill('VIP')
    await act.getByRole('button', { name: /^VIP room/ }).click()
    // Who would do it, before anybody is asked.
    const who = act.locator('section').filter({ has: page.getByRole('heading', { name: 'Who does it' }) })
    await who
      .getByText(/at once|in about|Nobody could do it now/)
      .first()
      .waitFor()
    await act.getByRole('button', { name: 'Send', exact: true }).click()
    await act.getByRole('button', { name: 'Why?' }).waitFor()
    const asked = await stage
      .hub()
      .engine.read((state) => state.tasks.values().find(({ flow }) => flow === 'request')?.intent.capability)
    expect(asked).toBe('guide')
    // Its life goes on by itself, to its end.
    await act
      .getByText(/^(done|failed|cancelled|expired before anybody began)$/i)
      .first()
      .waitFor({ timeout: queueMs })
    await act.getByRole('button', { name: 'Close', exact: true }).last().click()
    await close()
  },
  3 * queueMs,
)

test('768 × 1024: a threshold is changed, and the automation is paused and resumed', async () => {
  const { page, close } = await stage.openPage({ size: 'portrait', path: '/policies/diversion' })
  const before = await stage.hub().engine.read((state) => state.flowSettings.get('diversion'))
  const field = page.locator('[data-setting=enterLength]')
  await field.locator('button[slot=increment]').click()
  const wanted = Number(await field.locator('input[inputmode]').inputValue())
  expect(wanted).toBe((before?.policy['enterLength'] as number) + 1)
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('region', { name: 'What will change' }).waitFor({ state: 'detached' })
  expect(await stage.hub().engine.read((state) => state.flowSettings.get('diversion'))).toMatchObject({
    setBy: 'manager-1',
    revision: (before?.revision ?? 0) + 1,
    policy: { enterLength: wanted },
  })

  await page.getByRole('button', { name: /Automation/ }).click()
  await page.getByRole('button', { name: '10 min' }).click()
  await page.getByText('Automation is paused until', { exact: false }).waitFor()
  expect(await stage.hub().engine.read((state) => state.branch.values()[0]?.paused?.by)).toBe('manager-1')
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Automation is paused until', { exact: false }).waitFor({ state: 'detached' })
  expect(await stage.hub().engine.read((state) => state.branch.values()[0]?.paused)).toBe(null)
  await close()
})
