/**
 * A page in a real browser becomes a device of a real hub by its six characters, stays it through what pages go through,
 * and shows a code again when it is thrown out.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleForPages } from '#adapters/package/build.ts'
import { fileOf } from '#hub/branch/rows.ts'
import { remove, scratch } from '../desk/support.ts'
import { readConsole } from '../support/chromium.ts'
import { type LobbyStage, lobbyPassword, openLobby } from '../support/lobby.ts'

const root = join(import.meta.dirname, '../..')
const folder = scratch()
let stage: LobbyStage
let admin: BrowserContext
let context: BrowserContext
let page: Page

const buildPage = () => {
  mkdirSync(join(folder, 'screen/assets'), { recursive: true })
  bundleForPages(root, join(root, 'test/apps/device/page/main.ts'), join(folder, 'screen/assets/index.js'))
  writeFileSync(
    join(folder, 'screen/index.html'),
    '<!doctype html><title>Screen</title><body><script type="module" src="/screen/assets/index.js"></script>',
  )
}

beforeAll(async () => {
  buildPage()
  stage = await openLobby({ pages: folder, hasDoor: true })
  admin = await stage.browser.newContext({ baseURL: stage.base, extraHTTPHeaders: { origin: stage.base } })
  await admin.request.post('/api/sign-in', { data: { name: 'manager-1', password: lobbyPassword } })
  context = await stage.browser.newContext({ baseURL: stage.base })
  page = await context.newPage()
}, 60_000)
afterAll(async () => {
  await stage?.stop()
  remove(folder)
})

const at = (state: string, on = page) => on.locator(`body[data-at="${state}"]`).waitFor({ state: 'attached' })
const codeOn = async (on = page) => {
  await at('pairing', on)
  return (await on.locator('body').getAttribute('data-code')) ?? ''
}
const admit = async (wish: object) => await admin.request.post('/api/pairings/admit', { data: wish })
const linkOf = (device: string) => stage.hub().engine.state.devices.get(device)?.link
const becomes = async (device: string, link: string) => await expect.poll(() => linkOf(device)).toBe(link)
const keyOf = (device: string) => stage.hub().engine.state.registry.get(device)?.fingerprint

test('it shows a code, the same when it is loaded again, and is let in with it', async () => {
  const log = readConsole(page)
  await page.goto('/screen')
  const code = await codeOn()
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
  await page.reload()
  expect(await codeOn()).toBe(code)
  const wrong = await admit({ code: 'ZZZZZZ', device: 'screen-entrance' })
  expect(await wrong.json()).toMatchObject({ error: { code: 'pairing.unknown' } })
  expect((await admit({ code: code.toLowerCase(), device: 'screen-entrance' })).status()).toBe(200)
  await at('joined')
  await becomes('screen-entrance', 'online')
  expect(stage.hub().engine.state.registry.get('screen-entrance')).toMatchObject({ by: 'manager-1' })
  expect(log.troubles).toEqual([])
})

test('it stays that device, loaded again, with the hub away, and when the hub is back', async () => {
  const key = keyOf('screen-entrance')
  await page.reload()
  await at('joined')
  await becomes('screen-entrance', 'online')
  await stage.stopHub()
  await stage.startHub()
  await becomes('screen-entrance', 'online')
  expect(keyOf('screen-entrance')).toBe(key)
  const second = await context.newPage()
  await second.goto('/screen')
  await at('elsewhere', second)
  await page.close()
  await at('joined', second)
  page = second
  await becomes('screen-entrance', 'online')
})

test('another page takes its place: it shows a code at once, and becomes a new device', async () => {
  const other = await (await stage.browser.newContext({ baseURL: stage.base })).newPage()
  await other.goto('/screen')
  const code = await codeOn(other)
  const taken = await admit({ code, device: 'screen-entrance' })
  expect(await taken.json()).toMatchObject({ error: { code: 'pairing.taken' } })
  await admit({ code, device: 'screen-entrance', replace: true })
  await at('joined', other)
  const again = await codeOn()
  const { revision } = (await (await admin.request.get('/api/pairings')).json()) as { revision: number }
  const create = { title: { zh: '新屏', en: 'New screen' }, zone: 'waiting', revision }
  expect((await admit({ code: again, device: 'screen-new', create })).status()).toBe(200)
  await at('joined')
  await becomes('screen-new', 'online')
  expect(fileOf(stage.hub().engine.state)?.devices).toContainEqual(
    expect.objectContaining({ id: 'screen-new', kind: 'screen' }),
  )
  await other.context().close()
})
