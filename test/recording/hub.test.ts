/**
 * A sale in a call through a whole hub: recorded twice, with its recorder killed and one party cut off; sealed, verified, and
 * played back in a browser by whoever may.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
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
  video.playbackRate = 4
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
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => (await states())['hub'], patience).toBe('lost')
  await expect.poll(states, patience).toEqual(allOn)
  expect(hub.recorderPid()).not.toBe(pid)
}, 60_000)

test('who is cut off is missed in both copies, and the sale does not go on as if nothing had been', async () => {
  const [kiosk] = parties
  const at = Date.now()
  await kiosk?.do('media.close()')
  const missed = async () => (await gapsOf('hub')).some(({ of, to }) => of === ids[0] && to > at + 2_000)
  await expect.poll(missed, patience).toBe(true)
  expect(Date.now() - at).toBeLessThan(8_000)
  await kiosk?.page.reload()
  await kiosk?.join(await hub.ticket(call, ids[0]))
  await expect.poll(states, patience).toEqual(allOn)
  expect((await hub.sale()).findings.map(({ code }) => code)).toContain('gap')
}, 60_000)

test('a hub that is killed goes on with the same recording, and says what it lacks', async () => {
  const at = Date.now()
  await hub.kill()
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
    if (durationMs > 1_000) expect(played.frames).toBeGreaterThan(2)
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
