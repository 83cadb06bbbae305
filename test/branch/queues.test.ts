import { describe, expect, test } from 'vitest'
import { applyIntent } from '#hub/branch/intents.ts'
import type { Turn } from '#hub/engine/turn.ts'
import { fresh } from '#protocol/model.ts'
import { remainingWaitMs } from '#protocol/queues.ts'
import { createTestBranch } from '../support/branch.ts'

type Branch = ReturnType<typeof createTestBranch>

const service = (branch: Branch, id = 'cash') => {
  const row = branch.view().service(id)
  if (row === undefined) throw new Error(id)
  return row
}

const waiting = (branch: Branch, id = 'cash') => fresh(service(branch, id).waiting, branch.at())
const announced = (branch: Branch, id = 'cash') => fresh(service(branch, id).announcedWaitMs, branch.at())

const issue = (branch: Branch, ticket: string, serviceId = 'cash') =>
  branch.event('tickets-1', 'ticket.issued', { ticket, service: serviceId })

const online = (branch: Branch, device: string) =>
  branch.send({ kind: 'presence', device, presence: { status: 'online', boot: 'b1' } })

const manifest = (branch: Branch, device: string, periods: Record<string, number>) =>
  branch.send({
    kind: 'manifest',
    device,
    manifest: { kind: 'ticket-machine', vendor: 'Acme', model: 'Q', capabilities: {}, periods },
  })

const origin = {
  flow: 'diversion',
  instance: 'diversion/cash',
  version: 1,
  policyRevision: 0,
  policySetBy: 'default',
}

const applyTicket = (turn: Turn, ticket: string, action: 'hold' | 'restore' | 'release') =>
  applyIntent(turn, origin, { type: 'ticket', ticket, action })

describe('how long a queue is', () => {
  test('a snapshot wins over what the tickets added up to, and tickets carry it on without making it younger', () => {
    const branch = createTestBranch()
    issue(branch, 'A1')
    expect(waiting(branch)).toBe(1)
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 7 })
    expect(waiting(branch)).toBe(7)
    branch.advance(30_000)
    issue(branch, 'A2')
    expect(waiting(branch)).toBe(8)
    branch.event('tickets-1', 'ticket.called', { ticket: 'A1', counter: 'c1' })
    expect(waiting(branch)).toBe(7)
    branch.advance(30_000)
    expect(waiting(branch)).toBe(7)
    branch.advance(1)
    expect(waiting(branch)).toBeUndefined()
    issue(branch, 'A3')
    expect(waiting(branch)).toBeUndefined()
  })

  test('past its source’s declared period it is unknown, and the flows are told', () => {
    const branch = createTestBranch()
    manifest(branch, 'tickets-1', { 'queue.snapshot': 5_000 })
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 3 })
    branch.advance(3_000)
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 3 })
    const before = branch.told('queue.changed').length
    branch.advance(5_000)
    expect(waiting(branch)).toBe(3)
    expect(branch.told('queue.changed')).toHaveLength(before)
    branch.advance(1)
    expect(waiting(branch)).toBeUndefined()
    expect(announced(branch)).toBeUndefined()
    expect(branch.told('queue.changed')).toHaveLength(before + 1)
    expect(branch.decisions.at(-1)).toMatchObject({ code: 'queue.stale', service: 'cash' })
  })

  test('a snapshot carries its age, and an older one changes nothing', () => {
    const branch = createTestBranch()
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 3, observedAgoMs: 50_000 })
    branch.advance(10_001)
    expect(waiting(branch)).toBeUndefined()
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 4 })
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 9, observedAgoMs: 20_000 })
    expect(waiting(branch)).toBe(4)
  })

  test('repeated equal snapshots are told once', () => {
    const branch = createTestBranch()
    for (let i = 0; i < 5; i++) {
      branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 3 })
      branch.advance(10_000)
    }
    expect(branch.told('queue.changed')).toHaveLength(1)
  })

  test('counted tickets are known while their device is connected, and not a moment longer', () => {
    const branch = createTestBranch()
    online(branch, 'tickets-1')
    issue(branch, 'A1')
    branch.advance(3_600_000)
    expect(waiting(branch)).toBe(1)
    branch.send({ kind: 'link', device: 'tickets-1', link: 'lost' })
    expect(waiting(branch)).toBeUndefined()
    expect(announced(branch)).toBeUndefined()
    online(branch, 'tickets-1')
    issue(branch, 'A2')
    expect(waiting(branch)).toBe(2)
  })

  test('counted tickets are not known while the queue system is out of order', () => {
    const branch = createTestBranch()
    online(branch, 'tickets-1')
    issue(branch, 'A1')
    const health = (level: 'ok' | 'degraded' | 'faulted') =>
      branch.send({ kind: 'state', device: 'tickets-1', state: { health: { level } } })
    health('degraded')
    expect(waiting(branch)).toBe(1)
    health('faulted')
    expect(waiting(branch)).toBeUndefined()
    health('ok')
    issue(branch, 'A2')
    branch.advance(3_600_000)
    expect(waiting(branch)).toBe(2)
  })

  test('the list of a snapshot takes in tickets, ends those that are gone and holds those held', () => {
    const branch = createTestBranch()
    issue(branch, 'A1')
    branch.advance(1_000)
    branch.event('tickets-1', 'queue.snapshot', {
      service: 'cash',
      waiting: 2,
      tickets: [
        { ticket: 'A2', waitedMs: 60_000 },
        { ticket: 'A3', held: true },
      ],
    })
    expect(branch.view().ticket('A1')).toMatchObject({ state: 'ended', outcome: 'withdrawn' })
    expect(branch.view().ticket('A2')).toMatchObject({ state: 'waiting', issuedAt: branch.at() - 60_000 })
    expect(branch.view().ticket('A3')?.state).toBe('held')
    branch.event('tickets-1', 'queue.snapshot', {
      service: 'cash',
      waiting: 2,
      tickets: [{ ticket: 'A2' }, { ticket: 'A3' }],
    })
    expect(branch.view().ticket('A3')).toMatchObject({ state: 'waiting', marks: {} })
  })

  test('a ticket issued after the snapshot was taken is not missing from it', () => {
    const branch = createTestBranch()
    issue(branch, 'A1')
    branch.event('tickets-1', 'queue.snapshot', {
      service: 'cash',
      waiting: 0,
      tickets: [],
      observedAgoMs: 1_000,
    })
    expect(branch.view().ticket('A1')?.state).toBe('waiting')
  })
})

