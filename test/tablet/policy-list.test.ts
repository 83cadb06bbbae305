/** The list of policies on the tablet: what is turned off or asks first, and campaigns, with one tap each. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { flows } from '#flows/index.ts'
import { type LobbyStage, openLobby } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true })
})
afterAll(() => stage?.stop())

const settingOf = (flow: string) =>
  stage.hub().engine.read((state) => structuredClone(state.flowSettings.get(flow)))

test('what may not be paused is asked about before it is turned off, from the first moment the list is there', async () => {
  const { page, close } = await stage.openPage({ path: '/floor' })
  await page.route('**/api/flows?*', () => undefined)
  await page.getByRole('link', { name: 'Policies', exact: true }).click()
  const row = page.locator('[data-flow=assistance]')
  const { pausable } = flows.find(({ id }) => id === 'assistance') ?? {}
  expect(pausable).toBe(false)
  const before = await settingOf('assistance')
  await row.getByRole('radio', { name: 'Off' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave it' }).click()
  expect(await settingOf('assistance')).toEqual(before)
  await close()
})

let people = 0
const comesIn = () => {
  const data = { zone: 'entrance', track: `new-${(people += 1)}`, direction: 'in' }
  return stage
    .hub()
    .engine.submit({ body: { kind: 'event', device: 'tester-1', name: 'visitor.detected', data } })
}

test('a flow on suggestion asks first: its card stands under work', async () => {
  const { page, close } = await stage.openPage({ path: '/policies' })
  const row = page.locator('[data-flow=greeting]')
  await row.getByRole('radio', { name: 'Suggest' }).click()
  await expect.poll(() => settingOf('greeting')).toMatchObject({ autonomy: 'suggest', setBy: 'manager-1' })
  await row.getByText(/^Set by/).waitFor()
  await page.getByRole('link', { name: 'Work', exact: true }).click()
  // When somebody comes in is for luck: here people do, until one is to be greeted.
  const cards = page.getByRole('heading', { name: /^Suggestions/ })
  await expect.poll(async () => (await comesIn()) && (await cards.count()), { interval: 1_000 }).toBe(1)
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
    await expect.poll(() => campaign.getByRole('switch').isChecked()).toBe(wanted)
  }
  await close()
})
