/**
 * The SDK in a real browser: a page under a strict content policy enrols at a hub that is a process, does its tasks, and
 * goes through what pages go through: reloads, cut lines, a hub that is killed, a registration that is revoked.
 */
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openSlowLine, type SlowLine } from '#adapters/conformance/slow-line.ts'
import { remove, scratch } from '../../cli/support.ts'
import { openChromium, type PageLog, readConsole } from '../../support/chromium.ts'
import { comesIn } from '../sdk/support/visitor.ts'
import { openPageHost, type PageHost } from './support/page-host.ts'
import { openPageHub, type PageHub } from './support/page-hub.ts'

const device = 'robot-1'

let folder: string
let host: PageHost
let hub: PageHub
let road: SlowLine
let browser: Browser
let context: BrowserContext
let page: Page
let log: PageLog

beforeAll(async () => {
  folder = scratch()
  const settings = { broker: '', branch: 'demo', device, claims: true, config: { greetMs: 50 } }
  host = await openPageHost(folder, settings)
  hub = await openPageHub(join(folder, 'hub'), host.origin)
  // Everybody is greeted, also who comes in right behind somebody.
  await hub.json('flows', 'set', 'greeting', '--policy', 'groupMs=0')
  road = await openSlowLine(() => hub.ports.ws)
  host.settings.broker = `ws://127.0.0.1:${road.port}/mqtt`
  browser = await openChromium([`--ignore-certificate-errors-spki-list=${serverKeyOf(hub.data)}`])
  context = await browser.newContext()
  page = await context.newPage()
  log = readConsole(page)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await road?.shut()
  await hub?.kill()
  await host?.close()
  remove(folder)
}, 90_000)

/** The hub's authority is not among those of the browser: its one key is let pass, and no other. */
const serverKeyOf = (data: string): string => {
  const { publicKey } = new X509Certificate(readFileSync(join(data, 'pki/server.pem')))
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')
}

interface TaskLine {
  readonly id: string
  readonly phase: string
}

const linkOf = async () => (await hub.json<{ link: string }>('devices', 'show', device)).link
const becomes = (link: string) =>
  vi.waitFor(async () => expect(await linkOf()).toBe(link), { timeout: 45_000, interval: 200 })

const phaseOf = async (task: unknown) =>
  (await hub.json<TaskLine[]>('tasks', 'list', '--all')).find(({ id }) => id === task)?.phase
const ends = (task: unknown, phase: string) =>
  vi.waitFor(async () => expect(await phaseOf(task)).toBe(phase), { timeout: 45_000, interval: 200 })

const greetings = (task: unknown) =>
  log.lines().filter((line) => line.msg === 'greets' && line['task'] === task)

/** Somebody comes in, and the page greets. @returns the task. */
const greets = async (track: string) => {
  const from = log.lines().length
  await comesIn(hub.ports.mqtt, track)
  return (await log.says('greets', from))['task']
}

const metrics = async () => await (await fetch(`http://127.0.0.1:${hub.ports.http}/metrics`)).text()

const type = async (code: string) => {
  await page.fill('input', code)
  await page.click('button')
}

test('a page that nobody knows asks for a claim code, and waits for approval, also when it is loaded again', async () => {
  await page.goto(host.origin)
  await page.waitForSelector('form:not([hidden])')
  await type('0000-0000-0000-0000')
  await page.waitForSelector('text=this code was not accepted')
  const { code } = await hub.json<{ code: string }>('devices', 'add', device)
  await type(code)
  await log.says(/staff are asked to approve/)
  await page.reload()
  // Each look is a command of its own: on a busy machine one alone takes a second.
  await vi.waitFor(
    async () => {
      expect((await hub.usher('devices', 'approve', device)).said).toContain('Fingerprint')
    },
    { timeout: 45_000, interval: 200 },
  )
  await page.waitForSelector('text=is at work')
  await becomes('online')
  // Neither a script made from text nor anything else that the policy forbids was even tried.
  expect(log.troubles).toEqual([])
}, 120_000)

