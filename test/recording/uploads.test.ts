/** The second copy at the hub's door: what is refused with which code, and that the copy of whoever is in the sale goes on. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chainOf, chainStart } from '#hub/recording/page-copies.ts'
import { expectedHeader, pieceBytesMax, piecesPath, ticketHeader } from '#protocol/recording/pieces.ts'
import { piecesOf } from './support/made.ts'
import { ids, RecordingHub } from './support/recording-hub.ts'

const hub = new RecordingHub({ sealWaitMs: 0, pageBytesMax: 6 * 1_024 * 1_024 })
const part = 'part-of-the-kiosk'
let call: string
let sale: string
let own: string

const type = 'video/webm;codecs=vp8,opus'
const bytesOf = piecesOf({ from: 0, to: 8_000 }).map(({ bytes }) => bytes)
const chains = bytesOf.reduce<readonly string[]>(
  (all, bytes) => [...all, chainOf(all.at(-1) ?? chainStart, bytes)],
  [],
)

beforeAll(async () => {
  await hub.start()
  call = await hub.call([])
  for (const participant of ids) await hub.command({ name: 'call.joined', call, participant, by: 'hub' })
  sale = await hub.beginSale(call)
  own = await hub.ticket(call, ids[0])
})
afterAll(() => hub.close())

interface Wish {
  readonly method?: 'PUT' | 'POST'
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
}

const ask = async (seq: number, { method = 'PUT', query = {}, headers = {}, body }: Wish = {}) => {
  const piece = { part, seq: `${seq}`, age: '0', chain: chains[seq] ?? '' }
  const asked = new URLSearchParams({ sale, ...(method === 'PUT' && piece), ...query })
  const response = await fetch(`${hub.origin}${piecesPath}?${asked.toString()}`, {
    method,
    headers: {
      origin: hub.origin,
      [ticketHeader]: own,
      ...(method === 'PUT' && { 'content-type': type }),
      ...headers,
    },
    ...(method === 'PUT' && { body: body ?? Uint8Array.from(bytesOf[seq] ?? []) }),
  })
  const told = (await response.json()) as {
    readonly next?: number
    readonly error?: { readonly code: string }
  }
  const expected = response.headers.get(expectedHeader)
  return { status: response.status, code: told.error?.code, next: told.next, expected }
}

test('one after the other is taken; one that comes twice is the same one', async () => {
  await expect.poll(async () => (await ask(0, { method: 'POST', query: { say: 'ready' } })).status).toBe(200)
  expect(await ask(0)).toMatchObject({ status: 200, next: 1 })
  expect(await ask(0)).toMatchObject({ status: 200, next: 1 })
  expect(await ask(1)).toMatchObject({ status: 200, next: 2 })
})

const pass = (participant: string, of = call) => hub.ticket(of, participant)

/** Says how long it would be, and sends nothing of it: what is refused is refused before. */
const askWithout = async (bytes: number, headers: Readonly<Record<string, string>>) => {
  const asked = new URLSearchParams({ sale, part, seq: '0', age: '0', chain: chains[0] ?? '' })
  const sent = request(`${hub.origin}${piecesPath}?${asked.toString()}`, {
    method: 'PUT',
    headers: { origin: hub.origin, 'content-type': type, 'content-length': bytes, ...headers },
  })
  sent.on('error', () => undefined)
  sent.flushHeaders()
  const [{ statusCode }] = (await once(sent, 'response')) as [IncomingMessage]
  sent.destroy()
  return statusCode
}

test('what is too large, or from nobody, is refused before it is sent', async () => {
  expect(await askWithout(pieceBytesMax + 1, { [ticketHeader]: own })).toBe(413)
  expect(await askWithout(pieceBytesMax, {})).toBe(401)
  expect(await askWithout(pieceBytesMax, { [ticketHeader]: await pass(ids[0], 'call-1-1-9') })).toBe(403)
})

test.each<[string, () => Promise<Wish> | Wish, readonly [number, string]]>([
  ['from nobody', () => ({ headers: { [ticketHeader]: 'none' } }), [401, 'call.ticket']],
  [
    'with a ticket that was changed',
    () => ({ headers: { [ticketHeader]: `${own.slice(0, -2)}xx` } }),
    [401, 'call.ticket'],
  ],
  [
    'with the ticket of another call',
    async () => ({ headers: { [ticketHeader]: await pass(ids[0], 'call-1-1-9') } }),
    [403, 'call.not-yours'],
  ],
  ['from another site', () => ({ headers: { origin: 'http://evil.example' } }), [403, 'request.origin']],
  ['for a sale that never was', () => ({ query: { sale: 'sale-1-1-9' } }), [409, 'recording.closed']],
  ['for a way out of the folder', () => ({ query: { sale: '../../pki' } }), [409, 'recording.closed']],
  ['of a part that is a path', () => ({ query: { part: '../../../etc/x' } }), [400, 'request.invalid']],
  ['with a number that is none', () => ({ query: { seq: '-1' } }), [400, 'request.invalid']],
  ['of another kind', () => ({ headers: { 'content-type': 'text/html' } }), [415, 'request.type']],
  ['with a chain that does not fit', () => ({ query: { chain: 'f'.repeat(64) } }), [400, 'recording.chunk']],
])('a piece %s is refused with its code', async (_, wish, [status, code]) => {
  const next = (await ask(0)).next ?? 0
  expect(await ask(next, await wish())).toMatchObject({ status, code })
  expect(await ask(0)).toMatchObject({ status: 200, next })
})

test('a piece too early is told which one is missed, and another one under a number is none', async () => {
  const next = (await ask(0)).next ?? 0
  expect(await ask(next + 1)).toMatchObject({ status: 409, code: 'recording.order', expected: `${next}` })
  const other = Uint8Array.from(bytesOf[0] ?? [])
  expect(await ask(next - 1, { body: other })).toMatchObject({ status: 409, code: 'recording.conflict' })
  expect(await ask(next)).toMatchObject({ status: 200, next: next + 1 })
})

test('what somebody else in the call sends is their own copy, and never the kiosk’s', async () => {
  const theirs = { headers: { [ticketHeader]: await pass(ids[1]) } }
  expect(await ask(0, theirs)).toMatchObject({ status: 200, next: 1 })
  expect((await ask(0)).next).toBeGreaterThan(1)
})

test('more than a participant may send is refused; after the seal nothing is taken, and nobody reads it unasked', async () => {
  const body = new Uint8Array(pieceBytesMax)
  const big = { part: 'part-that-is-large', chain: chainOf(chainStart, body) }
  expect(await ask(0, { query: big, body })).toMatchObject({ status: 200, next: 1 })
  const more = { part: 'part-that-is-larger', chain: chainOf(chainStart, body) }
  expect(await ask(0, { query: more, body })).toMatchObject({ status: 413, code: 'recording.too-large' })
  await hub.endSale(sale)
  await expect.poll(async () => (await hub.sale()).state).toBe('over')
  expect(await ask(0)).toMatchObject({ status: 409, code: 'recording.closed' })
  for (const path of [`${sale}/part-1`, '..%2f..%2fpki/recordings.key', '%2e%2e%2fpki/recordings-seal.pem'])
    expect((await fetch(`${hub.origin}/recordings/${path}?grant=1.x`)).status).toBe(401)
})
