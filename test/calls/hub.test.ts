/**
 * A call through a whole hub that is killed in the middle of it: those who are in it go on seeing each other, the hub finds
 * them again, the call is written up, and the flow that asked for it goes on.
 */
import type { Browser } from 'playwright-core'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallCommand } from '#hub/calls/commands.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { callLine } from '#protocol/calls/signalling.ts'
import { HubProcess } from './support/hub-process.ts'
import { framesOf, isMoving, openMediaChromium, openParty, type Party } from './support/parties.ts'

const hub = new HubProcess()
const ids = ['kiosk:kiosk-1', 'manager:manager-1', 'expert:expert-1'] as const
let browser: Browser
let parties: readonly Party[]

const command = (what: CallCommand) => hub.command(what)
const call = async () => (await hub.ask()).calls[0] as CallRow
const lines = async () => (await Promise.all(parties.map((party) => party.view()))).map(({ line }) => line)

beforeAll(async () => {
  ;[browser] = await Promise.all([openMediaChromium(), hub.start()])
  parties = await Promise.all(ids.map((id) => openParty(browser, hub.base, id)))
})
afterAll(async () => {
  for (const party of parties) await party.close()
  await browser.close()
  await hub.close()
})

test('from asking for help to seeing each other', async () => {
  await command({ name: 'expert.line', expert: 'expert-1', here: true, by: 'hub' })
  await command({
    name: 'expert.presence',
    expert: 'expert-1',
    presence: 'available',
    reason: null,
    by: 'expert-1',
  })
  await hub.ask({
    kind: 'event',
    device: 'kiosk-1',
    name: 'help.requested',
    data: { reason: 'expert', language: 'en' },
  })
  const { id, ring, state } = await call()
  expect(state).toBe('ringing')
  await command({ name: 'call.accept', call: id, ring: ring?.id ?? '', by: 'expert-1' })
  for (const party of parties) await party.join(await hub.ticket(id, party.id))
  await expect.poll(() => isMoving(parties)).toBe(true)
  await expect.poll(async () => (await call()).state).toBe('in-call')
  expect((await call()).participants.toSorted()).toEqual(ids.toSorted())
  const [kiosk] = parties
  expect((await kiosk?.view())?.others.find((other) => other.id === ids[2])?.title).toMatchObject({
    zh: '王专家',
  })
})

test('a hub that is killed leaves them in their call, and is back in it', async () => {
  const before = await call()
  await hub.kill()
  await expect.poll(lines).toEqual(['lost', 'lost', 'lost'])
  const frames = await framesOf(parties)
  await expect.poll(() => isMoving(parties, frames)).toBe(true)
  await hub.start()
  await expect.poll(lines).toEqual(['open', 'open', 'open'])
  await command({ name: 'expert.line', expert: 'expert-1', here: true, by: 'hub' })
  expect(await call()).toMatchObject({
    id: before.id,
    state: 'in-call',
    expert: 'expert-1',
    segments: before.segments,
  })
  const after = await framesOf(parties)
  await expect.poll(() => isMoving(parties, after)).toBe(true)
  expect(await Promise.all(parties.map((party) => party.do('connectionsMade()')))).toEqual([2, 2, 2])
})

test('who comes with a ticket of nobody is counted by the hub', async () => {
  const { origin } = new URL(hub.base)
  const socket = io(origin, {
    path: callLine,
    transports: ['websocket'],
    auth: { ticket: 'x'.repeat(60) },
    reconnection: false,
    extraHeaders: { origin },
  })
  const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve))
  expect(error.message).toBe('call.ticket')
  const metrics = await (await fetch(`${origin}/metrics`)).text()
  expect(metrics).toMatch(/usher_refused_total\{code="call\.ticket"\} 1/)
})

test('the customer hangs up, it is written up, and the branch goes on', async () => {
  const { id } = await call()
  await parties[0]?.do('media.hangUp()')
  const overs = async () => (await Promise.all(parties.map((party) => party.view()))).map(({ over }) => over)
  await expect.poll(overs).toEqual([expect.stringMatching(/left|ended/), 'ended', 'ended'])
  expect((await call()).state).toBe('wrap-up')
  const seen = await command({
    name: 'call.wrap-up',
    call: id,
    code: 'solved',
    notes: 'Card unlocked.',
    by: 'expert-1',
  })
  expect(seen.calls[0]).toMatchObject({ state: 'ended', outcome: 'solved', notes: 'Card unlocked.' })
  expect(seen.escalations.map(({ state }) => state)).toEqual(['ended'])
  expect(seen.experts.find((one) => one.id === 'expert-1')).toMatchObject({ call: null })
  expect(seen.flows).not.toContain('escalation')
})