test('no script of the page can read its key', async () => {
  const tried = await page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('usher')
    opening.addEventListener('success', () => {
      const asked = opening.result.transaction('kept').objectStore('kept').get('identity/demo/robot-1')
      asked.addEventListener('success', () =>
        crypto.subtle.exportKey('pkcs8', asked.result.keys.privateKey).then(
          () => resolve('readable'),
          (error) => resolve(error.name),
        ),
      )
    })
  })`)
  expect(tried).toBe('InvalidAccessError')
}, 90_000)

test('the hub counts it, and the doctor finds its door', async () => {
  const health = await fetch(`http://127.0.0.1:${hub.ports.http}/healthz`)
  expect(await health.json()).toMatchObject({ connections: { mqtt: 0, mqtts: 0, ws: 1, wss: 0 } })
  const { said } = await hub.usher('doctor')
  expect(said).toMatch(/broker ws +ok +127\.0\.0\.1:\d+ answers/)
  expect(said).toMatch(/broker wss +ok +127\.0\.0\.1:\d+ answers/)
}, 90_000)

test('it is chosen for a greeting, and the hub knows what was said', async () => {
  const task = await greets('one')
  await ends(task, 'done')
  expect(await page.textContent('#words')).not.toBe('')
}, 120_000)

test('loaded again in the middle of a task it says so, is the same device, and does nothing twice', async () => {
  host.settings.config = { greetMs: 60_000 }
  await page.reload()
  await page.waitForSelector('text=is at work')
  const task = await greets('two')
  host.settings.config = { greetMs: 50 }
  await page.reload()
  await page.waitForSelector('text=is at work')
  await vi.waitFor(
    async () => expect(['queued', 'offered', 'accepted', 'started']).not.toContain(await phaseOf(task)),
    {
      timeout: 45_000,
      interval: 200,
    },
  )
  expect(await phaseOf(task)).not.toBe('done')
  expect(greetings(task)).toHaveLength(1)
  const next = await greets('three')
  await ends(next, 'done')
  expect(greetings(next)).toHaveLength(1)
}, 90_000)

test('cut off in the middle of a task it finishes it, and the hub hears of it when the line is back', async () => {
  host.settings.config = { greetMs: 1_500 }
  await page.reload()
  await page.waitForSelector('text=is at work')
  const task = await greets('four')
  await road.shut()
  const from = log.lines().length
  await log.says('has greeted')
  await becomes('lost')
  await road.open()
  await log.says('the line to the hub is back', from)
  await ends(task, 'done')
  expect(greetings(task)).toHaveLength(1)
}, 90_000)

test('the hub killed and started again: it is back by itself, and greets the next', async () => {
  const from = log.lines().length
  await hub.kill()
  await log.says('the line to the hub is lost', from)
  await hub.start()
  await log.says('the line to the hub is back', from)
  await becomes('online')
  const task = await greets('five')
  await ends(task, 'done')
}, 90_000)

test('over TLS it is the same device', async () => {
  const before = host.settings.broker
  host.settings.broker = `wss://127.0.0.1:${hub.ports.wss}/mqtt`
  await page.reload()
  await page.waitForSelector('text=is at work')
  expect(await metrics()).toContain('usher_connections{door="wss"} 1')
  host.settings.broker = before
  await page.reload()
  await page.waitForSelector('text=is at work')
}, 120_000)

test('a second tab waits until the first is closed: one page is the device', async () => {
  const second = await context.newPage()
  const its = readConsole(second)
  await second.goto(host.origin)
  await its.says(/another page is this device/)
  expect(await linkOf()).toBe('online')
  await page.close()
  await second.waitForSelector('text=is at work')
  page = second
  log = its
}, 120_000)

test('a page of another origin gets nothing, in a browser as well', async () => {
  const stranger = await context.newPage()
  await stranger.goto(host.origin.replace('127.0.0.1', 'localhost'))
  const tried = await stranger.evaluate(`new Promise((resolve) => {
    const socket = new WebSocket('ws://127.0.0.1:${road.port}/mqtt', 'mqtt')
    socket.addEventListener('open', () => resolve('open'))
    socket.addEventListener('error', () => resolve('refused'))
  })`)
  expect(tried).toBe('refused')
  await stranger.close()
  expect(await metrics()).toMatch(/usher_refused_total\{code="connect\.origin"\} [1-9]/)
  expect(await metrics()).toContain('usher_connections{door="ws"} 1')
}, 120_000)

test('revoked while it is connected it says so and stops; with a new claim code it is back', async () => {
  await hub.json('devices', 'revoke', device, '--reason', 'stolen')
  await page.waitForSelector('text=is not admitted any more')
  expect(await linkOf()).not.toBe('online')
  const { code } = await hub.json<{ code: string }>('devices', 'add', device)
  await page.reload()
  await page.waitForSelector('form:not([hidden])')
  await type(code)
  await log.says(/staff are asked to approve/)
  await hub.usher('devices', 'approve', device)
  await page.waitForSelector('text=is at work')
  await becomes('online')
}, 90_000)
