/**
 * A recorded sale of ten minutes (or as many as are asked for) between two browsers and a hub, with what happens to such a call:
 * the recorder killed, a page loaded anew, the hub killed, a pause. Prints what it cost and what was found missing.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openVaultKeys } from '#hub/recording/vault/keys.ts'
import { Vault } from '#hub/recording/vault/vault.ts'
import { manifestOf, verifyRecording } from '#hub/recording/verify.ts'
import { piecesPath } from '#protocol/recording/pieces.ts'
import { openMediaChromium, openParty, type Party } from '#test/calls/support/parties.ts'
import { ids, RecordingHub } from '#test/recording/support/recording-hub.ts'

const minutes = Number(process.argv[2] ?? 10)
/** Nothing of it may be on disk. */
const pauseMs = 5_000
const ticksPerSecond = 100
const hub = await new RecordingHub().start()
const browser = await openMediaChromium()
const parties = await Promise.all(ids.map((id) => openParty(browser, hub.base, id)))
const [kiosk] = parties as [Party]
const seller = { by: 'expert-1', leads: false }
const say = (what: object) => console.log(JSON.stringify(what))

const until = async (what: () => Promise<boolean>) => {
  while (!(await what())) await wait(200)
}
const isAllOn = async () => (await hub.sale()).recorders.every(({ state }) => state === 'on')
const cpuSeconds = (pid: number) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond
}
const rssMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024

/** What the recorder needs while nothing happens. */
const measure = async (forMs: number) => {
  const pid = hub.recorderPid() as number
  const before = cpuSeconds(pid)
  await wait(forMs)
  say({
    recorderCpuPercent: Math.round(((cpuSeconds(pid) - before) / forMs) * 100_000),
    rssMb: Math.round(rssMb(pid)),
  })
}

const stateOf = async (name: string) => (await hub.sale()).recorders.find((one) => one.name === name)?.state
/** What it records now arrives: of a page that was away, or was told to begin again. */
const nextPieceOf = ({ page }: (typeof parties)[number]) =>
  page.waitForResponse(
    (response) =>
      response.request().method() === 'PUT' && response.url().includes(piecesPath) && response.ok(),
    { timeout: 60_000 },
  )
const folderOf = (id: string) => join(hub.data, 'recordings', id)
const bytesIn = (folder: string) =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)

/** In the page: what it recorded before has been handed over. */
const spoolIsEmpty = `new Promise((resolve) => {
  const request = indexedDB.open('usher-recording')
  request.onsuccess = () => {
    const count = request.result.transaction('pieces').objectStore('pieces').count()
    count.onsuccess = () => { request.result.close(); resolve(count.result === 0) }
  }
})`

/** Each is over once it has been noticed. */
const faults: Readonly<Record<string, () => Promise<void>>> = {
  'recorder killed': async () => {
    process.kill(hub.recorderPid() as number, 'SIGKILL')
    await until(async () => (await stateOf('hub')) === 'lost')
  },
  'kiosk loaded anew': async () => {
    await kiosk.page.reload()
    await Promise.all([nextPieceOf(kiosk), kiosk.join(await hub.ticket(call, ids[0]))])
  },
  // A hub that starts believes of no recorder that it runs.
  'hub killed': async () => {
    await hub.kill()
    await hub.start()
    await hub.expertBack()
  },
  paused: async () => {
    await hub.command({ name: 'sale.pause', sale, reason: 'password', ...seller })
    await Promise.all(
      parties.map((party) => party.page.waitForFunction('media.view().recording?.state === "paused"')),
    )
    await Promise.all(parties.map((party) => party.page.waitForFunction(spoolIsEmpty)))
    const before = bytesIn(folderOf(sale))
    await wait(pauseMs)
    const bytesWhilePaused = bytesIn(folderOf(sale)) - before
    say({ bytesWhilePaused })
    if (bytesWhilePaused > 0) process.exitCode = 1
    const next = parties.map(nextPieceOf)
    await hub.command({ name: 'sale.resume', sale, ...seller })
    await Promise.all(next)
  },
}

const call = await hub.call(parties)
await until(async () => (await hub.ask()).calls.at(-1)?.state === 'in-call')
const sale = await hub.beginSale(call)
await until(async () => (await hub.sale()).state === 'recording')
const began = Date.now()
say({ recording: sale })
const stretchMs = (minutes * 60_000) / (Object.keys(faults).length + 1)
for (const [name, harm] of Object.entries(faults)) {
  await measure(stretchMs)
  const at = Date.now()
  await harm()
  await until(async () => (await isAllOn()) && hub.recorderPid() !== undefined)
  say({ fault: name, allRecordersBackAfterMs: Date.now() - at })
}
await measure(stretchMs)
const lengthMs = Date.now() - began
await hub.command({ name: 'sale.end', sale, ...seller })
const endedAt = Date.now()
await until(async () => (await hub.sale()).state === 'over')
const { outcome, sealed, findings } = await hub.sale()
const vault = new Vault({ directory: hub.data, keys: await openVaultKeys(hub.data) })
const manifest = await manifestOf(vault, sale)
const bytes = bytesIn(folderOf(sale))
const complaints = await verifyRecording(vault, sale, sealed?.manifest)
if (complaints.length > 0) process.exitCode = 1
say({
  outcome,
  sealedAfterMs: Date.now() - endedAt,
  minutes: Math.round(lengthMs / 6_000) / 10,
  mbPerMinute: Math.round((bytes / 1e6 / (lengthMs / 60_000)) * 10) / 10,
  parts: manifest.parts.length,
  findings: findings.map(({ code }) => code),
  complaints,
})
for (const { recorder, participant, kind, from, to } of manifest.gaps)
  say({
    gap: recorder,
    of: participant,
    kind,
    atMs: Math.round(from - (manifest.spans[0]?.from ?? 0)),
    ms: Math.round(to - from),
  })
await browser.close()
await hub.close()
