/**
 * The vendor's own player library (`@xibosignage/xibo-communication-framework`, LGPL-3.0) as the player of a display: what
 * the adapter asked of the CMS reaches it over the message relay, and it understands what it knows: criteria and commands.
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Xmr } from '@xibosignage/xibo-communication-framework'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type WebSocket as RelaySocket, WebSocketServer } from 'ws'
import type { Frame } from '#adapters/xibo/simulator/player.ts'
import { createStand, promotion, type Stand, until } from './support/stand.ts'

const channel = 'channel-of-display-1'
const cmsKey = 'key-of-the-cms'

let stand: Stand
let relay: WebSocketServer
let xmr: Xmr
const greetings: unknown[] = []
const sockets = new Map<string, RelaySocket>()
const heard: Record<string, unknown[][]> = {}

/** As the CMS and its relay do: the frame goes to the channel of the display. */
const openRelay = async () => {
  relay = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  relay.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const init = JSON.parse(data.toString()) as { type: string; key: string; channel: string }
      greetings.push(init)
      if (init.key === cmsKey) sockets.set(init.channel, socket)
    })
  })
  await once(relay, 'listening')
  return `ws://127.0.0.1:${(relay.address() as AddressInfo).port}`
}

beforeAll(async () => {
  vi.stubGlobal('window', globalThis)
  vi.spyOn(console, 'debug').mockImplementation(() => {})
  const vendor = await import('@xibosignage/xibo-communication-framework')
  xmr = new vendor.Xmr(channel)
  for (const event of ['connected', 'criteriaUpdate', 'showStatusWindow', 'error'] as const)
    xmr.on(event, (...words: unknown[]) => void (heard[event] = [...(heard[event] ?? []), words]))
  const url = await openRelay()
  await xmr.init()
  await xmr.start(url, cmsKey)
  await until(() => {
    if (!sockets.has(channel)) throw new Error('the player has not signed in')
  })
  stand = await createStand()
  stand.cms.onFrame = (display, frame: Frame) => {
    if (display === 1) sockets.get(channel)?.send(JSON.stringify(frame))
  }
})

afterAll(async () => {
  clearInterval(xmr.interval)
  await xmr.stop()
  for (const client of relay.clients) client.terminate()
  await new Promise((resolve) => {
    relay.close(resolve)
  })
  await stand.stop()
  vi.unstubAllGlobals()
})

test('it signs in at the relay', () => {
  expect(greetings).toEqual([{ type: 'init', key: cmsKey, channel }])
  expect(heard['error']).toBeUndefined()
})

test('criteria that the hub sets reach it with metric, value and time to live', async () => {
  const criteria = [
    { metric: 'queue_length', value: 12, ttlMs: 300_000 },
    { metric: 'waiting', value: 0, ttlMs: 60_000 },
  ]
  await stand.give('x-set-criteria', { criteria }).ended()
  await until(() =>
    expect(heard['criteriaUpdate']).toEqual([
      [
        [
          { metric: 'queue_length', value: '12', ttl: 300 },
          { metric: 'waiting', value: '0.0', ttl: 60 },
        ],
      ],
    ]),
  )
})

test('a command of the CMS is carried out by it', async () => {
  await stand.give('x-run-command', { command: 'status-window' }).ended()
  await until(() => expect(heard['showStatusWindow']).toEqual([[30]]))
})

test('a layout is pushed to it, too; this version of the library says that it does not know that action', async () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => {})
  await stand.give('promote', promotion(100)).ended()
  await until(() =>
    expect(complaints.mock.calls.flat()).toEqual(
      expect.arrayContaining(['Xmr::message: unknown action: changeLayout']),
    ),
  )
})

test('a frame that is too old by the clock of the CMS is passed over', async () => {
  const before = heard['criteriaUpdate']?.length
  stand.cms.aheadMs = -3_600_000
  await stand.give('x-set-criteria', { criteria: [{ metric: 'late', value: 'x' }] }).ended()
  await stand.give('x-run-command', { command: 'status-window' }).ended()
  stand.cms.aheadMs = 0
  await stand.give('x-run-command', { command: 'status-window' }).ended()
  await until(() => expect(heard['showStatusWindow']).toHaveLength(2))
  expect(heard['criteriaUpdate']).toHaveLength(before ?? 0)
})
