/** The floor editor on the tablet: a zone moved by keys is where everybody sees it, and two editors lose nothing. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileOf } from '#hub/branch/rows.ts'
import { holdLine } from '../support/held-line.ts'
import { accessibilityOf, type LobbyStage, openLobby, smallTargets } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby()
  await stage.addAccount('admin-2', ['admin'])
  await stage.addAccount('auditor-1', ['auditor'])
})
afterAll(() => stage?.stop())

const planInForce = () =>
  stage.hub().engine.read((state) => {
    const file = fileOf(state)
    return structuredClone({ zones: file?.zones ?? [], places: file?.places ?? [] })
  })
const zoneInForce = async (id: string) => (await planInForce()).zones.find((zone) => zone.id === id)
const placeInForce = async (id: string) => (await planInForce()).places.find((place) => place.id === id)

const zone = (page: Page, id: string) => page.locator(`[data-zone-key=${id}]`)

const press = async (page: Page, id: string, keys: readonly string[]) => {
  await zone(page, id).focus()
  for (const key of keys) await page.keyboard.press(key)
}

const review = (page: Page) => page.getByRole('button', { name: 'Review' })
const save = async (page: Page) => {
  await review(page).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
}
const isSaved = (page: Page) => review(page).waitFor({ state: 'detached' })

test('a zone is moved by keys, taken back, moved again and saved: the floor of another shows it there', async () => {
  const floor = await stage.openPage({ path: '/floor' })
  const drawn = () => floor.page.locator('path[data-zone=vip]').getAttribute('d')
  await expect.poll(drawn).toBe('M11 0L16 0L16 3L11 3Z')
  const { page, close } = await stage.openPage({ path: '/plan', who: 'admin-2' })
  await press(page, 'vip', ['Shift+ArrowRight', 'ArrowUp', 'ArrowUp', 'Control+z'])
  expect(await zone(page, 'vip').getAttribute('d')).toBe('M13 -0.5L18 -0.5L18 2.5L13 2.5Z')
  await page.keyboard.press('Control+Shift+Z')
  // The first corner comes after its zone.
  await press(page, 'vip', ['Tab', 'ArrowLeft'])
  expect(await page.locator(':focus').getAttribute('aria-label')).toContain('corner 1 of 4: 12.5, -1 m')
  expect(await accessibilityOf(page)).toEqual([])
  expect(await smallTargets(page)).toEqual([])

  await page.reload()
  await page.getByText('Not saved yet; kept on this tablet').waitFor()
  await review(page).click()
  const change = page.getByRole('dialog').locator('[data-difference="zone/vip"]')
  expect(await change.textContent()).toContain('VIP room')
  expect(await accessibilityOf(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await isSaved(page)
  expect((await zoneInForce('vip'))?.area).toEqual([
    { x: 12.5, y: -1 },
    { x: 18, y: -1 },
    { x: 18, y: 2 },
    { x: 13, y: 2 },
  ])
  await expect.poll(drawn).toBe('M12.5 -1L18 -1L18 2L13 2Z')

  await page.getByRole('button', { name: 'Versions' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Look at it' }).first().click()
  await page.getByRole('button', { name: 'Back to this' }).click()
  await save(page)
  await isSaved(page)
  await expect.poll(drawn).toBe('M11 0L16 0L16 3L11 3Z')
  await close()
  await floor.close()
})

test('a zone is drawn and moved by hand, and what is wrong is said before it is sent', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  const svg = page.getByRole('group', { name: 'Plan, grid of 0.5 m' })
  const box = (await svg.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const k = box.width / 20
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    const at = ({ x, y }: { x: number; y: number }) => [box.x + (x + 2) * k, box.y + (y + 2) * k] as const
    await page.mouse.move(...at(from))
    await page.mouse.down()
    await page.mouse.move(...at(to), { steps: 4 })
    await page.mouse.up()
  }
  await page.getByRole('button', { name: 'Draw a zone' }).click()
  await drag({ x: 0.1, y: 0.1 }, { x: 2.4, y: 2.6 })
  await expect.poll(() => zone(page, 'zone-1').getAttribute('d')).toBe('M0 0L2.5 0L2.5 2.5L0 2.5Z')
  await drag({ x: 1, y: 1 }, { x: 1.5, y: 2 })
  await expect.poll(() => zone(page, 'zone-1').getAttribute('d')).toBe('M0.5 1L3 1L3 3.5L0.5 3.5Z')
  // One step, however long the way.
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await zone(page, 'zone-1').getAttribute('d')).toBe('M0 0L2.5 0L2.5 2.5L0 2.5Z')

  await page.getByRole('textbox', { name: 'Name in files' }).fill('Not a name')
  await page.getByText('Use only lower-case letters').waitFor()
  await page.getByRole('textbox', { name: 'Name in files' }).fill('nook')
  await page.getByRole('textbox', { name: 'Corner 1 X' }).fill('1')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Corner 1 Y' }).fill('4')
  await page.keyboard.press('Enter')
  await page.locator('[data-fault=crossed]').waitFor()
  expect(await review(page).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Discard' }).click()
  await isSaved(page)

  // The hub knows what else is there: a counter stands in this zone.
  await page.locator('[data-thing="zone/counters"]').click()
  await page.getByRole('button', { name: 'Remove the zone' }).click()
  await save(page)
  await page.getByRole('dialog').getByText('config.invalid').waitFor()
  await page.getByRole('dialog').getByText('there is no zone “counters”').first().waitFor()
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await page.getByRole('link', { name: 'Queues' }).click()
  await page
    .getByRole('dialog', { name: 'The plan is not saved yet' })
    .getByRole('button', { name: 'Stay' })
    .click()
  await page.getByRole('button', { name: 'Discard' }).click()
  expect(await zoneInForce('counters')).toBeDefined()
  await close()
})

test('who is heard where and what is kept clear is chosen by the names of zones and places, and is in force', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  await page.locator('[data-thing="zone/waiting"]').click()
  const heard = page.getByLabel('Heard together with')
  expect(await heard.inputValue()).toBe('')
  await heard.selectOption({ label: 'Entrance · Exit' })
  await page.getByText('hall-spot', { exact: true }).click()
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await page.locator('[data-thing="place/exit-door"]').click()
  await page.getByText('Keep it clear').click()
  await review(page).click()
  const change = page.getByRole('dialog').locator('[data-difference="zone/waiting"]')
  expect(await change.textContent()).toContain('heard together with No other zone → Entrance · Exit')
  expect(await change.textContent()).toContain('to be kept clear None → hall-spot')
  expect(await accessibilityOf(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await isSaved(page)
  expect(await zoneInForce('waiting')).toMatchObject({ sound: 'front', keepClear: ['hall-spot'] })
  expect(await zoneInForce('exit')).toMatchObject({ sound: 'front', keepClear: [] })
  await page.getByRole('button', { name: 'hall-spot, kept clear, 8, 8 m' }).waitFor()
  await close()
})

test('who works with keys alone is not lost between the list and the thing', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  const focused = () => page.locator(':focus').getAttribute('data-thing')
  const back = page.getByRole('button', { name: 'Back to the list' })
  await page.locator('[data-thing="place/hall-spot"]').press('Enter')
  await back.and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('place/hall-spot')
  // On the plan itself the keys stay with what they move.
  await press(page, 'vip', ['ArrowRight'])
  expect(await page.locator(':focus').getAttribute('data-zone-key')).toBe('vip')
  await page.getByRole('button', { name: 'Remove the zone' }).press('Enter')
  await expect.poll(focused).toBe('zone/entrance')
  await page.getByRole('button', { name: 'Discard' }).press('Enter')
  await close()
})

test('two editors: the second is told what the first did, keeps his own, and puts it on top', async () => {
  const one = await stage.openPage({ path: '/plan' })
  const two = await stage.openPage({ path: '/plan', who: 'admin-2' })
  const line = await holdLine(two.page)
  await press(two.page, 'exit', ['Shift+ArrowLeft'])
  line.hold()
  await press(one.page, 'vip', ['ArrowRight'])
  await save(one.page)
  await isSaved(one.page)
  const first = await zoneInForce('vip')
  expect(first?.at).toEqual({ x: 14.5, y: 1 })
  // He has not heard of it when he sends his own.
  await save(two.page)
  await two.page.getByRole('heading', { name: 'has saved another plan meanwhile' }).waitFor()
  line.release()
  expect(await zoneInForce('exit')).toMatchObject({ at: { x: 1, y: 9 } })
  expect(await two.page.locator('[data-difference="zone/vip"]').textContent()).toContain(
    'moved by 0.5, 0.0 m',
  )
  expect(await review(two.page).isDisabled()).toBe(true)
  expect(await accessibilityOf(two.page)).toEqual([])
  // Theirs, and back to one's own: neither is gone.
  await two.page.getByRole('button', { name: /^Theirs/ }).click()
  // What was reviewed before is not what would be sent now.
  expect(await two.page.getByRole('dialog').count()).toBe(0)
  expect(await zone(two.page, 'exit').getAttribute('d')).toBe('M0 8L4 8L4 11L0 11Z')
  expect(await zone(two.page, 'vip').getAttribute('d')).toBe('M11.5 0L16.5 0L16.5 3L11.5 3Z')
  await two.page.getByRole('button', { name: 'Undo' }).click()
  expect(await zone(two.page, 'exit').getAttribute('d')).toBe('M-2 8L2 8L2 11L-2 11Z')
  await save(two.page)
  await isSaved(two.page)
  expect(await zoneInForce('vip')).toEqual(first)
  expect(await zoneInForce('exit')).toMatchObject({ at: { x: -1, y: 9 } })
  // What stands in a zone came along.
  expect(await placeInForce('exit-door')).toMatchObject({ at: { x: -2, y: 9 } })
  await one.close()
  await two.close()
})

test('who is no administrator looks at it, and changes nothing', async () => {
  const { page, close } = await stage.openPage({ path: '/plan', who: 'auditor-1' })
  const before = await zone(page, 'vip').getAttribute('d')
  await press(page, 'vip', ['ArrowRight'])
  expect(await zone(page, 'vip').getAttribute('d')).toBe(before)
  expect(await page.getByRole('button', { name: 'Add a zone' }).count()).toBe(0)
  await close()
})

test.each(['zh', 'en'] as const)('nobody is shut out of it (%s)', async (tongue) => {
  const { page, close } = await stage.openPage({ tongue, size: 'portrait' })
  await page.getByRole('button', { name: tongue === 'zh' ? '设置' : 'Settings' }).click()
  await page.getByRole('button', { name: tongue === 'zh' ? '网点布局' : 'Floor plan' }).click()
  await zone(page, 'waiting').waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  for (const thing of ['zone/waiting', 'place/hall-spot', 'device/robot-1']) {
    await page.locator(`[data-thing="${thing}"]`).click()
    expect(await accessibilityOf(page)).toEqual([])
    expect(await smallTargets(page)).toEqual([])
    await page.getByRole('button', { name: tongue === 'zh' ? '返回列表' : 'Back to the list' }).click()
  }
  await close()
})
