/** What is asked of a screen from afar: by the command line, through the hub and its journal, to what is seen and heard. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScreenStage, type ScreenStage } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-remote-'))
const device = 'screen-waiting-1'
let stage: ScreenStage
const screen = () => stage.screens[0]

beforeAll(async () => {
  stage = await openScreenStage(folder)
  await screen().open()
})
afterAll(async () => {
  await stage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const remote = (...words: readonly string[]) => stage.hub.usher('devices', 'remote', device, ...words)

test('who is not there is not waited for', async () => {
  const { code, complained } = await remote('identify')
  expect([code, complained]).toEqual([1, expect.stringContaining('task.not-eligible')])
})

test('a screen shows its name, says how loud it is, and sends a picture of what it shows', async () => {
  await screen().page().locator('.note.code strong').waitFor()
  await stage.admit(screen())
  await expect
    .poll(async () => (await remote('identify')).said, { timeout: 10_000, interval: 200 })
    .toContain('shows its name')
  await screen().page().getByText(device).waitFor()
  expect((await remote('volume', '--percent', '30')).said).toContain('volume 30 %')
  const file = join(folder, 'seen.jpg')
  expect((await remote('screenshot', '--out', file)).said).toContain(file)
  const picture = readFileSync(file)
  expect([...picture.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
  expect(picture.length).toBeGreaterThan(2_000)
  expect((await remote('screenshot', '--out', file)).complained).toContain('file.exists')
  expect((await remote('identify', '--percent', '30')).complained).toContain('--percent goes with volume')
  expect((await remote('reload')).said).toContain('has the newest page already')
  await stage.sense('tickets-1', 'ticket.issued', { ticket: 'A012', service: 'cash' })
  await stage.sense('tickets-1', 'ticket.called', { ticket: 'A012', counter: 'counter-2' })
  await screen().page().locator('.look-ticket-call').waitFor()
  const anew = screen().page().waitForEvent('load')
  expect((await remote('reload', '--anyway')).said).toContain('loads its page again')
  await anew
  // What it showed for the hub came to its end first.
  const calls = await stage.hub.json<readonly { phase: string }[]>(
    'tasks',
    'list',
    '--all',
    '--flow',
    'ticket-call',
  )
  expect(calls.map(({ phase }) => phase)).toEqual(['done'])
  const tasks = await stage.hub.json<readonly { flow: string; intent: { capability: string } }[]>(
    'tasks',
    'list',
    '--all',
    '--flow',
    'request',
  )
  expect(tasks.map(({ intent }) => intent.capability)).toContain('x-usher-screenshot')
})
