/** Work on the tablet, in a branch with people in it: what is done and why, and what a person orders by hand. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityOf, type LobbyStage, openLobby, smallTargets } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true })
}, 60_000)
afterAll(() => stage?.stop())

test('a task is seen as it goes on, and says why: what happened, who was chosen among whom, and what became of it', async () => {
  const { page, close } = await stage.openPage({ path: '/work' })
  const row = page.locator('main li[data-task]').first()
  await row.getByRole('button', { name: 'Why?' }).click()
  const why = page.getByRole('dialog', { name: 'Why this was done' })
  for (const part of ['What happened', 'Who was chosen', 'What became of it', 'Decided by'])
    await why.getByRole('heading', { name: part }).waitFor()
  await why
    .getByText(/\d+ points/)
    .first()
    .waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await why.waitFor({ state: 'detached' })
  await close()
})

test('what is cancelled can be taken back for a moment', async () => {
  const { page, close } = await stage.openPage({ path: '/work' })
  const row = page
    .locator('main section li[data-task]')
    .filter({ has: page.getByRole('button', { name: 'Cancel' }) })
  const id = await row.first().getAttribute('data-task')
  const same = page.locator(`main li[data-task="${id}"]`)
  await same.getByRole('button', { name: 'Cancel' }).click()
  await same.getByRole('button', { name: 'Undo' }).click()
  expect(await same.getByRole('button', { name: 'Undo' }).count()).toBe(0)
  await close()
})

test.each(['zh', 'en'] as const)('nobody is shut out of it (%s)', async (tongue) => {
  const { page, close } = await stage.openPage({ tongue, size: 'portrait', path: '/work' })
  await page.locator('main li[data-task]').first().waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  expect(await smallTargets(page)).toEqual([])
  await page.getByRole('button', { name: /^(发起|Act)$/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button').first().waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  expect(await smallTargets(page)).toEqual([])
  await close()
})
