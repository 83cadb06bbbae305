/** Who comes in at a branch and who comes in at the desk see each other, and what one says reaches the other. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ticketsOf } from '#hub/calls/line/ticket.ts'
import type { BrowseSaid } from '#protocol/calls/browse.ts'
import { callLine, type Participant, type Room, type SignalFrom } from '#protocol/calls/signalling.ts'
import type { BranchAt } from './stage.ts'
import { LinkStage, until } from './stage.ts'

/** What a silent line does is tried elsewhere: here a busy machine must not look like one. */
const stage = new LinkStage(60_000)
const sockets: Socket[] = []
let branch: BranchAt

beforeAll(async () => {
  branch = await stage.openNorth()
}, 60_000)
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await stage.stop()
})

const enter = (at: { port: number; data: string }, pass: { call: string; participant: Participant }) => {
  const key = readFileSync(join(stage.folder, at.data, 'pki/calls.key'))
  const ticket = ticketsOf(key, () => Date.now()).issue({ ...pass, until: Date.now() + 600_000 })
  const origin = `http://127.0.0.1:${at.port}`
  const socket = io(origin, {
    path: callLine,
    transports: ['websocket'],
    auth: { ticket },
    extraHeaders: { origin },
  })
  sockets.push(socket)
  const rooms: Room[] = []
  socket.on('room', (room: Room) => rooms.push(room))
  return {
    socket,
    sees: (...ids: readonly string[]) =>
      until(`${pass.participant} sees ${ids.join(', ')}`, async () => {
        const seen = rooms.at(-1)?.participants.map(({ id }) => id) ?? []
        return JSON.stringify([...seen].sort()) === JSON.stringify([...ids].sort()) ? rooms.at(-1) : undefined
      }),
  }
}

const next = <T>(socket: Socket, event: string) =>
  new Promise<T>((resolve) => {
    socket.once(event, (said: T) => resolve(said))
  })

const run = 'r'.repeat(12)
const candidate = (text: string) => ({ candidate: { candidate: text } })

it('from a kiosk and a tablet to the expert and back, and again after the desk was killed', async () => {
  await branch.asks()
  const there = await stage.call('ringing')
  await stage.desk.command({ name: 'call.accept', call: there.id, ring: there.ring?.id ?? '', by: 'ann' })
  const here = await branch.call('accepted')
  const kiosk = enter(
    { port: branch.hub.port, data: 'north' },
    { call: here.id, participant: 'kiosk:kiosk-1' },
  )
  const manager = enter(
    { port: branch.hub.port, data: 'north' },
    { call: here.id, participant: 'manager:mei' },
  )
  const expert = enter({ port: stage.port, data: 'desk' }, { call: there.id, participant: 'expert:ann' })
  const everybody = ['kiosk:kiosk-1', 'manager:mei', 'expert:ann']
  await Promise.all([kiosk, manager, expert].map((one) => one.sees(...everybody)))
  await branch.call('in-call')

  const heard = next<SignalFrom>(expert.socket, 'signal')
  kiosk.socket.emit('signal', { to: 'expert:ann', run, signal: candidate('from the kiosk') })
  expect(await heard).toEqual({ from: 'kiosk:kiosk-1', run, signal: candidate('from the kiosk') })
  const back = next<SignalFrom>(manager.socket, 'signal')
  expert.socket.emit('signal', { to: 'manager:mei', run, forRun: run, signal: candidate('from the expert') })
  expect(await back).toMatchObject({ from: 'expert:ann', forRun: run })

  // The page of the kiosk goes the same way, and what was done about it is noted where the kiosk is.
  const seen = next<BrowseSaid>(expert.socket, 'browse')
  kiosk.socket.emit('browse', { kind: 'sight', sight: 'on', fields: [] })
  expect(await seen).toEqual({ kind: 'sight', sight: 'on', fields: [] })
  const proposed = next<BrowseSaid>(kiosk.socket, 'browse')
  const propose = { kind: 'propose', proposal: 'p-1234567', field: 'city', value: 'Xi’an' }
  expert.socket.emit('browse', propose)
  expect(await proposed).toEqual(propose)
  await until('it is noted at the branch', async () => {
    const noted = (await branch.hub.ask({ decisions: true })) as readonly { record: { code: string } }[]
    return noted.some(({ record }) => record.code === 'call.page-shown') ? true : undefined
  })

  expert.socket.emit('shown', { camera: true, microphone: true, held: false })
  await until('the kiosk sees that the camera is on', async () => {
    const room = await kiosk.sees(...everybody)
    return room.participants.find(({ id }) => id === 'expert:ann')?.shown.camera === true ? true : undefined
  })

  const refused = next<{ code: string }>(kiosk.socket, 'refused')
  kiosk.socket.emit('signal', { to: 'expert:ben', run, signal: candidate('to nobody') })
  expect((await refused).code).toBe('call.signal')

  // Left open it would come back by itself, and take the place of the one that comes after it.
  expert.socket.disconnect()
  await stage.restartDesk()
  const again = enter({ port: stage.port, data: 'desk' }, { call: there.id, participant: 'expert:ann' })
  await again.sees(...everybody)
  const later = next<SignalFrom>(again.socket, 'signal')
  await until('the line is back', async () => ((await branch.line())?.open === true ? true : undefined))
  kiosk.socket.emit('signal', { to: 'expert:ann', run, signal: candidate('after the kill') })
  expect((await later).signal).toEqual(candidate('after the kill'))

  const over = next(again.socket, 'over')
  kiosk.socket.emit('hang-up', () => undefined)
  await over
  await stage.call('wrap-up')
}, 90_000)
