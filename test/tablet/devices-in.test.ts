/** An administrator lets pages in: types the code a screen shows, says which device it is, sees it come online, and asks it who it is. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Manifest } from '#protocol/messages.ts'
import { accessibilityOf, type LobbyStage, openLobby } from '../support/lobby.ts'
import { expectOpenToAll } from './open-to-all.ts'

let stage: LobbyStage
beforeAll(async () => {
  stage = await openLobby({ hasDoor: true })
})
afterAll(() => stage?.stop())

interface Shown {
  readonly code: string
  readonly secret: string
}

/** A page that waits, as its hub sees it. */
const show = async (kind: 'screen' | 'kiosk'): Promise<Shown> => {
  const answer = await fetch(`${stage.base}/api/pairing`, {
    method: 'POST',
    headers: { origin: stage.base, 'content-type': 'application/json' },
    body: JSON.stringify({ kind }),
  })
  return (await answer.json()) as Shown
}

const comesOnline = (device: string) =>
  stage.hub().engine.submit({ body: { kind: 'presence', device, presence: { status: 'online' } } })

const tells = (device: string, capabilities: Manifest['capabilities']) =>
  stage.hub().engine.submit({
    body: {
      kind: 'manifest',
      device,
      manifest: { kind: 'screen', vendor: 'Acme', model: 'S1', capabilities },
    },
  })

/** What it was asked for, as far as it is not over. */
const askedOf = (device: string) =>
  stage.hub().engine.read((state) =>
    state.tasks
      .values()
      .filter(({ intent }) => intent.who.only?.includes(device))
      .map(({ intent }) => intent.capability),
  )

const codeField = (page: Page) => page.getByRole('textbox', { name: /six characters|六位配对码/ })
const letIn = (page: Page) => page.getByRole('button', { name: /^(Let it in|Replace and let in|接入)$/ })

test('who has nobody waiting is told how a page comes to wait; then the code is typed and the screen comes online', async () => {
  const { page, close } = await stage.openPage({ path: '/devices-in', size: 'small' })
  await page.getByText('No page is waiting').waitFor()
  await page.getByText(`${stage.base}/screen`).waitFor()
  await page.getByText('Only pages on the hub’s own machine can come in').waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  const { code } = await show('screen')
  await page.locator(`[data-code="${code}"]`).waitFor()
  await codeField(page).fill('zzz zzz')
  await page.getByText('No page shows this now.').waitFor()
  await codeField(page).fill(`${code.slice(0, 3).toLowerCase()}-${code.slice(3)}`)
  await page.getByText(/^Screen, waiting for/).waitFor()
  await page
    .getByRole('radio', { name: /entrance/i })
    .first()
    .check({ force: true })
  await expectOpenToAll(page)
  await letIn(page).click()
  await page.getByText(/is coming in…$/).waitFor()
  const [device = ''] = [...stage.hub().engine.state.registry.keys()]
  expect(stage.hub().engine.state.registry.get(device)).toMatchObject({ status: 'invited', by: 'manager-1' })
  await comesOnline(device)
  await page.getByText(/is online$/).waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  await close()
})

test('a new kiosk gets a name and a zone, and a device that somebody is already is not replaced by mistake', async () => {
  const { code } = await show('kiosk')
  const { page, close } = await stage.openPage({ path: '/devices-in', tongue: 'zh', size: 'phone' })
  await codeField(page).fill(code)
  await page.getByText('新设备').click()
  expect(await letIn(page).isDisabled()).toBe(true)
  await page.getByRole('textbox', { name: '中文名称' }).fill('新大厅柜台')
  await page.getByRole('radiogroup', { name: '所在区域' }).getByText('等候区', { exact: true }).click()
  await expectOpenToAll(page)
  await letIn(page).click()
  await page.getByText('“新大厅柜台”正在接入…').waitFor()
  const other = await show('kiosk')
  await page.getByRole('button', { name: '再接入一个' }).click()
  await codeField(page).fill(other.code)
  await page.getByRole('radiogroup', { name: '它是哪台设备？' }).getByText('新大厅柜台').click()
  await page.getByText(/原来的页面立即停用/).waitFor()
  await page.getByRole('button', { name: '取代并接入' }).waitFor()
  await close()
})

test('a screen that can is asked who it is and to load again, from its sheet; one that cannot, is not', async () => {
  await comesOnline('screen-waiting-2')
  await tells('screen-waiting-2', { display: {} })
  await comesOnline('screen-waiting-1')
  await tells('screen-waiting-1', { display: {}, 'x-usher-identify': {}, 'x-usher-reload': {} })
  const other = await stage.openPage({ path: '/floor?device=screen-waiting-2' })
  await other.page.getByRole('dialog', { name: 'Waiting area screen 2' }).waitFor()
  await other.page.getByRole('button', { name: 'Put out of service' }).waitFor()
  expect(await other.page.getByRole('button', { name: /^(Identify|Load again)$/ }).count()).toBe(0)
  await other.close()
  const { page, close } = await stage.openPage({
    path: '/floor?device=screen-waiting-1',
    tongue: 'zh',
    size: 'phone',
  })
  const sheet = page.getByRole('dialog', { name: '等候区一号屏' })
  await sheet.getByRole('button', { name: '识别设备' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => askedOf('screen-waiting-1')).toContain('x-usher-identify')
  await sheet.getByText('已完成').waitFor()
  await expectOpenToAll(page)
  await sheet.getByRole('button', { name: '重新加载' }).click()
  await expect.poll(() => askedOf('screen-waiting-1')).toContain('x-usher-reload')
  await close()
})
