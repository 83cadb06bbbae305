/** A ticket is good for one participant of one call, and for nobody who has none from this hub. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { openTickets, type Pass, ticketsOf } from '#hub/calls/line/ticket.ts'
import { signIn, unsigned } from '#hub/calls/ticket.ts'

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'usher-ticket-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}
const pass: Pass = { call: 'call-1', participant: 'kiosk:k-1', until: 2_000 }
const code = (what: () => unknown) => {
  try {
    return what()
  } catch (error) {
    return (error as { code?: string }).code
  }
}

test('its key is made once, for the hub’s user alone, and outlives the hub', async () => {
  const data = folder()
  const first = await openTickets(data, () => 1_000)
  const ticket = first.issue(pass)
  const file = join(data, 'pki/calls.key')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const again = await openTickets(data, () => 1_000)
  expect(again.read(ticket)).toEqual(pass)
  expect(again.issue(pass)).toBe(ticket)
  const other = await openTickets(folder(), () => 1_000)
  expect(code(() => other.read(ticket))).toBe('call.ticket')
})

test('half a key is none: another one is made', async () => {
  const data = folder()
  await openTickets(data, () => 1_000)
  const file = join(data, 'pki/calls.key')
  writeFileSync(file, 'half')
  await openTickets(data, () => 1_000)
  expect(readFileSync(file)).toHaveLength(32)
})

test('it ends with its time', () => {
  let now = 1_999
  const tickets = ticketsOf(Buffer.alloc(32, 1), () => now)
  const ticket = tickets.issue(pass)
  expect(tickets.read(ticket)).toEqual(pass)
  now = 2_000
  expect(code(() => tickets.read(ticket))).toBe('call.ticket')
})

test('whatever is changed in it, and whatever else comes, is none', () => {
  const tickets = ticketsOf(Buffer.alloc(32, 1), () => 0)
  const ticket = tickets.issue(pass)
  fc.assert(
    fc.property(
      fc.nat({ max: ticket.length - 1 }),
      fc.constantFrom('a', 'Z', '0', '-', '_', '.', '=', 'é'),
      (at, letter) => {
        const changed = ticket.slice(0, at) + letter + ticket.slice(at + 1)
        const read = code(() => tickets.read(changed))
        // The last letter of a signature has bits that mean nothing: another one may say the same.
        if (read !== 'call.ticket') expect(read).toEqual(pass)
        if (at < ticket.length - 1 && changed !== ticket) expect(read).toBe('call.ticket')
      },
    ),
  )
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(code(() => tickets.read(text))).toBe('call.ticket')
    }),
  )
})

test('its pass cannot be put under the signature of another one', () => {
  const tickets = ticketsOf(Buffer.alloc(32, 1), () => 0)
  const [, signature] = tickets.issue(pass).split('.')
  const [body] = tickets.issue({ ...pass, participant: 'expert:wang' }).split('.')
  expect(code(() => tickets.read(`${body}.${signature}`))).toBe('call.ticket')
})

const withTicket = (ticket: string) => JSON.stringify({ settings: { call: { ticket, state: 'accepted' } } })

test('what goes out is signed for the kiosk that its config is for, and for nobody else', () => {
  const config = { kind: 'config', device: 'k-1', payload: withTicket(unsigned(pass)) } as const
  expect(signIn(config, () => 'a "signed" one')).toContain(String.raw`"ticket":"a \"signed\" one"`)
  const experts = unsigned({ ...pass, participant: 'expert:ann' })
  const words = JSON.stringify({ words: [{ text: experts }], settings: { call: { ticket: experts } } })
  for (const made of [
    { ...config, kind: 'offer' as const },
    { ...config, device: 'k-2' },
    { ...config, payload: withTicket(experts) },
    { ...config, payload: words },
    { ...config, payload: '{"plain":true}' },
  ])
    expect(signIn(made, () => 'forged')).toBe(made.payload)
})

test('a kiosk is told the ticket of its call and that of its sale, each signed, and no other place is', () => {
  const tickets = ticketsOf(Buffer.alloc(32, 1), () => 0)
  const own: Pass = { ...pass, call: 'sale-1' }
  const config = (settings: object) => ({
    kind: 'config' as const,
    device: 'k-1',
    payload: JSON.stringify({ settings }),
  })
  const told = (settings: object) =>
    (JSON.parse(signIn(config(settings), tickets.issue)) as { settings: Record<string, unknown> }).settings
  const both = told({ call: { ticket: unsigned(pass), id: 1 }, sale: { ticket: unsigned(own) }, words: 'x' })
  expect(both).toEqual({
    call: { ticket: tickets.issue(pass), id: 1 },
    sale: { ticket: tickets.issue(own) },
    words: 'x',
  })
  expect(told({ sale: { ticket: unsigned(own) } })).toEqual({ sale: { ticket: tickets.issue(own) } })
  const foreign = { ...own, participant: 'manager:mei' }
  expect(told({ sale: { ticket: unsigned(foreign) } })).toEqual({ sale: { ticket: unsigned(foreign) } })
  expect(told({ other: { ticket: unsigned(own) } })).toEqual({ other: { ticket: unsigned(own) } })
})