describe('the announced wait', () => {
  test('is the queue system’s own where it gives one', () => {
    const branch = createTestBranch()
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 4, announcedWaitMs: 900_000 })
    expect(service(branch)).toMatchObject({ announcedBy: 'queue-system' })
    expect(announced(branch)).toBe(900_000)
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 4 })
    expect(service(branch).announcedBy).toBe('hub')
  })

  test('else tickets ahead x service time / working counters', () => {
    const branch = createTestBranch()
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 4 })
    expect(announced(branch)).toBe((5 * 240_000) / 2)
    branch.event('tickets-1', 'counter.changed', { counter: 'c2', state: 'closed' })
    expect(announced(branch)).toBe(5 * 240_000)
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 4, countersOpen: 4 })
    expect(announced(branch)).toBe((5 * 240_000) / 4)
  })

  test('is nothing while nobody waits and a counter is free, and unknown while none works', () => {
    const branch = createTestBranch()
    branch.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: 0 })
    expect(announced(branch)).toBe(0)
    branch.event('tickets-1', 'counter.changed', { counter: 'c1', state: 'closed' })
    branch.event('tickets-1', 'counter.changed', { counter: 'c2', state: 'paused' })
    expect(announced(branch)).toBeUndefined()
    expect(service(branch).announcedBy).toBeNull()
  })

  test('is remembered with the ticket, and its error measured at the call', () => {
    const branch = createTestBranch()
    online(branch, 'tickets-1')
    branch.event('tickets-1', 'counter.changed', { counter: 'c2', state: 'closed' })
    issue(branch, 'A1')
    issue(branch, 'A2')
    const promised = branch.view().ticket('A2')?.announcedWaitMs
    expect(promised).toBe(2 * 240_000)
    branch.advance(300_000)
    branch.event('tickets-1', 'ticket.called', { ticket: 'A2', counter: 'c1' })
    expect(service(branch).waitError).toEqual({ count: 1, sumMs: -180_000, sumAbsMs: 180_000 })
  })

  test('the service time is measured when a ticket was served, also by the next call', () => {
    const branch = createTestBranch()
    issue(branch, 'A1')
    issue(branch, 'A2')
    branch.event('tickets-1', 'ticket.called', { ticket: 'A1', counter: 'c1' })
    branch.advance(100_000)
    branch.event('tickets-1', 'ticket.called', { ticket: 'A2', counter: 'c1' })
    expect(branch.view().ticket('A1')).toMatchObject({ state: 'ended', outcome: 'served' })
    expect(service(branch)).toMatchObject({ measuredServiceMs: 219_000, measuredCount: 1 })
    branch.advance(1_000)
    branch.event('tickets-1', 'ticket.ended', { ticket: 'A2', outcome: 'no-show' })
    expect(service(branch).measuredCount).toBe(1)
  })
})

