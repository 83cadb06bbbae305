/**
 * A sale in a call through a whole hub: recorded twice, with its recorder killed and one party cut off; sealed, verified, and
 * played back in a browser by whoever may.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openVaultKeys } from '#hub/recording/vault/keys.ts'
import { Vault } from '#hub/recording/vault/vault.ts'
import { manifestOf, verifyRecording } from '#hub/recording/verify.ts'
import type { RecordingView } from '#protocol/desk/recording-routes.ts'
import { isMoving, openMediaChromium, openParty, type Party } from '../calls/support/parties.ts'
import { ids, RecordingHub } from './support/recording-hub.ts'

const hub = new RecordingHub({ sealWaitMs: 15_000 })
let browser: Browser
let parties: readonly Party[]
let call: string
let sale: string

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Played {
  readonly duration: number
  readonly soughtTo: number
  readonly frames: number
  readonly width: number
}

/** In the page: moves to the middle of it, and plays from there to its end. */
const player = `async (src) => {
  const video = document.createElement('video')
  video.muted = true
  video.src = src
  document.body.append(video)
  await new Promise((resolve, reject) => {
    video.onloadedmetadata = resolve
    video.onerror = () => reject(new Error(video.error?.message))
  })
  const { duration } = video
  video.currentTime = duration / 2
  await new Promise((resolve) => (video.onseeked = resolve))
  const soughtTo = video.currentTime
  // Of a short one, a machine that is busy shows next to nothing at once.
  video.playbackRate = Math.min(4, Math.max(1, duration / 2))
  await video.play()
  await new Promise((resolve) => (video.onended = resolve))
  const frames = video.getVideoPlaybackQuality().totalVideoFrames
  const width = video.videoWidth
  video.remove()
  return { duration, soughtTo, frames, width }
}`

const patience = { timeout: 30_000, interval: 200 }
const states = async () =>
  Object.fromEntries((await hub.sale()).recorders.map(({ name, state }) => [name, state]))
const allOn = { hub: 'on', 'page:expert:expert-1': 'on', 'page:kiosk:kiosk-1': 'on' }
const gapsOf = async (name: string) =>
  (await hub.sale()).recorders.find((one) => one.name === name)?.gaps ?? []

beforeAll(async () => {
  ;[browser] = await Promise.all([openMediaChromium(), hub.start()])
  parties = await Promise.all(ids.map((id) => openParty(browser, hub.base, id)))
  call = await hub.call(parties)
}, 60_000)
afterAll(async () => {
  for (const party of parties) await party.close()
  await browser.close()
  await hub.close()
})

test('nothing is recorded before the customer says yes; then all of it, twice', async () => {
  await expect.poll(() => isMoving(parties), patience).toBe(true)
  expect(hub.recorderPid()).toBeUndefined()
  sale = await hub.beginSale(call)
  await expect.poll(states, patience).toEqual(allOn)
  await expect.poll(async () => (await hub.sale()).state, patience).toBe('recording')
  const told = await Promise.all(parties.map((party) => party.do('media.view().recording')))
  expect(told).toEqual(parties.map(() => ({ sale, state: 'on' })))
  // Nobody sees the recorder as a party.
  expect((await parties[0]?.view())?.others.map(({ id }) => id)).toEqual([ids[1]])
  const kept = () => readdirSync(join(hub.data, 'recordings', sale)).filter((name) => name.endsWith('.rec'))
  await expect.poll(() => kept().length, patience).toBeGreaterThanOrEqual(4)
}, 60_000)

test('a recorder that is killed is back within seconds, and what it missed is told meanwhile', async () => {
  const pid = hub.recorderPid() as number
  const at = Date.now()
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => (await states())['hub'], patience).toBe('lost')
  await expect.poll(states, patience).toEqual(allOn)
  expect(hub.recorderPid()).not.toBe(pid)
  // What it had before is there; back within a moment, it lacks nothing that would be told.
  for (const { from } of await gapsOf('hub')) expect(from).toBeGreaterThan(at - 5_000)
}, 60_000)

