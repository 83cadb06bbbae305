/** The page in a browser that keeps it: whole, never mixed with another build, and never with anything of the hub. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LobbyStage, openLobby } from '../support/lobby.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-pages-'))
const lobby = join(folder, 'lobby')
let stage: LobbyStage

beforeAll(async () => {
  cpSync(join(import.meta.dirname, '../../dist/apps'), folder, { recursive: true })
  stage = await openLobby({ pages: folder, keepsPages: true })
})
afterAll(async () => {
  await stage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const change = (path: string, from: string | RegExp, to: string) => {
  for (const ending of ['.br', '.gz']) rmSync(join(lobby, path + ending), { force: true })
  const text = readFileSync(join(lobby, path), 'utf8')
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  writeFileSync(join(lobby, path), changed)
}

/** As the next version would be: another first page, another worker. */
const buildAnew = (title: string, build: string) => {
  change('index.html', /<title>[^<]*<\/title>/, `<title>${title}</title>`)
  change('worker.js', /[0-9a-f]{16}/, build)
}

const isWaiting = 'navigator.serviceWorker.getRegistration("/lobby").then((one) => one.waiting !== null)'
const kept = 'caches.keys().then((names) => names.filter((name) => name.startsWith("usher-lobby-")).length)'
const keptPaths = `caches.keys()
  .then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
  .then((lists) => lists.flat().map(({ url }) => new URL(url).pathname))`

test('a new build is taken up whole, when the page is started, and nothing of the hub is kept', async () => {
  const { page, close } = await stage.openPage()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  buildAnew('Usher, the next', 'fedcba9876543210')
  // Started from what is kept, while the new one is fetched behind it.
  await page.reload()
  await page.getByText('Live', { exact: true }).waitFor()
  expect(await page.title()).toBe('Usher')
  await expect.poll(() => page.evaluate(isWaiting), { timeout: 20_000 }).toBe(true)
  expect(await page.evaluate(kept)).toBe(2)
  // Whoever still works with the old one has all of it.
  const paths = (await page.evaluate(keptPaths)) as string[]
  expect(paths.filter((path) => !path.startsWith('/lobby/'))).toEqual([])
  await page.reload()
  expect(await page.title()).toBe('Usher, the next')
  await page.getByText('Live', { exact: true }).waitFor()
  await close()
})

/** What became of the newest worker, once a page was started that looks for one. */
const nextWorker = `navigator.serviceWorker.getRegistration("/lobby").then((known) => new Promise((resolve) => {
  const follow = (worker) => {
    const look = () => worker.state !== 'installing' && resolve(worker.state)
    worker.addEventListener('statechange', look)
    look()
  }
  known.addEventListener('updatefound', () => follow(known.installing))
  known.update().catch(() => resolve('none'))
}))`

test('a build that did not come whole is not started from, and takes nothing from the one that is', async () => {
  const { page, context, close } = await stage.openPage()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  const title = await page.title()
  const before = (await page.evaluate(keptPaths)) as string[]
  // A file of it is missing; the first page would be there.
  change('worker.js', '"icon.svg"', '"icon.svg","assets/gone.js"')
  buildAnew('half of it', '1111111111111111')
  expect(await page.evaluate(nextWorker)).toBe('redundant')
  expect(await page.evaluate(keptPaths)).toEqual(before)
  // Nor is the way to signing in taken for its files, where nobody is signed in any more.
  change('worker.js', ',"assets/gone.js"', '')
  buildAnew('for nobody', '2222222222222222')
  await context.route(/\/lobby\/index\.html$/, (route) =>
    route.fulfill({ status: 303, headers: { location: '/sign-in' } }),
  )
  expect(await page.evaluate(nextWorker)).toBe('redundant')
  expect(await page.evaluate(keptPaths)).toEqual(before)
  await page.reload()
  await page.getByText('Live', { exact: true }).waitFor()
  expect(await page.title()).toBe(title)
  await context.unroute(/\/lobby\/index\.html$/)
  await close()
})

test('a page that the hub no longer understands starts a newer build as soon as there is one', async () => {
  const { page, context, close } = await stage.openPage()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  const title = await page.title()
  let starts = 0
  page.on('load', () => {
    starts += 1
  })
  await page.routeWebSocket(/\/live/, (socket) => {
    const hub = socket.connectToServer()
    socket.onMessage((message) => hub.send(String(message).replace(/"version":\d+/, '"version":0')))
  })
  await page.reload()
  // Once by the reload, once to look for a newer build; there is none, and it turns in no circle.
  await expect.poll(() => starts, { timeout: 20_000 }).toBe(2)
  await page.getByText('No connection', { exact: true }).first().waitFor()
  expect([starts, await page.title()]).toEqual([2, title])
  buildAnew('Usher, much later', '3333333333333333')
  const other = await context.newPage()
  await other.goto('/lobby')
  await expect.poll(() => page.title(), { timeout: 20_000 }).toBe('Usher, much later')
  await close()
})
