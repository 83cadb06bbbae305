/** A whole hub: who signs in, is rung, joins with a ticket, is killed away and comes back with the same one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readVersions } from '#cli/start/versions.ts'
import { flows } from '#flows/index.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { type Hub, startHub } from '#hub/main.ts'
import { HubConfig } from '#hub/ops/config.ts'
import { createLog } from '#hub/ops/log.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { callLine, type Room } from '#protocol/calls/signalling.ts'
import { callRoutes } from '#protocol/desk/call-routes.ts'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import { usher } from '../cli/support.ts'
import { connectPage, type TestPage } from '../desk/live/support.ts'

const password = 'walnut-umbrella-seventeen-fjords'
const branch = join(import.meta.dirname, '../../simulators/branches/demo.yaml')
const folder = mkdtempSync(join(tmpdir(), 'usher-calls-'))
let hub: Hub
let ports = { http: 0, mqtt: 0 }
const sockets: Socket[] = []

const start = async () => {
  hub = await startHub({
    config: HubConfig.parse({
      branch,
      data: join(folder, 'data'),
      mqtt: { loopback: { port: ports.mqtt, trust: 'declared' }, tls: false, websocket: false },
      http: { port: ports.http },
    }),
    flows,
    versions: readVersions(),
    clock: systemClock(),
    log: createLog('silent'),
    onFatal: (error) => {
      throw error
    },
  })
  ports = { http: hub.ports.http, mqtt: hub.ports.mqtt ?? 0 }
}

const base = () => `http://127.0.0.1:${ports.http}`
const headers = (cookie = '') => ({ origin: base(), 'content-type': 'application/json', cookie })

const post = (path: string, body: object, cookie = '') =>
  fetch(`${base()}${path}`, { method: 'POST', headers: headers(cookie), body: JSON.stringify(body) })

const signIn = async (name: string): Promise<string> => {
  const answer = await post('/api/sign-in', { name, password })
  expect(answer.status).toBe(200)
  return (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
}

const ticketFor = async (call: string, cookie: string): Promise<string> => {
  const answer = await post(callRoutes.joinCall.path, { call }, cookie)
  const { ticket } = (await answer.json()) as { ticket: string }
  return ticket
}

interface InCall {
  readonly socket: Socket
  /** Once these are in the room, as this one is told. */
  with(...participants: readonly string[]): Promise<void>
  readonly refused: Promise<string>
}

const enter = (ticket: string): InCall => {
  const socket = io(base(), {
    path: callLine,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { ticket },
    extraHeaders: { origin: base() },
  })
  sockets.push(socket)
  let room: Room | undefined
  const looks = new Set<() => void>()
  socket.on('room', (told: Room) => {
    room = told
    for (const look of looks) look()
  })
  return {
    socket,
    with: (...participants) =>
      new Promise((resolve) => {
        const look = () => {
          if (
            JSON.stringify(room?.participants.map(({ id }) => id).toSorted()) ===
            JSON.stringify(participants.toSorted())
          )
            resolve()
        }
        looks.add(look)
        look()
      }),
    refused: new Promise((resolve) =>
      socket.on('connect_error', (error) => resolve((error as { data?: { code: string } }).data?.code ?? '')),
    ),
  }
}

const insist = async (page: TestPage, command: DeskCommand) =>
  expect(await page.insist(command)).toMatchObject({ done: true })

const callOn = (page: TestPage) => [...page.copy.calls.values()][0]
const row = () => hub.engine.read((state) => state.calls.values()[0] as CallRow)

beforeAll(async () => {
  await start()
  await hub.desk.putLocal({ name: 'expert-1', roles: ['expert'], password })
  await hub.desk.putLocal({ name: 'expert-2', roles: ['expert'], password })
  await hub.desk.putLocal({ name: 'manager-1', roles: ['manager'], password })
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await hub.stop()
  rmSync(folder, { recursive: true, force: true })
})

