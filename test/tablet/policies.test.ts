/** Policies on the tablet: a threshold is changed and found in the hub, two managers at the same flow, and a flow that asks first. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holdLine } from '../support/held-line.ts'
import { accessibilityOf, type LobbyStage, openLobby, smallTargets } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true })
  await stage.addAccount('manager-2', ['manager'])
  await stage.addAccount('auditor-1', ['auditor'])
}, 60_000)
afterAll(() => stage?.stop())

const settingOf = (flow: string) =>
  stage.hub().engine.read((state) => structuredClone(state.flowSettings.get(flow)))

const enter = async (page: Page, setting: string, value: number) => {
  const input = page.locator(`[data-setting=${setting}] input[inputmode]`)
  await input.fill(`${value}`)
  await input.press('Enter')
}

const shown = (page: Page, setting: string) => page.locator(`[data-setting=${setting}] input[inputmode]`)

const send = async (page: Page) => {
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
}

const isSent = (page: Page) =>
  page.getByRole('region', { name: 'What will change' }).waitFor({ state: 'detached' })

test('a threshold is changed by typing, by stepping and by its line, read once more, and is in force', async () => {
  const before = await settingOf('diversion')
  const { page, close } = await stage.openPage({ path: '/policies/diversion' })
  await enter(page, 'enterLength', 11)
  await page
    .locator('[data-setting=enterLength]')
    .getByRole('button', { name: /^Increase/ })
    .click()
  const line = page.getByRole('slider', { name: 'Waiting tickets from which a queue is under pressure' })
  await line.press('ArrowUp')
  expect(await shown(page, 'enterLength').inputValue()).toBe('13')
  const handle = (await line.boundingBox()) ?? { x: 0, y: 0 }
  await page.mouse.move(handle.x + 24, handle.y + 24)
  await page.mouse.down()
  await page.mouse.move(handle.x + 24, handle.y - 40, { steps: 4 })
  await page.mouse.up()
  const dragged = Number(await shown(page, 'enterLength').inputValue())
  expect(dragged).toBeGreaterThan(13)

  await page.getByRole('button', { name: 'Review' }).click()
  const change = page.getByRole('dialog').locator('[data-change=enterLength]')
  expect(await change.textContent()).toContain(`${before?.policy['enterLength'] as number}`)
  expect(await change.textContent()).toContain(`${dragged}`)
  expect(await accessibilityOf(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
  await isSent(page)
  const after = await settingOf('diversion')
  expect(after).toMatchObject({ setBy: 'manager-1', policy: { ...before?.policy, enterLength: dragged } })

  await page.getByRole('button', { name: 'History' }).click()
  const version = page.getByRole('dialog').locator(`[data-version="${after?.revision}"]`)
  expect(await version.textContent()).toContain(`${dragged}`)
  await page
    .getByRole('dialog')
    .locator(`[data-version="${before?.revision}"]`)
    .getByRole('button', { name: 'Back to this' })
    .click()
  await send(page)
  await isSent(page)
  expect(await settingOf('diversion')).toMatchObject({ policy: { ...before?.policy } })
  await close()
}, 60_000)

test('two managers at one flow: the second is told, keeps what was typed, and decides', async () => {
  const one = await stage.openPage({ path: '/policies/diversion' })
  const two = await stage.openPage({ path: '/policies/diversion', who: 'manager-2' })
  const line = await holdLine(two.page)
  await enter(two.page, 'enterLength', 20)
  await enter(two.page, 'leaveLength', 3)
  // What the first does has not reached the second when he sends his.
  line.hold()
  await enter(one.page, 'enterLength', 15)
  await send(one.page)
  await isSent(one.page)
  const first = await settingOf('diversion')
  expect(first).toMatchObject({ setBy: 'manager-1', policy: { enterLength: 15 } })
  await send(two.page)
  await two.page.getByRole('dialog').getByText('Sent').waitFor()
  line.release()

  const clash = two.page.locator('[data-clash=enterLength]')
  await clash.waitFor()
  expect(await settingOf('diversion')).toEqual(first)
  expect(await shown(two.page, 'enterLength').inputValue()).toBe('20')
  expect(await shown(two.page, 'leaveLength').inputValue()).toBe('3')
  expect(await two.page.getByRole('button', { name: 'Review' }).isDisabled()).toBe(true)
  expect(await accessibilityOf(two.page)).toEqual([])
  await clash.getByRole('button', { name: 'You: 20' }).click()
  await send(two.page)
  await isSent(two.page)
  expect(await settingOf('diversion')).toMatchObject({
    setBy: 'manager-2',
    policy: { enterLength: 20, leaveLength: 3 },
  })
  await expect.poll(() => shown(one.page, 'enterLength').inputValue()).toBe('20')
  await one.close()
  await two.close()
}, 60_000)

test('what the hub finds wrong is said where it is, and nothing of it is lost', async () => {
  const { page, close } = await stage.openPage({ path: '/policies/diversion' })
  const before = await shown(page, 'leaveLength').inputValue()
  await enter(page, 'leaveLength', 40)
  await send(page)
  await page
    .getByRole('dialog')
    .getByText('must be below Waiting tickets from which a queue is under pressure')
    .waitFor()
  await page.keyboard.press('Escape')
  expect(await shown(page, 'leaveLength').inputValue()).toBe('40')
  await page.reload()
  await page.getByRole('button', { name: 'Discard' }).click()
  expect(await shown(page, 'leaveLength').inputValue()).toBe(before)
  await close()
})

test('a flow on suggestion asks first: its card stands under work', async () => {
  const { page, close } = await stage.openPage({ path: '/policies' })
  const row = page.locator('[data-flow=greeting]')
  await row.getByRole('radio', { name: 'Suggest' }).click()
  await expect.poll(() => settingOf('greeting')).toMatchObject({ autonomy: 'suggest', setBy: 'manager-1' })
  await row.getByText(/^Set by/).waitFor()
  await page.getByRole('link', { name: 'Work', exact: true }).click()
  await page.getByRole('heading', { name: /^Suggestions/ }).waitFor()
  await close()
})

test('a campaign is switched off, and on again', async () => {
  const { page, close } = await stage.openPage({ path: '/policies' })
  const campaign = page.locator('[data-campaign]').first()
  const id = (await campaign.getAttribute('data-campaign')) ?? ''
  const isOn = () => stage.hub().engine.read((state) => state.campaigns.get(id)?.on !== false)
  for (const wanted of [false, true]) {
    await campaign.locator('label').click()
    await expect.poll(isOn).toBe(wanted)
    expect(await campaign.getByRole('switch').isChecked()).toBe(wanted)
  }
  await close()
})

test('an auditor reads, and changes nothing', async () => {
  const { page, close } = await stage.openPage({ path: '/policies/diversion', who: 'auditor-1' })
  await shown(page, 'enterLength').waitFor()
  expect(await shown(page, 'enterLength').isDisabled()).toBe(true)
  expect(await page.getByRole('slider').count()).toBe(0)
  expect(await page.getByRole('radio', { name: 'Off' }).isDisabled()).toBe(true)
  await close()
})

test.each(['zh', 'en'] as const)('nobody is shut out of it (%s)', async (tongue) => {
  const { page, close } = await stage.openPage({ tongue, size: 'portrait', path: '/policies' })
  for (const path of ['/policies', '/policies/promotion']) {
    await page.goto(`/lobby${path}`)
    await page.locator('[data-flow], [data-setting]').first().waitFor()
    expect(await accessibilityOf(page)).toEqual([])
    expect(await smallTargets(page)).toEqual([])
  }
  await close()
})
