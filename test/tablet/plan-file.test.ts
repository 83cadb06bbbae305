/** The floor plan as a file: saved, loaded into another draft, looked at before, undone, and refused where it is none. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileOf } from '#hub/branch/rows.ts'
import { PlanFile, planFileBytesMax } from '#protocol/desk/look/plan-file.ts'
import { accessibilityOf, type LobbyStage, openLobby, smallTargets } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby()
  await stage.addAccount('auditor-1', ['auditor'])
})
afterAll(() => stage?.stop())

const inForce = () =>
  stage.hub().engine.read((state) => {
    const { zones = [], places = [], devices = [] } = fileOf(state) ?? {}
    const placed = devices.map(({ id, zone = null, place = null }) => ({ id, zone, place }))
    return structuredClone({ zones, places, devices: placed })
  })

const zone = (page: Page, id: string) => page.locator(`[data-zone-key=${id}]`)
const bar = (page: Page) => page.getByRole('region', { name: 'What will change' })
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Plan as a file' })
const openSheet = (page: Page) => page.getByRole('button', { name: 'Plan as a file' }).click()

const saved = async (page: Page) => {
  await openSheet(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    sheet(page).getByRole('button', { name: 'Save as a file' }).click(),
  ])
  const text = readFileSync(await download.path(), 'utf8')
  await page.keyboard.press('Escape')
  await sheet(page).waitFor({ state: 'detached' })
  return { name: download.suggestedFilename(), text, file: PlanFile.parse(JSON.parse(text)) }
}

const choose = (page: Page, name: string, text: string | Buffer) =>
  sheet(page)
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })

const trouble = (page: Page, code: string) => sheet(page).locator(`[data-trouble="${code}"]`)

test('what is drawn is saved as a file and loaded again: looked at first, undone and done again, and only then in force', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  const before = await inForce()
  await zone(page, 'vip').focus()
  await page.keyboard.press('Shift+ArrowRight')
  await page.locator('[data-place-key=hall-spot]').focus()
  await page.keyboard.press('ArrowDown')
  const draft = await saved(page)
  expect(draft.name).toBe('demo-plan-1-draft.json')
  expect(draft.file).toMatchObject({ branch: 'demo', devices: before.devices })
  expect(draft.file.zones.find(({ id }) => id === 'vip')?.at).toEqual({ x: 16, y: 1 })
  await page.getByRole('button', { name: 'Discard' }).click()
  const clean = await saved(page)
  expect(clean.name).toBe('demo-plan-1.json')
  expect(clean.file).toMatchObject(before)

  await openSheet(page)
  await choose(page, 'clean.json', clean.text)
  await sheet(page).getByText('there is nothing to load').waitFor()
  expect(await sheet(page).getByRole('button', { name: 'Load it' }).count()).toBe(0)
  await sheet(page).getByRole('button', { name: 'Leave it' }).click()
  await choose(page, 'draft.json', draft.text)
  await sheet(page).getByRole('heading', { name: 'draft.json' }).waitFor()
  expect(await sheet(page).locator('[data-difference="zone/vip"]').textContent()).toContain(
    'moved by 2.0, 0.0 m',
  )
  expect(await sheet(page).locator('[data-difference]').count()).toBe(2)
  expect(await accessibilityOf(page)).toEqual([])
  // Looked at is not loaded.
  expect(await zone(page, 'vip').getAttribute('d')).toBe('M11 0L16 0L16 3L11 3Z')
  await sheet(page).getByRole('button', { name: 'Load it' }).click()
  await expect.poll(() => zone(page, 'vip').getAttribute('d')).toBe('M13 0L18 0L18 3L13 3Z')
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await zone(page, 'vip').getAttribute('d')).toBe('M11 0L16 0L16 3L11 3Z')
  expect(await bar(page).count()).toBe(0)
  await page.getByRole('button', { name: 'Redo' }).click()
  expect(await inForce()).toEqual(before)

  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved, and in force.').waitFor()
  expect(draft.file).toMatchObject(await inForce())
  const again = await saved(page)
  expect(again.name).toBe('demo-plan-2.json')
  expect(again.text).toBe(draft.text)
  await close()
})

test('a file that is none is refused with its code and its line; what was drawn stays, and the corrected file is taken', async () => {
  const { page, close } = await stage.openPage({ path: '/plan' })
  const { text } = await saved(page)
  await zone(page, 'exit').focus()
  await page.keyboard.press('ArrowLeft')
  const drawn = await zone(page, 'exit').getAttribute('d')
  const before = await inForce()
  await openSheet(page)
  const lines = text.split('\n')
  const at = lines.findIndex((line) => line.includes('"id":"waiting"'))
  const cut = [...lines.slice(0, at), lines[at]?.slice(0, 40), ...lines.slice(at + 1)].join('\n')
  await choose(page, 'plan.json', cut)
  await trouble(page, 'plan-file.not-json')
    .getByText(`Line ${at + 1}, column`)
    .waitFor()
  await sheet(page).getByText('Not loaded; what you drew is as it was').waitFor()
  expect(await accessibilityOf(page)).toEqual([])

  await choose(page, 'plan.json', text.replace('"limit":30', '"limit":"many","colour":"red"'))
  const invalid = trouble(page, 'plan-file.invalid')
  await invalid.getByText('zones[1].limit').waitFor()
  expect(await invalid.getByRole('listitem').allTextContents()).toEqual([
    expect.stringMatching(
      new RegExp(`^Line ${at + 1}, column \\d+: zones\\[1\\]\\.limit: must be a number$`),
    ),
    expect.stringMatching(new RegExp(`^Line ${at + 1}, column \\d+: zones\\[1\\]\\.colour is not known$`)),
  ])
  await choose(page, 'plan.json', text.replace('"version": 1', '"version": 2'))
  await trouble(page, 'plan-file.newer').waitFor()
  await choose(page, 'hall.geojson', '{"type":"FeatureCollection","features":[]}')
  await trouble(page, 'plan-file.other').waitFor()
  await choose(page, 'photo.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]))
  await trouble(page, 'plan-file.not-json').waitFor()
  await choose(page, 'huge.json', ' '.repeat(planFileBytesMax + 1))
  await trouble(page, 'plan-file.too-large').waitFor()
  expect(await zone(page, 'exit').getAttribute('d')).toBe(drawn)

  // From another branch, with a device that is not here.
  const other = PlanFile.parse(JSON.parse(text))
  const robot = { id: 'robot-77', zone: null, place: null }
  await choose(
    page,
    'plan.json',
    JSON.stringify({ ...other, branch: 'harbour', devices: [...other.devices, robot] }),
  )
  await sheet(page).getByText('The file is of another branch: harbour.').waitFor()
  await sheet(page).getByText('they are left out: robot-77').waitFor()
  expect(await trouble(page, 'plan-file.too-large').count()).toBe(0)
  await sheet(page).getByRole('button', { name: 'Load it' }).click()
  await bar(page).waitFor({ state: 'detached' })
  // Somebody’s own work is one step back.
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await zone(page, 'exit').getAttribute('d')).toBe(drawn)
  // Also what cannot be saved is a draft, and outlives a reload.
  await openSheet(page)
  await choose(page, 'empty.json', '{"format": "usher-plan", "version": 1, "zones": []}')
  await sheet(page).getByRole('button', { name: 'Load it' }).click()
  await page.locator('[data-fault=no-zones]').waitFor()
  await page.reload()
  await page.locator('[data-fault=no-zones]').waitFor()
  expect(await page.getByRole('button', { name: 'Review' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Discard' }).click()
  await zone(page, 'exit').waitFor()
  expect(await inForce()).toEqual(before)
  await close()
})

test('who only looks saves a file, also of an earlier version, and loads none', async () => {
  const { page, close } = await stage.openPage({ path: '/plan', who: 'auditor-1' })
  await page.getByRole('button', { name: 'Versions' }).click()
  await page.getByRole('dialog').locator('[data-version="1"]').getByRole('button').click()
  await page.getByText('This is the version of').waitFor()
  const { name, file } = await saved(page)
  expect(name).toBe('demo-plan-1.json')
  expect(file.zones.find(({ id }) => id === 'vip')?.at).toEqual({ x: 14, y: 1 })
  await openSheet(page)
  expect(await sheet(page).locator('input[type=file]').count()).toBe(0)
  expect(await sheet(page).getByRole('button', { name: 'Load from a file' }).count()).toBe(0)
  await close()
})

test('it is for everybody, in Chinese and in portrait', async () => {
  const { page, close } = await stage.openPage({ path: '/plan', tongue: 'zh', size: 'portrait' })
  await page.getByRole('button', { name: '布局文件' }).click()
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles({
      name: '布局.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"format": "usher-plan", "version": 1}'),
    })
  await page.getByText('第 1 行，第 1 列：').waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  expect(await smallTargets(page)).toEqual([])
  await close()
})
