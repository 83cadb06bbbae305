/** Policies on the tablet: a threshold is changed and found in the hub, two managers at the same flow, and a flow that asks first. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { branchOf, fileOf } from '#hub/branch/rows.ts'
import { holdLine } from '../support/held-line.ts'
import { accessibilityOf, type LobbyStage, openLobby, smallTargets } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true })
  await stage.addAccount('manager-2', ['manager'])
  await stage.addAccount('auditor-1', ['auditor'])
})
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
  await expect.poll(async () => Number(await shown(page, 'enterLength').inputValue())).toBeGreaterThan(13)
  const dragged = Number(await shown(page, 'enterLength').inputValue())

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
})

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
})

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

/** Head office's word, as a branch file brings it. */
const drawBounds = async (flow: string, bounds: Record<string, { min?: number; max?: number }>) => {
  const { engine } = stage.hub()
  const { file, revision } = await engine.read((state) => ({
    file: structuredClone(fileOf(state)),
    revision: branchOf(state).revision,
  }))
  const section = file?.flows[flow]
  if (file === undefined || section === undefined) throw new Error(flow)
  const flows = { ...file.flows, [flow]: { ...section, bounds } }
  await engine.submit({ body: { kind: 'config', file: { ...file, flows }, revision, by: 'operator' } })
}

const proposalOf = (flow: string) =>
  stage.hub().engine.read((state) => structuredClone(state.flowProposals.get(flow)))