const rung = async () => {
  const cookie = await signIn('expert-1')
  const page = connectPage(ports.http, cookie)
  await page.until(({ copy }) => copy.experts.get('expert-1')?.online === true)
  await insist(page, { name: 'expert.presence', params: { presence: 'available', reason: null } })
  await hub.engine.submit({
    body: {
      kind: 'event',
      device: 'kiosk-1',
      name: 'help.requested',
      data: { reason: 'expert', language: 'zh' },
    },
  })
  await page.until((one) => callOn(one)?.state === 'ringing')
  return { cookie, page }
}

test('an expert is rung, stands in the call with a manager, outlives a killed hub, hangs up and writes it up', async () => {
  const { cookie, page } = await rung()
  const { id: call, ring } = callOn(page) ?? { id: '', ring: null }
  const story = await fetch(`${base()}${callRoutes.callStory.path}?call=${call}`, {
    headers: headers(cookie),
  })
  expect(await story.json()).toMatchObject({
    device: { id: 'kiosk-1' },
    steps: expect.arrayContaining([expect.objectContaining({ code: 'call.rings' })]),
  })
  const early = await post(callRoutes.joinCall.path, { call }, cookie)
  expect(await early.json()).toMatchObject({ error: { code: 'call.not-yours' } })

  await insist(page, { name: 'call.accept', params: { call, ring: ring?.id ?? '' } })
  const other = await signIn('expert-2')
  const foreign = await post(callRoutes.joinCall.path, { call }, other)
  expect(await foreign.json()).toMatchObject({ error: { code: 'call.not-yours' } })
  const own = await ticketFor(call, cookie)
  const managers = await ticketFor(call, await signIn('manager-1'))
  const [expert, manager] = [enter(own), enter(managers)]
  await expert.with('expert:expert-1', 'manager:manager-1')
  await page.until((one) => callOn(one)?.state === 'in-call')
  expect(await enter(`${own.slice(0, -2)}xx`).refused).toBe('call.ticket')

  await hub.stop()
  await start()
  const again = connectPage(ports.http, cookie)
  await again.until((one) => callOn(one)?.state === 'in-call')
  const back = enter(own)
  await back.with('expert:expert-1', 'manager:manager-1')
  manager.socket.disconnect()
  const over = new Promise((resolve) => back.socket.on('over', resolve))
  back.socket.emit('hang-up', () => undefined)
  expect(await over).toEqual({ why: 'ended' })
  await again.until((one) => callOn(one)?.state === 'wrap-up' && callOn(one)?.wrapUpUntil !== null)
  await insist(again, { name: 'call.wrap-up', params: { call, code: 'solved', notes: 'All is well.' } })
  expect(await row()).toMatchObject({ state: 'ended', outcome: 'solved', notes: 'All is well.', tried: [] })
  expect(await enter(own).refused).toBe('call.over')
  again.leave()
}, 30_000)

test('the command explains of the ring who else could have been rung, with score or reason, in both languages', async () => {
  const explain = async (lang: string) => {
    const data = join(folder, 'data')
    const { code, said } = await usher('explain', '--device', 'kiosk-1', '--lang', lang, '--data', data)
    expect(code).toBe(0)
    const lines = said.split('\n')
    const from = lines.findIndex((line) => /it rings for|正在呼叫/.test(line))
    return lines.slice(from, from + 3).map((line) => line.replace(/^  \d.*?(?=it rings|正在)/, ''))
  }
  expect(await explain('en')).toEqual([
    'it rings for Expert Wang',
    '    - Expert Wang (expert-1): score 100 (minutes idle 0, language 40, skills 60)',
    '    - Expert Zhao (expert-2): is not there',
  ])
  expect(await explain('zh')).toEqual([
    '正在呼叫王专家',
    '    - 王专家 (expert-1): 得分 100 (空闲分钟 0, 语言 40, 技能 60)',
    '    - 赵专家 (expert-2): 不在线',
  ])
}, 30_000)