test('who is cut off is missed in both copies, and the sale does not go on as if nothing had been', async () => {
  const [kiosk] = parties
  const at = Date.now()
  await kiosk?.do('media.close()')
  const missed = async () => (await gapsOf('hub')).some(({ of, to }) => of === ids[0] && to > at + 2_000)
  await expect.poll(missed, patience).toBe(true)
  // While it lasts, not at the end.
  expect(Date.now() - at).toBeLessThan(20_000)
  await kiosk?.page.reload()
  await kiosk?.join(await hub.ticket(call, ids[0]))
  await expect.poll(states, patience).toEqual(allOn)
  expect((await hub.sale()).findings.map(({ code }) => code)).toContain('gap')
}, 60_000)

test('a hub that is killed goes on with the same recording, and says what it lacks', async () => {
  const at = Date.now()
  await hub.kill()
  // Away for longer than a hiccup of the network: of less it is told at the seal alone.
  await expect.poll(() => Date.now() - at, patience).toBeGreaterThan(4_000)
  await hub.start()
  await hub.expertBack()
  await expect.poll(states, patience).toEqual(allOn)
  expect((await hub.sale()).state).toBe('recording')
  const missed = async () => (await gapsOf('hub')).filter(({ to }) => to > at)
  await expect
    .poll(async () => (await missed()).map(({ of }) => of ?? '').sort(), patience)
    .toEqual([...ids].sort())
}, 60_000)

test('it is sealed with what it lacks, and verifies', async () => {
  await hub.endSale(sale)
  await expect.poll(async () => (await hub.sale()).state, patience).toBe('over')
  const { sealed, outcome } = await hub.sale()
  expect(outcome).toBe('broken')
  const vault = new Vault({ directory: hub.data, keys: await openVaultKeys(hub.data) })
  expect(await verifyRecording(vault, sale, sealed?.manifest)).toEqual([])
  await expect.poll(async () => (await vault.record(sale)).outcome, patience).toBe('broken')
  const { gaps, parts, participants } = await manifestOf(vault, sale)
  expect([...participants].sort()).toEqual([...ids].sort())
  for (const recorder of ['hub', `page:${ids[0]}`])
    expect(gaps).toContainEqual(expect.objectContaining({ recorder, participant: ids[0] }))
  expect(gaps).not.toContainEqual(expect.objectContaining({ recorder: `page:${ids[1]}` }))
  expect(new Set(parts.map(({ recorder }) => recorder))).toEqual(
    new Set(['hub', ...ids.map((id) => `page:${id}`)]),
  )
}, 60_000)

/** Where each player is, in hub time, and whether it plays. */
const players = (page: Page) =>
  page.evaluate(`[...document.querySelectorAll('video')].map((video) => ({
    at: Number(video.dataset.began) + video.currentTime * 1000,
    isPlaying: !video.paused,
  }))`) as Promise<readonly { readonly at: number; readonly isPlaying: boolean }[]>
const apart = async (page: Page) => {
  const all = (await players(page)).map(({ at }) => at)
  return Math.max(...all) - Math.min(...all)
}
const arePlaying = async (page: Page) => (await players(page)).map(({ isPlaying }) => isPlaying)

const inStep = async (page: Page) => {
  expect(await players(page)).toHaveLength(2)
  const on = (at: number, words: string) =>
    page.evaluate(`document.querySelectorAll('video')[${at}].${words}`)
  const began = Math.max(...(await players(page)).map(({ at }) => at))
  await on(1, 'currentTime += 1.5')
  await expect
    .poll(async () => Math.min(...(await players(page)).map(({ at }) => at)))
    .toBeGreaterThan(began + 500)
  expect(await apart(page)).toBeLessThan(1_000)
  await on(0, 'play()')
  await expect.poll(() => arePlaying(page)).toEqual([true, true])
  await on(1, 'pause()')
  await expect.poll(() => arePlaying(page)).toEqual([false, false])
  await expect.poll(() => apart(page)).toBeLessThan(1_000)
}

