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
  stage = await openLobby({ pages: folder })
}, 60_000)
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
const buildAnew = () => {
  change('index.html', '<title>Usher</title>', '<title>Usher, the next</title>')
  change('worker.js', /[0-9a-f]{16}/, 'fedcba9876543210')
}

const isWaiting = 'navigator.serviceWorker.getRegistration("/lobby").then((one) => one.waiting !== null)'
const kept = 'caches.keys().then((names) => names.filter((name) => name.startsWith("usher-lobby-")).length)'
const keptPaths = `caches.keys()
  .then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
  .then((lists) => lists.flat().map(({ url }) => new URL(url).pathname))`

test('a new build is taken up whole, when the page is started, and nothing of the hub is kept', async () => {
  const { page, close } = await stage.openPage()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  buildAnew()
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
}, 60_000)
