import { describe, expect, it } from 'vitest'
import type { MarkValue } from '#protocol/model.ts'
import { createLobby, type Lobby } from './lobby-run.ts'

const tickets = Array.from({ length: 10 }, (_, index) => `A${String(index + 1).padStart(3, '0')}`)

/** Ten tickets, and pressure that lasts: two kiosks, two invitations. */
const crowded = (): Lobby => {
  const lobby = createLobby()
  for (const ticket of tickets) lobby.event('tickets-1', 'ticket.issued', { ticket, service: 'transfer' })
  lobby.wait(30_000)
  return lobby
}
const ticketOf = (lobby: Lobby, id: string) => lobby.state.tickets.get(id)
const markOf = (lobby: Lobby, id: string, name: string): MarkValue | undefined =>
  ticketOf(lobby, id)?.marks[name]
const claims = (lobby: Lobby) =>
  lobby.state.claims
    .values()
    .map((claim) => claim.key)
    .filter((key) => key.startsWith('kiosk:'))

/** The first invited says yes and the queue system holds the ticket. */
const onTheWay = () => {
  const lobby = crowded()
  const [offer] = lobby.tasks('offer-service').filter((task) => task.attempts.length > 0)
  if (offer === undefined) throw new Error('nobody was invited')
  lobby.perform(offer, { answer: 'accepted' })
  const ticket = offer.intent.subject.ticket ?? ''
  const [hold] = lobby.tasks('manage-ticket')
  if (hold !== undefined) lobby.perform(hold)
  return { lobby, ticket, kiosk: String(markOf(lobby, ticket, 'diversion.kiosk')) }
}

describe('diversion in a lobby', () => {
  it('invites as many as kiosks are free, each kiosk promised once', () => {
    const lobby = crowded()
    const offers = lobby.tasks('offer-service')
    expect(offers.map((task) => task.intent.subject.ticket)).toEqual(['A009', 'A010'])
    expect(new Set(offers.map((task) => task.intent.subject.device)).size).toBe(2)
    lobby.wait(10_000)
    expect(lobby.tasks('offer-service').length).toBeLessThanOrEqual(2)
    expect(lobby.parked()).toEqual([])
  })

  it('holds the ticket, leads the visitor, and releases both when finished at the kiosk', () => {
    const { lobby, ticket, kiosk } = onTheWay()
    expect(ticketOf(lobby, ticket)?.state).toBe('held')
    expect(claims(lobby)).toContain(`kiosk:${kiosk}`)
    const [guide] = lobby.tasks('guide')
    expect(guide?.intent.subject).toMatchObject({ ticket, device: kiosk })
    lobby.perform(guide!, { arrived: true })
    lobby.event(kiosk, 'kiosk.session', { state: 'started', ticket })
    expect(claims(lobby)).not.toContain(`kiosk:${kiosk}`)
    lobby.event(kiosk, 'kiosk.session', { state: 'finished', ticket })
    expect(ticketOf(lobby, ticket)?.outcome).toBe('self-served')
    const [release] = lobby.tasks('manage-ticket')
    expect(release?.intent.command).toMatchObject({ ticket, action: 'release' })
    lobby.perform(release!)
    expect(lobby.codes()).toContain('diverted.finished')
    expect(lobby.state.instances.get(`diversion-invitation/${ticket}`)).toBeUndefined()
    expect(lobby.parked()).toEqual([])
  })

  it('redirects to the other kiosk, and restores the old position when none is left', () => {
    const { lobby, ticket, kiosk } = onTheWay()
    // The other invitation ends, so that its kiosk is free.
    const other = lobby.tasks('offer-service')[0]
    if (other !== undefined) {
      lobby.perform(other, { answer: 'declined' })
      expect(markOf(lobby, other.intent.subject.ticket ?? '', 'diversion.refused')).toBe(true)
    }
    lobby.send({ kind: 'state', device: kiosk, state: { health: { level: 'faulted' } } })
    const next = String(markOf(lobby, ticket, 'diversion.kiosk'))
    expect(['kiosk-1', 'kiosk-2'].filter((id) => id !== kiosk)).toEqual([next])
    expect(claims(lobby)).toEqual([`kiosk:${next}`])
    lobby.send({ kind: 'state', device: next, state: { health: { level: 'faulted' } } })
    expect(ticketOf(lobby, ticket)?.state).toBe('waiting')
    expect(lobby.tasks('manage-ticket').map((task) => task.intent.command['action'])).toEqual(['restore'])
    expect(claims(lobby)).toEqual([])
    expect(lobby.codes()).toContain('diverted.returned')
    expect(lobby.parked()).toEqual([])
  })

  it('brings a person when the queue system cannot be told', () => {
    const { lobby, ticket } = onTheWay()
    lobby.send({ kind: 'presence', device: 'tickets-1', presence: { status: 'offline' } })
    lobby.wait(180_000)
    expect(ticketOf(lobby, ticket)?.state).toBe('waiting')
    const [restore] = lobby.tasks('manage-ticket')
    expect(restore?.attempts.at(-1)?.member).toBe('person/li')
  })

  it('asks a teller to call again who was called in vain, where the queue system can only be read', () => {
    const { lobby, ticket, kiosk } = onTheWay()
    const manifest = { kind: 'ticket-machine', vendor: 'acme', model: 'read-only', capabilities: {} } as const
    lobby.send({ kind: 'manifest', device: 'tickets-1', manifest })
    lobby.event(kiosk, 'kiosk.session', { state: 'started', ticket })
    lobby.event('tickets-1', 'ticket.called', { ticket, counter: 'c1' })
    lobby.event('tickets-1', 'ticket.ended', { ticket, outcome: 'no-show' })
    lobby.event(kiosk, 'kiosk.session', { state: 'abandoned', ticket })
    const [again] = lobby.tasks('call-staff')
    expect(again?.intent).toMatchObject({
      command: { reason: 'call-again', ticket },
      because: { code: 'diversion.call-again' },
    })
    expect(again?.attempts.at(-1)?.member).toBe('person/chen')
    expect(lobby.tasks('manage-ticket')).toEqual([])
    lobby.perform(again!)
    // The system tells of the call by itself, and the ticket lives again.
    lobby.event('tickets-1', 'ticket.called', { ticket, counter: 'c1' })
    expect(ticketOf(lobby, ticket)).toMatchObject({ state: 'called', counter: 'c1' })
    expect(lobby.state.instances.get(`diversion-invitation/${ticket}`)).toBeUndefined()
    expect(lobby.parked()).toEqual([])
  })

  it('hands nobody on while paused, and goes on afterwards', () => {
    const lobby = createLobby()
    lobby.send({ kind: 'command', command: { name: 'pause', by: 'li', untilMs: null } })
    for (const ticket of tickets) lobby.event('tickets-1', 'ticket.issued', { ticket, service: 'transfer' })
    lobby.wait(60_000)
    expect(lobby.tasks('offer-service')).toEqual([])
    lobby.send({ kind: 'command', command: { name: 'resume', by: 'li' } })
    lobby.wait(60_000)
    expect(lobby.tasks('offer-service').length).toBe(2)
  })
})