describe('tickets', () => {
  test('held keeps its old position, released is served by itself', () => {
    const branch = createTestBranch()
    issue(branch, 'A1')
    branch.advance(1_000)
    issue(branch, 'A2')
    const turn = branch.send({ kind: 'clock', stepMs: 0 })
    const ticket = (id: string) => {
      const row = branch.view().ticket(id)
      if (row === undefined) throw new Error(id)
      return row
    }
    const first = remainingWaitMs(branch.view(), ticket('A1'))
    applyTicket(turn, 'A1', 'hold')
    expect(ticket('A1').state).toBe('held')
    expect(waiting(branch)).toBe(1)
    applyTicket(turn, 'A1', 'restore')
    expect(remainingWaitMs(branch.view(), ticket('A1'))).toBe(first)
    expect(waiting(branch)).toBe(2)
    applyTicket(turn, 'A1', 'release')
    expect(ticket('A1')).toMatchObject({ state: 'ended', outcome: 'self-served' })
    expect(turn.facts.at(-1)?.type).toBe('queue.changed')
    applyTicket(turn, 'A1', 'restore')
    expect(ticket('A1').state).toBe('ended')
  })

  test('called: the counter serves it, its visit is served, the teller is not to be interrupted', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1' })
    branch.event('tickets-1', 'ticket.issued', {
      ticket: 'A1',
      service: 'cash',
      track: 't1',
      camera: 'camera-1',
    })
    branch.event('tickets-1', 'counter.changed', { counter: 'c1', state: 'open', person: 'wang' })
    const wang = () =>
      branch
        .view()
        .staff()
        .find((person) => person.id === 'wang')
    expect(wang()?.serving).toBeNull()
    branch.event('tickets-1', 'ticket.called', { ticket: 'A1', counter: 'c1' })
    branch.event('tickets-1', 'ticket.called', { ticket: 'A1', counter: 'c1' })
    expect(branch.told('ticket.called')).toHaveLength(1)
    expect(branch.view().counter('c1')?.serving).toBe('A1')
    expect(branch.view().visits()[0]?.beingServed).toBe(true)
    expect(wang()?.serving).toBe('c1')
    branch.event('tickets-1', 'ticket.ended', { ticket: 'A1', counter: 'c1', outcome: 'served' })
    expect(branch.view().counter('c1')?.serving).toBeNull()
    expect(branch.view().visits()[0]?.beingServed).toBe(false)
    expect(wang()?.serving).toBeNull()
  })

  test('transferred: the same customer waits again, for the other service', () => {
    const branch = createTestBranch()
    issue(branch, 'A1', 'cards')
    branch.event('tickets-1', 'ticket.ended', { ticket: 'A1', outcome: 'transferred', service: 'cash' })
    expect(branch.view().ticket('A1')).toMatchObject({ service: 'cash', state: 'waiting' })
    expect([waiting(branch, 'cards'), waiting(branch, 'cash')]).toEqual([0, 1])
    expect(branch.told('ticket.ended')[0]).toMatchObject({ outcome: 'transferred', service: 'cards' })
    expect(branch.told('ticket.issued')).toHaveLength(2)
  })

  test('an ended ticket leaves memory, unless a number came back; an abandoned one ends', () => {
    const branch = createTestBranch()
    issue(branch, 'A1')
    issue(branch, 'A2')
    branch.event('tickets-1', 'ticket.ended', { ticket: 'A1', outcome: 'withdrawn' })
    branch.event('tickets-1', 'ticket.ended', { ticket: 'A2', outcome: 'withdrawn' })
    issue(branch, 'A2')
    branch.advance(60_000)
    expect(
      branch
        .view()
        .tickets()
        .map((row) => row.id),
    ).toEqual(['A2'])
    branch.advance(43_200_000)
    expect(branch.told('ticket.ended').at(-1)).toMatchObject({ ticket: 'A2', outcome: 'withdrawn' })
    branch.advance(60_000)
    expect(branch.view().tickets()).toEqual([])
  })

  test('unknown services, counters and tickets are coded problems', () => {
    const branch = createTestBranch()
    issue(branch, 'A1', 'no-such-service')
    branch.event('tickets-1', 'ticket.called', { ticket: 'A1', counter: 'c9' })
    branch.event('tickets-1', 'ticket.called', { ticket: 'A9', counter: 'c1' })
    branch.event('tickets-1', 'ticket.called', { ticket: 'A9', counter: 'c2' })
    expect(branch.decisions.filter((one) => one.kind === 'device').map((one) => one.code)).toEqual([
      'service.unknown',
      'counter.unknown',
      'ticket.unknown',
    ])
    expect(branch.view().ticket('A9')).toMatchObject({ service: 'cash', state: 'called' })
  })
})
