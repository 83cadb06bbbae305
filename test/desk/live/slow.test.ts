/** A page that cannot keep up costs the hub no more than a bound, and has everything once it can. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Audience, createAudience, type LiveServer, type LiveSocket } from '#hub/desk/live/audience.ts'
import type { Following } from '#hub/desk/live/follow.ts'
import type { LiveDelta } from '#protocol/desk/live/line.ts'
import { remove } from '../support.ts'
import { connectPage, contentOf, type LiveStage, raiseLive, signInLive } from './support.ts'

let stage: LiveStage
let cookie: string

beforeAll(async () => {
  stage = await raiseLive()
  cookie = await signInLive(stage, 'li', ['manager'])
})
afterAll(async () => {
  await stage.stop()
  remove(stage.folder)
})

/** As much of a socket as an audience sees. */
const fakeSocket = () => {
  const sent: string[] = []
  const rooms = new Set<string>()
  const state = { writable: true, isCut: false }
  const socket = {
    conn: { transport: state },
    emit: (name: string) => sent.push(name),
    join: (room: string) => rooms.add(room),
    leave: (room: string) => rooms.delete(room),
    disconnect: () => {
      state.isCut = true
    },
  } as unknown as LiveSocket
  return { socket, sent, rooms, state }
}

const openAudience = () => {
  let nowMs = 0
  const inRoom: string[] = []
  const io = {
    to: () => ({ emit: (name: string) => inRoom.push(name), volatile: { emit: () => true } }),
  } as unknown as LiveServer
  const following = {
    numbered: { since: () => undefined },
    snapshot: () => ({}),
  } as unknown as Following
  const audience: Audience = createAudience({
    io,
    following,
    positions: () => ({ at: 0, devices: [], people: [] }),
    nowMs: () => nowMs,
    waitingBytesMax: 1_000,
    behindMsMax: 5_000,
  })
  const delta = (bytes: number) => audience.delta({} as LiveDelta, bytes)
  return {
    audience,
    delta,
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

test('who is behind hears nothing until there is room, and then everything', () => {
  const { audience, delta } = openAudience()
  const { socket, sent, rooms, state } = fakeSocket()
  audience.welcome(socket, undefined)
  expect(sent).toEqual(['snapshot', 'positions'])
  state.writable = false
  delta(600)
  expect(rooms.size).toBe(1)
  delta(600)
  expect(rooms.size).toBe(0)
  delta(600)
  audience.beat({ at: 0, n: 3 })
  expect(sent.length).toBe(2)
  state.writable = true
  audience.beat({ at: 0, n: 3 })
  expect(sent).toEqual(['snapshot', 'positions', 'snapshot', 'positions'])
  expect(rooms.size).toBe(1)
  expect(state.isCut).toBe(false)
})

test('who empties his line in between is never behind', () => {
  const { audience, delta } = openAudience()
  const { socket, rooms } = fakeSocket()
  audience.welcome(socket, undefined)
  for (let times = 0; times < 20; times++) delta(900)
  expect(rooms.size).toBe(1)
})

test('who stays behind is let go', () => {
  const { audience, delta, pass } = openAudience()
  const { socket, state } = fakeSocket()
  audience.welcome(socket, undefined)
  state.writable = false
  delta(2_000)
  pass(5_000)
  delta(10)
  expect(state.isCut).toBe(false)
  pass(1)
  delta(10)
  expect(state.isCut).toBe(true)
})

test('a page that reads nothing is cut off, and no other notices', async () => {
  const frozen = new WebSocket(`ws://127.0.0.1:${stage.port}/live/?EIO=4&transport=websocket`, {
    headers: { cookie, origin: `http://127.0.0.1:${stage.port}` },
  })
  await new Promise((resolve) => void frozen.once('message', resolve))
  frozen.send('40{"version":1}')
  await new Promise((resolve) => void frozen.once('message', resolve))
  const closed = new Promise((resolve) => void frozen.once('close', resolve))
  frozen.pause()
  const page = connectPage(stage.port, cookie)
  await page.until(({ snapshots }) => snapshots === 1)
  for (let times = 0; times < 5; times++) {
    const isHold = times % 2 === 0
    await page.ask(
      isHold
        ? { name: 'device.hold', params: { device: 'robot-1', forMs: null } }
        : { name: 'device.release', params: { device: 'robot-1' } },
    )
    const wanted = isHold ? 'held' : 'open'
    await page.until(({ copy }) => copy.devices.get('robot-1')?.willingness === wanted)
  }
  // It answers no ping any more; by the fourth beat from now the hub has noticed.
  const beats = () => page.heard.filter((name) => name === 'beat').length
  const before = beats()
  await page.until(() => beats() >= before + 4)
  frozen.resume()
  await closed
  const fresh = connectPage(stage.port, cookie)
  await fresh.until(({ have }) => have?.n === page.have?.n)
  expect(contentOf(fresh.copy)).toEqual(contentOf(page.copy))
  fresh.leave()
  page.leave()
})
