/**
 * Over a relay and nothing else (Debian's coturn), with a page that cannot hand over what it records and is loaded anew meanwhile:
 * the hub's recorder comes in all the same, and what the page had kept in its browser arrives.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openVaultKeys } from '#hub/recording/vault/keys.ts'
import { Vault } from '#hub/recording/vault/vault.ts'
import { manifestOf, verifyRecording } from '#hub/recording/verify.ts'
import { piecesPath } from '#protocol/recording/pieces.ts'
import { openMediaChromium, openParty, type Party } from '../calls/support/parties.ts'
import { type Relay, startRelay } from '../calls/support/relay.ts'
import { ids, RecordingHub } from './support/recording-hub.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-relay-'))
let relay: Relay
let hub: RecordingHub
let browser: Browser
let parties: readonly Party[]
let call: string
let sale: string

beforeAll(async () => {
  relay = await startRelay(folder)
  const turn = { urls: [`turn:127.0.0.1:${relay.port}`], secretFile: relay.secretFile }
  hub = new RecordingHub({ sealWaitMs: 30_000 }, { relayOnly: true, turn })
  ;[browser] = await Promise.all([openMediaChromium(), hub.start()])
  parties = await Promise.all(ids.map((id) => openParty(browser, hub.base, id)))
  call = await hub.call(parties)
})
afterAll(async () => {
  for (const party of parties) await party.close()
  await browser.close()
  await hub.close()
  await relay.stop()
  rmSync(folder, { recursive: true })
})

const patience = { timeout: 45_000, interval: 200 }
const areOn = async () => (await hub.sale()).recorders.every(({ state }) => state === 'on')

test('the recorder comes in over the relay, and nothing goes straight', async () => {
  await expect.poll(async () => (await hub.ask()).calls.at(-1)?.state, patience).toBe('in-call')
  sale = await hub.beginSale(call)
  await expect.poll(async () => (await hub.sale()).state, patience).toBe('recording')
  await expect.poll(areOn, patience).toBe(true)
  const ways = async () =>
    (await Promise.all(parties.map((party) => party.reports()))).flat().map((one) => one.ways.join(' '))
  // Each with the other, and with the recorder.
  await expect.poll(ways, patience).toEqual(Array(4).fill('relay relay'))
})

/** Of pieces that wait in the browser. */
const kept = (party: Party) =>
  party.do(`new Promise((resolve, reject) => {
    const request = indexedDB.open('usher-recording')
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const count = request.result.transaction('pieces').objectStore('pieces').count()
      count.onsuccess = () => { request.result.close(); resolve(count.result) }
    }
  })`) as Promise<number>

test('what a page could not hand over before it was loaded anew is handed over after it, and nothing of it stays there', async () => {
  const [kiosk] = parties as [Party]
  const isPieces = (url: URL) => url.pathname === piecesPath
  await expect.poll(() => kept(kiosk), patience).toBe(0)
  await kiosk.page.route(isPieces, (route) => route.abort())
  await expect.poll(() => kept(kiosk), patience).toBeGreaterThanOrEqual(2)
  const before = await kept(kiosk)
  const reloadedAt = Date.now()
  await kiosk.page.reload()
  expect(await kept(kiosk)).toBeGreaterThanOrEqual(before)
  await kiosk.join(await hub.ticket(call, ids[0]))
  await kiosk.page.unroute(isPieces)
  await expect.poll(() => kept(kiosk), patience).toBeLessThan(before)
  await expect.poll(areOn, patience).toBe(true)
  await hub.endSale(sale)
  await expect.poll(async () => (await hub.sale()).state, patience).toBe('over')
  await expect.poll(() => kept(kiosk), patience).toBe(0)
  const vault = new Vault({ directory: hub.data, keys: await openVaultKeys(hub.data) })
  expect(await verifyRecording(vault, sale, (await hub.sale()).sealed?.manifest)).toEqual([])
  const own = (await manifestOf(vault, sale)).parts.filter(({ recorder }) => recorder === `page:${ids[0]}`)
  const [first, ...others] = own.map(({ startedAt, durationMs }) => ({
    from: startedAt,
    to: startedAt + durationMs,
  }))
  // As far as the browser had closed its last piece of two seconds.
  expect(Math.abs((first?.to ?? 0) - reloadedAt)).toBeLessThan(6_000)
  expect(others.length).toBeGreaterThan(0)
  for (const { from } of others) expect(from).toBeGreaterThan(reloadedAt)
})
