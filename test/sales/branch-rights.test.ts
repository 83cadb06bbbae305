/** Who comes into the room of a sale at the branch, by every way there is to it; whoever else is told why not, by a code. */
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { managerIn } from '#hub/calls/find.ts'
import { openTickets } from '#hub/calls/line/ticket.ts'
import type { SaleCommand } from '#hub/sales/commands.ts'
import { callLine } from '#protocol/calls/signalling.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { piecesPath, ticketHeader } from '#protocol/recording/pieces.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { KioskStage } from '../kiosk/support/stage.ts'
import { lobbyPassword } from '../support/lobby.ts'

const stage = new KioskStage()
const cookies = new Map<string, string>()
const seller = { by: 'manager-1', leads: true } as const
const people: readonly (readonly [string, readonly DeskRole[]])[] = [
  ['manager-1', ['manager']],
  ['manager-2', ['manager']],
  ['expert-1', ['expert']],
  ['staff-1', ['staff']],
  ['auditor-1', ['auditor']],
]

const sale = (): SaleRow => stage.hub.engine.state.sales.values().at(-1) as SaleRow
const order = (command: SaleCommand) => stage.hub.engine.submit({ body: { kind: 'command', command } })
const answer = (device: string, given: boolean) =>
  stage.hub.engine.submit({
    body: { kind: 'event', device, name: 'recording.answered', data: { sale: sale().id, given } },
  })

const post = (path: string, body: unknown, cookie = '') =>
  fetch(`${stage.base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: stage.base, cookie },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const said = async (answered: Promise<Response>): Promise<string> => {
  const response = await answered
  const { error } = (await response.json()) as { error?: { code: string } }
  return error === undefined ? `${response.status}` : `${response.status} ${error.code}`
}
const join = (who: string, body: unknown = { sale: sale().id }) =>
  said(post('/api/sales/join', body, cookies.get(who)))

const signIn = async (name: string, roles: readonly DeskRole[]) => {
  await stage.hub.desk.putLocal({ name, roles, password: lobbyPassword })
  const signed = await post('/api/sign-in', { name, password: lobbyPassword })
  cookies.set(
    name,
    signed.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  )
}

const ticket = async (participant: string, { room = sale().id, forMs = 60_000 } = {}) => {
  const tickets = await openTickets(stage.data, () => Date.now())
  return tickets.issue({ call: room, participant, until: Date.now() + forMs })
}

/** @returns the code of the refusal, or who is in the room */
const comeIn = (auth: unknown): Promise<unknown> => {
  const socket = io(stage.base, {
    path: callLine,
    transports: ['websocket'],
    auth: auth as object,
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: stage.base },
  })
  return new Promise((resolve) => {
    socket.once('connect_error', ({ message }) => resolve(message))
    socket.once('room', ({ me, call }) => resolve([call, me]))
  }).finally(() => socket.disconnect())
}

const say = (words: string, given?: string) =>
  said(
    fetch(`${stage.base}${piecesPath}?${words}`, {
      method: 'POST',
      headers: { origin: stage.base, ...(given !== undefined && { [ticketHeader]: given }) },
    }),
  )

beforeAll(async () => {
  await stage.startHub()
  for (const [name, roles] of people) await signIn(name, roles)
  const asked = { call: null, device: 'kiosk-1', product: 'balanced-wealth', termEnds: '2031-05-01' }
  await order({ name: 'sale.begin', ...asked, ...seller })
}, 60_000)
afterAll(() => stage.stop())

test('before the customer’s yes nobody comes in', async () => {
  expect(await join('manager-1')).toBe('409 sale.state')
  expect(await comeIn({ ticket: await ticket(managerIn('manager-1')) })).toBe('call.over')
})

test('a yes from another kiosk is none', async () => {
  await answer('kiosk-2', true)
  expect(sale().state).toBe('consent')
  await answer('kiosk-1', true)
  expect(sale().state).toBe('starting')
})

test.each([
  ['manager-1', undefined, '200'],
  ['manager-2', undefined, '403 sale.not-yours'],
  ['expert-1', undefined, '403 role.missing'],
  ['staff-1', undefined, '403 role.missing'],
  ['auditor-1', undefined, '403 role.missing'],
  ['nobody', undefined, '401 sign-in.needed'],
  ['manager-1', { sale: 'sale-9' }, '404 sale.unknown'],
  ['manager-1', { sale: '../../pki/calls.key' }, '404 sale.unknown'],
  ['manager-1', { sale: '' }, '400 request.invalid'],
  ['manager-1', { sale: 'x'.repeat(81) }, '400 request.invalid'],
  ['manager-1', { sale: 7 }, '400 request.invalid'],
  ['manager-1', {}, '400 request.invalid'],
  ['manager-1', { sale: 'sale-9', call: 'call-1' }, '400 request.invalid'],
  ['manager-1', '{', '400 request.invalid'],
] as const)('a ticket for %s asking %j: %s', async (who, body, told) => {
  expect(await join(who, body)).toBe(told)
})

test('its room is for whoever sells and the kiosk; no other ticket opens it, and theirs opens nothing else', async () => {
  const { id } = sale()
  for (const me of ['manager:manager-1', 'kiosk:kiosk-1'])
    expect(await comeIn({ ticket: await ticket(me) })).toEqual([id, me])
  for (const me of ['manager:manager-2', 'kiosk:kiosk-2', 'expert:expert-1', 'lead:manager-1'])
    expect(await comeIn({ ticket: await ticket(me) }), me).toBe('call.not-yours')
  expect(await comeIn({ ticket: await ticket('recorder:hub') })).toBe('call.not-yours')
  expect(await comeIn({ ticket: await ticket('manager:manager-1', { room: 'sale-9' }) })).toBe('call.over')
  expect(await comeIn({ ticket: await ticket('kiosk:kiosk-1', { forMs: -1 }) })).toBe('call.ticket')
  for (const auth of [{}, { ticket: 'x'.repeat(60) }, { ticket: 7 }, { ticket: id }])
    expect(await comeIn(auth)).toBe('call.ticket')
})

test('a second copy comes from the room of the sale alone', async () => {
  const { id } = sale()
  await expect.poll(() => sale().recorders.length).toBe(3)
  const own = await ticket('manager:manager-1')
  expect(await say(`sale=${id}&say=ready`, own)).toBe('200')
  expect(await say(`sale=${id}&say=ready`)).toBe('401 call.ticket')
  expect(await say(`sale=${id}&say=ready`, 'x'.repeat(60))).toBe('401 call.ticket')
  const foreign = await ticket('manager:manager-1', { room: 'call-1' })
  expect(await say(`sale=${id}&say=ready`, foreign)).toBe('403 call.not-yours')
  expect(await say('sale=sale-9&say=ready', own)).toBe('409 recording.closed')
  expect(await say(`sale=${id}&say=something`, own)).toBe('400 request.invalid')
})

test('the room ends with the sale', async () => {
  const own = await ticket('manager:manager-1')
  await order({ name: 'sale.end', sale: sale().id, ...seller })
  expect(await comeIn({ ticket: own })).toBe('call.over')
  expect(await join('manager-1')).toBe('409 sale.over')
})
