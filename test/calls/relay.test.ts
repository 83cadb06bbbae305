/**
 * Calls over a relay and nothing else: Debian's coturn, configured by the hub's own command. The expert is elsewhere: his
 * page reaches the hub, and the relay, over a path that can be cut.
 */
import { statSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { turnCredential } from '#hub/calls/turn/credentials.ts'
import { type Cuttable, type LossyPath, openTcpPath, openUdpPath } from './support/cut.ts'
import { LineProcess } from './support/line-process.ts'
import { framesOf, isMoving, names, openMediaChromium, openParty, type Party } from './support/parties.ts'
import { type Relay, startRelay } from './support/relay.ts'
import { askToRelay } from './support/stun.ts'

const call = 'call-1'
const [, , expert] = names
/** Shorter than the call lasts here: who is in it goes on with what he has, and gets new ones. */
const ttlMs = 10_000
const cutMs = 10_000

const line = new LineProcess()
let relay: Relay
let toRelay: LossyPath
let toHub: Cuttable
let browser: Browser
let parties: readonly Party[]

beforeAll(async () => {
  relay = await startRelay(line.folder)
  toRelay = await openUdpPath(relay.port)
  ;[browser] = await Promise.all([
    openMediaChromium(),
    line.start({
      calls: {
        relayOnly: true,
        turn: { urls: [`turn:127.0.0.1:${relay.port}`], secretFile: relay.secretFile, ttlMs },
      },
      relayFor: { [expert]: `turn:127.0.0.1:${toRelay.port}` },
    }),
  ])
  toHub = await openTcpPath(() => line.port)
  parties = await Promise.all(
    names.map((id) => openParty(browser, id === expert ? `http://127.0.0.1:${toHub.port}` : line.base, id)),
  )
  for (const party of parties) await party.join(line.ticket(call, party.id))
})
afterAll(async () => {
  for (const party of parties) await party.close()
  await browser.close()
  toHub.close()
  toRelay.close()
  await relay.stop()
  await line.close()
})

const goesOn = async () => {
  const before = await framesOf(parties)
  await expect.poll(() => isMoving(parties, before)).toBe(true)
}

test('all see and hear all, and nothing goes straight', async () => {
  await expect.poll(() => isMoving(parties)).toBe(true)
  const reports = (await Promise.all(parties.map((party) => party.reports()))).flat()
  expect(reports.map(({ ways }) => ways.join(' '))).toEqual(Array(6).fill('relay relay'))
  expect(toRelay.bytes()).toBeGreaterThan(100_000)
})

describe('the relay', () => {
  const credential = (forMs: number, secret = relay.secret) =>
    turnCredential({ secret, user: 'expert-wang', nowMs: Date.now(), ttlMs: forMs })

  test.each([
    [
      'relays for who has a credential of the hub',
      () => askToRelay(relay.port, credential(60_000), '127.0.0.1'),
      0,
    ],
    [
      'knows nobody whose credential has ended',
      () => askToRelay(relay.port, credential(-1_000), '127.0.0.1'),
      401,
    ],
    [
      'knows nobody who made one himself',
      () => askToRelay(relay.port, credential(60_000, 'x'.repeat(64)), '127.0.0.1'),
      401,
    ],
    ['is no way into other networks', () => askToRelay(relay.port, credential(60_000), '10.9.9.9'), 403],
    [
      'nor to what machines of a cloud tell themselves',
      () => askToRelay(relay.port, credential(60_000), '169.254.169.254'),
      403,
    ],
    ['nor to many at once', () => askToRelay(relay.port, credential(60_000), '224.0.0.1'), 403],
  ])('%s', async (_, ask, code) => {
    expect(await ask()).toBe(code)
    await goesOn()
  })

  test('refuses a page with a credential that has ended', async () => {
    const server = { urls: [`turn:127.0.0.1:${relay.port}`], ...credential(-1_000) }
    const code = await parties[0]?.do(`new Promise((resolve) => {
      const connection = new RTCPeerConnection({ iceServers: [${JSON.stringify(server)}], iceTransportPolicy: 'relay' })
      connection.onicecandidateerror = ({ errorCode }) => { connection.close(); resolve(errorCode) }
      connection.addTransceiver('audio')
      connection.setLocalDescription()
    })`)
    expect(code).toBe(401)
  })

  test('keeps its secret in a file of its own user', () => {
    expect(statSync(relay.secretFile).mode & 0o777).toBe(0o600)
  })
})

test('a network that is gone for ten seconds comes back as the same call', async () => {
  const from = line.told.length
  const healed = new Promise((resolve) => {
    setTimeout(resolve, cutMs)
  })
  toRelay.cut()
  toHub.cut()
  const qualities = async () =>
    (await Promise.all(parties.map((party) => party.view()))).map(({ others }) =>
      others.map(({ quality }) => quality),
    )
  await expect
    .poll(qualities)
    .toEqual([expect.arrayContaining(['none']), expect.arrayContaining(['none']), ['none', 'none']])
  const cut = await framesOf(parties)
  await healed
  // Whoever stayed went on; of the one who was cut off nothing came, to nobody.
  const moved = async () => (await framesOf(parties)).filter((frames, at) => frames > (cut[at] ?? 0))
  await expect.poll(async () => (await moved()).length).toBe(2)
  toRelay.heal()
  toHub.heal()
  await goesOn()
  expect(await Promise.all(parties.map((party) => party.do('connectionsMade()')))).toEqual([3, 2, 2])
  await expect.poll(async () => (await parties[2]?.view())?.line).toBe('open')
  expect(line.told.slice(from)).toEqual([])
})

test('over a bad line less is sent, and it stays a call', async () => {
  const widths = async () =>
    (await Promise.all(parties.map((party) => party.reports()))).flat().map(({ width = 0 }) => width)
  const asked = async () =>
    (await parties[2]?.do('asked()')) as readonly { maxBitrate: number; scaleResolutionDownBy: number }[]
  toRelay.loseEvery(5)
  await expect.poll(async () => (await asked()).every((one) => one.scaleResolutionDownBy >= 3)).toBe(true)
  expect((await asked()).every(({ maxBitrate }) => maxBitrate <= 110_000)).toBe(true)
  await expect
    .poll(async () => (await widths()).filter((width) => width <= 214).length)
    .toBeGreaterThanOrEqual(2)
  await goesOn()
  const others = (await parties[0]?.view())?.others ?? []
  expect(others.find(({ id }) => id === expert)?.quality).toMatch(/poor|fair/)
  expect(others.find(({ id }) => id !== expert)?.quality).toMatch(/good|fair/)
  toRelay.loseEvery(0)
})
