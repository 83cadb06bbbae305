/**
 * A desk as a bank runs it: `usher start --role desk` behind the bank's own certificate, a branch that dials in over TLS, an
 * expert at the built console in a real browser, and a customer's page that both see and are seen by.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { makeRoot, makeServer } from '#hub/broker/certificates.ts'
import { ticketsOf } from '#hub/calls/line/ticket.ts'
import { demoBranch, type Running, startUsher, usher } from '../../cli/support.ts'
import { findPorts } from '../../crash/free-ports.ts'
import { openChromium, readConsole } from '../../support/chromium.ts'
import { bundleCall } from '../support/line-process.ts'
import { framesOf, mediaWords, type Party, partyIn } from '../support/parties.ts'
import { HubProcess, openProxy } from './hub-process.ts'
import { BranchAt } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-desk-role-'))
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
const secret = file('north.secret', 'north-'.repeat(8))
const password = 'walnut-umbrella-seventeen-fjords'

const deskText = `
desk: experts
title: { en: Experts, zh: 专家中心 }
timeZone: UTC
experts:
  people:
    - { id: wang, title: { en: Wang Min, zh: 王敏 }, languages: [zh, en] }
  ringMs: 60000
  joinMs: 60000
`

let browser: Browser
let desk: Running
let port = 0
let strangers = ''
const branches: BranchAt[] = []

const certify = async () => {
  const terms = { name: 'bank', days: 30, wallMs: Date.now() }
  const root = await makeRoot(terms)
  const pair = await makeServer(root, { ...terms, name: 'desk', hosts: ['localhost'] })
  strangers = file('strangers.pem', (await makeRoot({ ...terms, name: 'strangers' })).certificate)
  file('bank.pem', root.certificate)
  file('desk.pem', pair.certificate)
  file('desk.key', pair.key)
}

const startDesk = async () => {
  port = (await findPorts()).http
  file('experts.yaml', deskText)
  const config = {
    branch: 'experts.yaml',
    data: 'desk',
    http: { host: '0.0.0.0', port, names: ['localhost'], certificate: 'desk.pem', key: 'desk.key' },
    calls: { branches: [{ name: 'north', secretFile: secret }] },
  }
  desk = startUsher(['start', '--role', 'desk', '--config', file('desk.yaml', JSON.stringify(config))])
  return JSON.parse(await desk.line(/the hub is ready/)) as Record<string, unknown>
}

/** Of the demonstration, without the experts that it has of its own. */
const openBranch = async (name: string, ca: string): Promise<BranchAt> => {
  const { experts: _, ...plain } = parse(readFileSync(demoBranch, 'utf8')) as Record<string, unknown>
  const proxy = await openProxy(port)
  const url = `https://localhost:${proxy.port}`
  const hub = new HubProcess({
    role: 'branch',
    silentMs: 60_000,
    config: {
      branch: file(`${name}.yaml`, JSON.stringify(plain)),
      data: join(folder, name),
      mqtt: { loopback: { port: 0, trust: 'declared' }, tls: false },
      http: { port: 0 },
      calls: { desk: { url, name: 'north', secretFile: secret, ca } },
    },
  })
  const branch = new BranchAt(name, hub, proxy)
  branches.push(branch)
  await hub.start()
  return branch
}

beforeAll(async () => {
  await certify()
  ;[browser] = await Promise.all([
    openChromium([...mediaWords, '--disable-features=LocalNetworkAccessChecks']),
    startDesk(),
  ])
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await Promise.all(branches.map(({ hub }) => hub.kill()))
  await Promise.all(branches.map(({ proxy }) => proxy.stop()))
  desk?.child.kill('SIGTERM')
  await desk?.ended
  rmSync(folder, { recursive: true, force: true })
})