test('an auditor plays each part, from any moment of it, and is on record; nobody else does', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(hub.base)
  const post = (path: string, body: object) =>
    page.evaluate(
      async ([path, body]) => {
        const headers = { 'content-type': 'application/json' }
        const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
        return { status: response.status, body: await response.json() }
      },
      [path, body] as const,
    )
  const password = 'an evening by the river'
  await post('/api/sign-in', { name: 'admin-1', password })
  expect((await post('/api/recordings/watch', { recording: sale, fromMs: 0 })).status).toBe(403)
  await post('/api/sign-in', { name: 'auditor-1', password })
  const { grant } = (await post('/api/recordings/watch', { recording: sale, fromMs: 0 })).body as {
    grant: string
  }
  const view = (await page.evaluate(
    async (id) => (await fetch(`/api/recordings/one?recording=${id}`)).json(),
    sale,
  )) as RecordingView
  expect(view.row.access).toMatchObject([{ by: 'auditor-1', what: 'opened', fromMs: 0 }])
  for (const { part, durationMs } of view.parts) {
    const src = `/recordings/${sale}/${part}?grant=${grant}`
    const played = (await page.evaluate(`(${player})(${JSON.stringify(src)})`)) as Played
    expect(Math.abs(played.duration * 1_000 - durationMs)).toBeLessThan(250)
    expect(played.soughtTo).toBeCloseTo(played.duration / 2, 1)
    expect(played.width).toBeGreaterThan(0)
    // How many of a short one is for the machine, which may be busy; a camera sends fifteen a second.
    if (durationMs > 1_000) expect(played.frames).toBeGreaterThan(durationMs > 6_000 ? 2 : 0)
  }
  await page.goto(`${hub.origin}/recordings`)
  await page.locator('tbody a').first().click()
  await expect.poll(() => page.locator('video').count(), patience).toBeGreaterThan(0)
  const ready = `Promise.all([...document.querySelectorAll('video')].map((video) => new Promise((resolve, reject) => {
    video.onerror = () => reject(new Error(video.error?.message))
    if (video.readyState > 0) resolve(video.videoWidth)
    else video.onloadedmetadata = () => resolve(video.videoWidth)
  })))`
  expect(await page.evaluate(ready)).not.toContain(0)
  await inStep(page)
  for (const lang of ['en', 'zh']) {
    await page.goto(`${hub.origin}/recordings/one?recording=${sale}&lang=${lang}`)
    await page.evaluate(axe)
    expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')).toEqual(
      [],
    )
  }
  const denied = await context.request.get(
    `${hub.origin}/recordings/${sale}/${view.parts[0]?.part}?grant=1.x`,
  )
  expect(denied.status()).toBe(403)
  await context.close()
}, 60_000)

test('people are called by their names, the list is narrowed, and an administrator holds and releases by form', async () => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${hub.origin}/recordings?product=fund-a`)
  await page.locator('#name').fill('admin-1')
  await page.locator('#password').fill('an evening by the river')
  await page.locator('button[type=submit]').click()
  // Where somebody wanted to go before he was asked who he is.
  await page.waitForURL('**/recordings?product=fund-a')
  await page.locator('tbody a').first().waitFor()
  expect(await page.locator('tbody').innerText()).toContain('基金销售 (fund-a)')
  expect(await page.locator('tbody').innerText()).not.toContain('expert:expert-1')
  await page.goto(`${hub.origin}/recordings?seller=manager%3Anobody&from=2020-01-01`)
  expect(await page.locator('main').innerText()).toContain('没有符合条件的录制。')
  await page.goto(`${hub.origin}/recordings/one?recording=${sale}`)
  expect(await page.locator('main').innerText()).toContain('一号智能柜台')
  expect(await page.locator('main').innerText()).not.toContain('kiosk:kiosk-1')
  await page.locator('#hold').fill('complaint-7')
  await page.locator('#reason').fill('客户投诉')
  await page.getByRole('button', { name: '加法务保留' }).click()
  await page.getByText('complaint-7').waitFor()
  await page.evaluate(axe)
  expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')).toEqual(
    [],
  )
  await page.goto(`${hub.origin}/recordings?only=held`)
  expect(await page.locator('tbody tr').count()).toBe(1)
  await page.locator('tbody a').click()
  await page.getByRole('textbox', { name: '原因' }).first().fill('已解决')
  await page.getByRole('button', { name: '解除' }).click()
  await page.getByText('没有法务保留。').waitFor()
  await page.getByRole('button', { name: '校验完整性' }).click()
  await page.getByText('与封存时完全一致。').waitFor()
  await context.close()
}, 60_000)