const ask = async (page: Page, value: number, reason: string) => {
  await enter(page, 'silentAboveWaiting', value)
  await page.getByRole('button', { name: 'Review' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason, for the second person').fill(reason)
  await dialog.getByRole('button', { name: 'Ask a second person' }).click()
  await isSent(page)
}

const waits = (page: Page) => page.getByRole('heading', { name: 'Waits for a second person' })
const proposal = (page: Page) => page.locator('[data-proposal]')

test('beyond the bounds it waits for a second person, who sees it, agrees, and stands in the history', async () => {
  await drawBounds('promotion', { silentAboveWaiting: { min: 2, max: 8 } })
  const before = await settingOf('promotion')
  const one = await stage.openPage({ path: '/policies/promotion' })
  const field = one.page.locator('[data-setting=silentAboveWaiting]')
  await field.getByText('Head office allows 2 to 8').waitFor()
  await enter(one.page, 'silentAboveWaiting', 20)
  await field.getByText('a second person has to agree').waitFor()
  await one.page.getByRole('button', { name: 'Review' }).click()
  const dialog = one.page.getByRole('dialog')
  await dialog.locator('[data-change=silentAboveWaiting]').getByText('allows only 2 to 8').waitFor()
  expect(await dialog.getByRole('button', { name: 'Send', exact: true }).count()).toBe(0)
  const askSecond = dialog.getByRole('button', { name: 'Ask a second person' })
  expect(await askSecond.isDisabled()).toBe(true)
  expect(await accessibilityOf(one.page)).toEqual([])
  await dialog.getByLabel('Reason, for the second person').fill('A fair in the square today')
  await askSecond.click()
  await isSent(one.page)

  // Who asked sees that it waits, has nothing left to send, and no way to agree to it himself.
  await waits(one.page).waitFor()
  await expect
    .poll(() => waits(one.page).evaluate((head) => head.getBoundingClientRect().top))
    .toBeGreaterThan(0)
  expect(await proposal(one.page).getByRole('button').allTextContents()).toEqual(['Withdraw'])
  expect(await shown(one.page, 'silentAboveWaiting').inputValue()).toBe('4')
  expect((await settingOf('promotion'))?.policy).toEqual(before?.policy)

  const two = await stage.openPage({ path: '/policies', who: 'manager-2' })
  await two.page.locator('[data-flow=promotion]').getByText('Waits for a second person').waitFor()
  await two.page.getByRole('link', { name: 'Work', exact: true }).click()
  const card = two.page.locator('[data-waiting=promotion]')
  await card.getByText('A fair in the square today').waitFor()
  await card.getByRole('button', { name: 'Look and decide' }).click()
  const change = proposal(two.page).locator('[data-change=silentAboveWaiting]')
  expect(await change.textContent()).toMatch(/4.*20.*allows only 2 to 8/)
  await proposal(two.page).getByText('A fair in the square today').waitFor()
  // In one breath, before the page is drawn again: meant once.
  await proposal(two.page)
    .getByRole('button', { name: 'Approve' })
    .evaluate((button: { click(): void }) => [button.click(), button.click()])
  await proposal(one.page)
    .getByText(/^Approved by .*in force$/)
    .waitFor()
  expect(await settingOf('promotion')).toMatchObject({
    policy: { ...before?.policy, silentAboveWaiting: 20 },
    setBy: 'manager-1',
    approvedBy: 'manager-2',
  })
  expect(await two.page.getByText(/^Not done/).count()).toBe(0)
  await expect.poll(() => shown(one.page, 'silentAboveWaiting').inputValue()).toBe('20')

  await two.page.getByRole('button', { name: 'History' }).click()
  const version = two.page.getByRole('dialog').locator('[data-version]').first()
  for (const said of ['A fair in the square today', 'approved by']) await version.getByText(said).waitFor()
  await one.close()
  await two.close()
})

test('it is declined with a reason, after a restart of the hub too; taken up again; and withdrawn', async () => {
  const before = await settingOf('promotion')
  const one = await stage.openPage({ path: '/policies/promotion' })
  const two = await stage.openPage({ path: '/policies/promotion', who: 'manager-2' })
  await ask(one.page, 30, 'Pension day')
  await waits(two.page).waitFor()
  await stage.stopHub()
  await stage.startHub()
  await two.page.getByText('Live', { exact: true }).waitFor()
  await proposal(two.page).getByRole('button', { name: 'Decline' }).click()
  await two.page.getByRole('dialog').getByRole('textbox').fill('The screens are off today')
  await two.page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()

  await proposal(one.page).getByText('Declined by').waitFor()
  await proposal(one.page).getByText('The screens are off today').waitFor()
  await proposal(one.page).getByRole('button', { name: 'Edit it again' }).click()
  expect(await shown(one.page, 'silentAboveWaiting').inputValue()).toBe('30')
  await one.page.getByRole('button', { name: 'Review' }).click()
  // What was said of the last one is not said of this one.
  const reason = one.page.getByRole('dialog').getByLabel('Reason, for the second person')
  expect(await reason.inputValue()).toBe('')
  await reason.fill('Pension day, with the screens on')
  await one.page.getByRole('dialog').getByRole('button', { name: 'Ask a second person' }).click()
  await isSent(one.page)
  await waits(two.page).waitFor()
  await proposal(one.page).getByRole('button', { name: 'Withdraw' }).click()
  await waits(two.page).waitFor({ state: 'detached' })
  expect(await proposalOf('promotion')).toMatchObject({ state: 'withdrawn', endedBy: 'manager-1' })
  expect(await settingOf('promotion')).toEqual(before)
  await one.close()
  await two.close()
})

/** As from another tablet. */
const propose = async (silentAboveWaiting: number, reason: string) => {
  const { policy = {}, revision = 0 } = (await settingOf('promotion')) ?? {}
  const wish = { flow: 'promotion', autonomy: null, policy: { ...policy, silentAboveWaiting }, revision }
  const command = { name: 'flow.propose' as const, ...wish, reason, by: 'manager-2' }
  await stage.hub().engine.submit({ body: { kind: 'command', command } })
  return (await proposalOf('promotion'))?.id ?? ''
}

const withdraw = async (proposal: string) => {
  const command = { name: 'flow.withdraw' as const, flow: 'promotion', proposal, by: 'manager-2' }
  await stage.hub().engine.submit({ body: { kind: 'command', command } })
}

test('what somebody began to say of one change is not said of the next one that waits', async () => {
  const first = await propose(32, 'Pension day')
  const { page, close } = await stage.openPage({ path: '/policies/promotion' })
  const line = await holdLine(page)
  await proposal(page).getByRole('button', { name: 'Decline' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Pension day was yesterday')
  // Both come to the page at once.
  line.hold()
  await withdraw(first)
  const second = await propose(33, 'A fair in the square')
  line.release()
  await proposal(page).getByText('A fair in the square').waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await withdraw(second)
  await close()
})

test('who sets something else meanwhile is told that it ends what waits, and so is who asked for it', async () => {
  const one = await stage.openPage({ path: '/policies/promotion' })
  const two = await stage.openPage({ path: '/policies/promotion', who: 'manager-2' })
  await ask(one.page, 31, 'Pension day')
  await waits(two.page).waitFor()
  await two.page.getByRole('radio', { name: 'Suggest' }).click()
  const question = two.page.getByRole('alertdialog')
  await question.getByText('Setting how it runs ends that').waitFor()
  await question.getByRole('button', { name: 'Leave it' }).click()
  expect(await proposalOf('promotion')).toMatchObject({ state: 'open' })
  await enter(two.page, 'silentAboveWaiting', 6)
  await two.page.getByRole('button', { name: 'Review' }).click()
  await two.page.getByRole('dialog').getByText('Sending this one ends it').waitFor()
  await two.page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
  await isSent(two.page)
  await proposal(one.page).getByText('Ended:').waitFor()
  expect(await settingOf('promotion')).toMatchObject({
    policy: { silentAboveWaiting: 6 },
    setBy: 'manager-2',
    approvedBy: null,
  })
  await one.close()
  await two.close()
})

test('where a change waits it is still said that no task fits the filter', async () => {
  const id = await propose(34, 'Pension day')
  const { page, close } = await stage.openPage({ path: '/work', who: 'manager-2' })
  await page.locator('[data-waiting=promotion]').waitFor()
  await page.getByRole('radio', { name: 'Mine' }).click()
  await page.getByText('Nothing fits the filter').waitFor()
  await page.locator('[data-waiting=promotion]').waitFor()
  await withdraw(id)
  await close()
})

test.each(['zh', 'en'] as const)('nobody is shut out of what waits (%s)', async (tongue) => {
  const revision = (await settingOf('promotion'))?.revision ?? 0
  const policy = { ...(await settingOf('promotion'))?.policy, silentAboveWaiting: 40 }
  const command = { flow: 'promotion', autonomy: null, policy, revision, reason: '发薪日', by: 'manager-2' }
  await stage
    .hub()
    .engine.submit({ body: { kind: 'command', command: { name: 'flow.propose', ...command } } })
  const { page, close } = await stage.openPage({ tongue, size: 'portrait' })
  for (const [path, mark] of [
    ['/policies', '[data-flow=promotion]'],
    ['/policies/promotion', '[data-proposal]'],
    ['/work', '[data-waiting=promotion]'],
  ] as const) {
    await page.goto(`/lobby${path}`)
    await page.locator(mark).waitFor()
    expect(await accessibilityOf(page)).toEqual([])
    expect(await smallTargets(page)).toEqual([])
  }
  const id = (await proposalOf('promotion'))?.id ?? ''
  await stage.hub().engine.submit({
    body: {
      kind: 'command',
      command: { name: 'flow.withdraw', flow: 'promotion', proposal: id, by: 'manager-2' },
    },
  })
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
