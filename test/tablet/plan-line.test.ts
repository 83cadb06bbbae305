/** The plan on a bad line: what was drawn is never lost, never saved twice, and the page says where it stands. */
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { branchOf, fileOf } from '#hub/branch/rows.ts'
import { accessibilityOf, type LobbyStage, openLobby } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby()
})
afterAll(() => stage?.stop())

const inForce = () =>
  stage.hub().engine.read((state) => ({
    revision: branchOf(state).revision,
    vip: structuredClone(fileOf(state)?.zones.find(({ id }) => id === 'vip')?.at),
    exit: structuredClone(fileOf(state)?.zones.find(({ id }) => id === 'exit')?.at),
  }))

const press = async (page: Page, id: string, keys: readonly string[]) => {
  await page.locator(`[data-zone-key=${id}]`).focus()
  for (const key of keys) await page.keyboard.press(key)
}
const bar = (page: Page) => page.getByRole('region', { name: 'What will change' })
const review = (page: Page) => page.getByRole('button', { name: 'Review' })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'What will change' })
const save = async (page: Page) => {
  await review(page).click()
  await dialog(page).getByRole('button', { name: 'Save' }).click()
}
const saved = (page: Page) => page.getByText('Saved, and in force.').waitFor()
const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor()

/** What is sent to save goes this way. */
const onSave = (page: Page, way: (route: Route) => Promise<void>) =>
  page.route('**/api/plan', (route) => (route.request().method() === 'POST' ? way(route) : route.fallback()))

test('the hub is gone while somebody draws and saves: it is said, nothing is lost, and it is saved once it is back', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  const before = await inForce()
  await press(page, 'vip', ['ArrowRight'])
  await stage.stopHub()
  await page.getByText('Live', { exact: true }).waitFor({ state: 'detached' })
  await press(page, 'vip', ['ArrowRight'])
  await save(page)
  await dialog(page).getByText('The hub did not answer; it may not be saved.').waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await bar(page).getByText('The hub did not answer').waitFor()
  // One goes on; what was refused is not said of what is another plan now.
  await press(page, 'vip', ['ArrowRight'])
  await bar(page).getByText('Not saved yet; kept on this tablet').waitFor()
  await stage.startHub()
  await page.reload()
  await live(page)
  await bar(page).getByText('1 change').waitFor()
  expect((await inForce()).vip).toEqual(before.vip)
  await save(page)
  await saved(page)
  expect(await inForce()).toMatchObject({ revision: before.revision + 1, vip: { x: 15.5, y: 1 } })
  await close()
})

test('only the answer is lost: the page finds that it is saved, and does not ask to save it again', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  const before = await inForce()
  await onSave(page, async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  await press(page, 'vip', ['ArrowUp'])
  await save(page)
  await saved(page)
  await dialog(page).waitFor({ state: 'detached' })
  expect(await bar(page).count()).toBe(0)
  const y = (before.vip?.y ?? 0) - 0.5
  expect(await inForce()).toMatchObject({ revision: before.revision + 1, vip: { y } })
  // The next change begins there, with nothing open.
  await press(page, 'vip', ['ArrowDown'])
  await bar(page).getByText('1 change').waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.getByRole('button', { name: 'Discard' }).click()
  await close()
})

test('what is drawn while a save is under way is still there when it is answered', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  const before = await inForce()
  const answer = Promise.withResolvers<void>()
  await onSave(page, async (route) => {
    const response = await route.fetch()
    await answer.promise
    await route.fulfill({ response })
  })
  await press(page, 'vip', ['ArrowLeft'])
  await save(page)
  await dialog(page).getByRole('button', { name: 'Keep editing' }).click()
  await press(page, 'exit', ['ArrowDown'])
  answer.resolve()
  await expect.poll(() => review(page).isDisabled()).toBe(false)
  // The exit and its door.
  await bar(page).getByText('2 changes').waitFor()
  expect(await page.getByText('has saved another plan meanwhile').count()).toBe(0)
  await page.unrouteAll()
  await review(page).click()
  expect(await dialog(page).locator('[data-difference="zone/exit"]').count()).toBe(1)
  expect(await dialog(page).locator('[data-difference="zone/vip"]').count()).toBe(0)
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await saved(page)
  const x = (before.vip?.x ?? 0) - 0.5
  const y = (before.exit?.y ?? 0) + 0.5
  expect(await inForce()).toMatchObject({ revision: before.revision + 2, vip: { x }, exit: { y } })
  await close()
})

test('a line that says nothing at all is not waited for without end', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  await page.clock.install()
  await page.reload()
  await live(page)
  const asked = Promise.withResolvers<void>()
  await onSave(page, async () => asked.resolve())
  await press(page, 'vip', ['ArrowDown'])
  await save(page)
  await asked.promise
  await dialog(page).getByRole('button', { name: 'Saving…' }).waitFor()
  await page.clock.fastForward(20_000)
  await dialog(page).getByText('The hub did not answer').waitFor()
  await dialog(page).getByRole('button', { name: 'Keep editing' }).click()
  await page.getByRole('button', { name: 'Discard' }).click()
  await close()
})

test('a tablet that keeps nothing says so, and what is drawn is saved all the same', async () => {
  const { page, close } = await stage.openPage({
    path: '/plan',
    before: () => {
      const set = Storage.prototype.setItem
      Storage.prototype.setItem = function (name: string, value: string) {
        if (name.startsWith('usher.plan')) throw new DOMException('full', 'QuotaExceededError')
        set.call(this, name, value)
      }
    },
  })
  const { vip } = await inForce()
  await press(page, 'vip', ['ArrowUp'])
  await bar(page).getByText('this tablet cannot keep it').waitFor()
  await press(page, 'vip', ['ArrowUp'])
  await save(page)
  await saved(page)
  expect((await inForce()).vip).toEqual({ x: vip?.x, y: (vip?.y ?? 0) - 1 })
  await close()
})

test('an earlier version that cannot be read now says so', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  await page.getByRole('button', { name: 'Versions' }).click()
  await page.route('**/api/plan?version=*', (route) => route.abort('connectionrefused'))
  await page.getByRole('dialog').getByRole('button', { name: 'Look at it' }).first().click()
  await page.getByText('The hub is not reached.').waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await close()
})