const openConsole = async () => {
  const data = join(folder, 'desk')
  const invited = await usher('staff', 'invite', 'wang', '--roles', 'expert', '--json', '--data', data)
  const { link } = JSON.parse(invited.said) as { link: string }
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    baseURL: `https://localhost:${port}`,
    ignoreHTTPSErrors: true,
    permissions: ['camera', 'microphone'],
  })
  const page = await context.newPage()
  const log = readConsole(page, /requires 'Trusted\w+' assignment/i)
  const code = new URL(link).searchParams.get('code')
  const headers = { origin: `https://localhost:${port}` }
  const signedIn = await page.request.post('/api/set-up', { data: { code, password }, headers })
  expect(signedIn.status()).toBe(200)
  await page.goto('/expert')
  await page.getByText('Live', { exact: true }).waitFor()
  return { page, log, context }
}

const partyFolder = join(import.meta.dirname, '../page')

const openKiosk = async (branch: BranchAt): Promise<Party> => {
  const base = `http://127.0.0.1:${branch.hub.port}`
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
  const bundle = await bundleCall(folder)
  const files = {
    '/party': ['text/html', join(partyFolder, 'index.html')],
    '/party.js': ['text/javascript', join(partyFolder, 'party.js')],
    '/call.js': ['text/javascript', bundle],
  } as const
  for (const [path, [contentType, from]] of Object.entries(files))
    await context.route(`${base}${path}`, (route) => route.fulfill({ contentType, body: readFileSync(from) }))
  return partyIn(context, `${base}/party`, 'kiosk:kiosk-1')
}

const at = (page: Page, name: string) => page.locator(`[data-stage="${name}"]`).waitFor()

const pictures = (page: Page) =>
  page
    .locator('[data-seat] video')
    .evaluateAll(
      (all) => all.filter((one) => (one as unknown as { videoWidth: number }).videoWidth > 0).length,
    )

it('rings with the story, is accepted, and both see each other; who is signed by nobody known is not reached', async () => {
  const [north, south] = await Promise.all([
    openBranch('north-gate', join(folder, 'bank.pem')),
    openBranch('elsewhere', strangers),
  ])
  const { page, log } = await openConsole()
  const level = () => page.locator('meter').evaluate((meter) => (meter as unknown as { value: number }).value)
  await expect.poll(level).toBeGreaterThan(0)
  await page.keyboard.press('v')
  await at(page, 'ready')
  await north.isOpen(true)
  expect((await south.line())?.up).toBe(false)

  await north.hub.submit({ kind: 'presence', device: 'kiosk-1', presence: { status: 'online' } })
  await north.asks('kiosk-1')
  await at(page, 'ringing')
  await page.getByRole('heading', { name: /A call from .+ · Kiosk 1/ }).waitFor()
  await page.getByText(/^Kiosk 1: /).waitFor()
  await page.getByRole('listitem').filter({ hasText: 'it rings for Wang Min' }).waitFor()
  await page.getByRole('listitem').filter({ hasText: 'somebody elsewhere was asked for' }).waitFor()
  await page.keyboard.press('a')
  await at(page, 'call')

  const here = await north.call('accepted')
  const key = readFileSync(join(folder, 'north-gate/pki/calls.key'))
  const pass = { call: here.id, participant: 'kiosk:kiosk-1', until: Date.now() + 600_000 } as const
  const kiosk = await openKiosk(north)
  await kiosk.join(ticketsOf(key, () => Date.now()).issue(pass))
  await expect.poll(() => pictures(page)).toBe(2)
  await page.getByText('Customer · Kiosk 1').waitFor()
  await expect.poll(async () => (await framesOf([kiosk]))[0] ?? 0).toBeGreaterThan(5)
  await north.call('in-call')

  await kiosk.do('media.hangUp()')
  await at(page, 'wrap-up')
  await kiosk.close()
  expect(log.troubles).toEqual([])
}, 120_000)

it('opens no door for devices, and runs no flow', async () => {
  const data = join(folder, 'desk')
  const said = JSON.parse(
    desk
      .said()
      .split('\n')
      .find((line) => line.includes('the hub is ready')) ?? '{}',
  )
  expect([said.mqtt, said.mqtts, said.websocket]).toEqual([undefined, undefined, undefined])
  const flows = await usher('flows', 'list', '--json', '--data', data)
  expect(JSON.parse(flows.said)).toEqual([])
})