describe('assistance in a lobby', () => {
  it('calls a person for help at a kiosk once, and escalates when nobody answers', () => {
    const lobby = createLobby()
    lobby.event('kiosk-1', 'help.requested', {})
    lobby.event('kiosk-1', 'help.requested', {})
    expect(lobby.tasks('call-staff')).toHaveLength(1)
    lobby.wait(300_000)
    const [escalation] = lobby.state.escalations.values()
    expect(escalation).toMatchObject({ flow: 'assistance', device: 'kiosk-1', state: 'open' })
    const id = escalation?.id ?? ''
    lobby.send({ kind: 'command', command: { name: 'escalation.take', escalation: id, by: 'expert-1' } })
    lobby.send({
      kind: 'command',
      command: { name: 'escalation.end', escalation: id, by: 'expert-1', outcome: 'solved' },
    })
    expect(lobby.state.instances.get('assistance/device:kiosk-1')).toBeUndefined()
    expect(lobby.state.alerts.values().filter((alert) => alert.clearedAt === null)).toEqual([])
    expect(lobby.parked()).toEqual([])
  })
})

describe('device care in a lobby', () => {
  it('tells of a lost robot after its grace, and clears it when it is back', () => {
    const lobby = createLobby()
    lobby.send({ kind: 'presence', device: 'robot-1', presence: { status: 'lost' } })
    const open = () =>
      lobby.state.alerts
        .values()
        .filter((alert) => alert.clearedAt === null)
        .map((alert) => alert.key)
    lobby.wait(59_000)
    expect(open()).toEqual([])
    lobby.wait(2_000)
    expect(open()).toEqual(['device-lost:robot-1'])
    lobby.send({ kind: 'presence', device: 'robot-1', presence: { status: 'online' } })
    expect(open()).toEqual([])
    expect(lobby.parked()).toEqual([])
  })
})
