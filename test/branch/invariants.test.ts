/** Whatever sensors, queue systems and people send in whatever order: what must stay true of the branch model. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBranchFile } from '#hub/branch/load.ts'
import { canonicalJson } from '#hub/engine/canonical.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import { stateTables } from '#hub/engine/state.ts'
import type { Fact } from '#protocol/flow-events.ts'
import { fresh, type VisitRow } from '#protocol/model.ts'
import { branchYaml, createTestBranch, type TestBranch } from '../support/branch.ts'

type Step =
  | { readonly wait: number }
  | { readonly body: EntryBody }
  | { readonly tap: 'known' | 'role'; readonly nth: number; readonly ticket: string | null }

const track = fc.constantFrom('t1', 't2', 't3')
// Mostly the plain case, so that long stories come about; rarely the odd one.
const camera = fc.constantFrom('camera-1', 'camera-1', 'camera-1', 'camera-2')
const zone = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('entrance', 'waiting') },
  { weight: 1, arbitrary: fc.constantFrom('kiosks', 'back-office', 'no-such-zone') },
)
const ticket = fc.constantFrom('A1', 'A2', 'A3', 'B1')
const service = fc.constantFrom('cash', 'cards')
const counter = fc.constantFrom('c1', 'c2')
const observedAgoMs = fc.oneof(
  { weight: 9, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(1_000, 30_000, 200_000) },
)
const optional = { requiredKeys: [] as [] }

const event = (device: fc.Arbitrary<string>, name: string, data: fc.Arbitrary<Record<string, unknown>>) =>
  fc
    .record({ device, data })
    .map((made): Step => ({ body: { kind: 'event', name: name as 'zone.count', ...made } }))

const seen = fc.oneof(
  { weight: 4, arbitrary: fc.record({ track, camera }) },
  { weight: 1, arbitrary: fc.constant({}) },
)

const joined = (data: Record<string, fc.Arbitrary<unknown>>) =>
  fc.tuple(fc.record(data), seen).map(([known, under]) => ({ ...known, ...under }))

const oddities = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        count: fc.integer({ min: 1, max: 3 }),
        direction: fc.constantFrom('in', 'out', 'unknown'),
        role: fc.constantFrom('visitor', 'staff'),
      },
      optional,
    ),
  },
)

const detected = fc
  .tuple(fc.record({ zone, observedAgoMs }), fc.record({ track }, optional), oddities)
  .map(([known, under, odd]) => ({ ...known, ...under, ...odd }))

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: event(camera, 'visitor.detected', detected) },
  { weight: 3, arbitrary: event(camera, 'visitor.moved', fc.record({ track, zone, observedAgoMs })) },
  { weight: 3, arbitrary: event(camera, 'visitor.left', fc.record({ track, observedAgoMs })) },
  { weight: 2, arbitrary: event(camera, 'visitor.merged', fc.record({ track, into: track })) },
  {
    weight: 1,
    arbitrary: event(camera, 'zone.count', fc.record({ zone, count: fc.nat(30), observedAgoMs })),
  },
  { weight: 4, arbitrary: event(fc.constant('tickets-1'), 'ticket.issued', joined({ ticket, service })) },
  { weight: 3, arbitrary: event(fc.constant('tickets-1'), 'ticket.called', fc.record({ ticket, counter })) },
  {
    weight: 3,
    arbitrary: event(
      fc.constant('tickets-1'),
      'ticket.ended',
      fc.record({ ticket, outcome: fc.constantFrom('served', 'withdrawn', 'transferred'), service }),
    ),
  },
  {
    weight: 2,
    arbitrary: event(
      fc.constant('tickets-1'),
      'queue.snapshot',
      fc.record({
        service,
        waiting: fc.nat(20),
        observedAgoMs,
        tickets: fc.array(fc.record({ ticket, held: fc.boolean() }), { maxLength: 3 }),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: event(
      fc.constant('kiosk-1'),
      'kiosk.session',
      joined({ state: fc.constantFrom('started', 'finished', 'failed'), ticket }),
    ),
  },
  {
    weight: 1,
    arbitrary: event(
      fc.constant('tickets-1'),
      'counter.changed',
      fc.record({ counter, state: fc.constantFrom('open', 'closed'), person: fc.constant('wang') }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        device: fc.constantFrom('tickets-1', 'gateway-1', 'kiosk-1'),
        status: fc.constantFrom('online' as const, 'offline' as const, 'lost' as const),
      })
      .map(({ device, status }): Step => ({ body: { kind: 'presence', device, presence: { status } } })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      tap: fc.constantFrom('known' as const, 'role' as const),
      nth: fc.nat(5),
      ticket: fc.option(ticket),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom(500, 500, 9_000, 9_000, 31_000, 61_000, 125_000).map((wait) => ({ wait })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>(
      { body: { kind: 'start', versions: { hub: '1', xstate: '5', flows: {} }, reason: 'restart' } },
      { body: { kind: 'config', file: parseBranchFile(branchYaml), revision: 1, by: 'operator' } },
      { body: { kind: 'clock', stepMs: 3_600_000 } },
    ),
  },
)

const take = (branch: TestBranch, made: Step) => {
  if ('wait' in made) return branch.advance(made.wait)
  if ('body' in made) return branch.send(made.body)
  const visits = branch.view().visits()
  const visit = visits[made.nth % Math.max(1, visits.length)]?.id
  if (visit === undefined) return
  const by = 'li'
  if (made.tap === 'known') return branch.command({ name: 'visit.known', visit, ticket: made.ticket, by })
  return branch.command({ name: 'visit.role', visit, role: 'staff', by })
}

const awayOf = (branch: TestBranch, id: string) =>
  branch.state.meta.get(`away/${id}`)?.['visit'] as VisitRow | undefined

const checkVisits = (branch: TestBranch) => {
  const { state } = branch
  for (const visit of state.visits.values()) {
    expect(visit.party).toBeGreaterThanOrEqual(1)
    for (const name of visit.tracks) expect(state.tracks.get(name)).toBe(visit.id)
    for (const id of visit.tickets) expect(state.tickets.get(id)?.visit).toBe(visit.id)
    expect(visit.zone === null || state.zones.has(visit.zone)).toBe(true)
    expect(state.timers.has(`branch/visit/${visit.id}#silence`)).toBe(true)
    expect(awayOf(branch, visit.id)).toBeUndefined()
  }
  for (const name of state.tracks.keys()) {
    const id = state.tracks.get(name) ?? ''
    const visit = state.visits.get(id) ?? awayOf(branch, id)
    expect(visit?.tracks).toContain(name)
  }
  for (const key of state.meta.keys().filter((one) => one.startsWith('away/')))
    expect(state.timers.has(`branch/visit/${key.slice('away/'.length)}#forget`)).toBe(true)
}

const checkTickets = (branch: TestBranch) => {
  const { state } = branch
  for (const row of state.tickets.values()) {
    if (row.visit === null) continue
    const visit = state.visits.get(row.visit) ?? awayOf(branch, row.visit)
    expect(visit?.tickets).toContain(row.id)
  }
  for (const row of state.counters.values()) {
    if (row.serving === null) continue
    expect(state.tickets.get(row.serving)).toMatchObject({ state: 'called', counter: row.id })
  }
}

const checkQueues = (branch: TestBranch) => {
  for (const row of branch.state.services.values()) {
    expect(row.waiting?.value ?? 0).toBeGreaterThanOrEqual(0)
    expect(row.announcedWaitMs?.value ?? 0).toBeGreaterThanOrEqual(0)
    expect(row.waitError.sumAbsMs).toBeGreaterThanOrEqual(Math.abs(row.waitError.sumMs))
    const announced = fresh(row.announcedWaitMs, branch.at())
    // What is announced rests on a length that is known.
    if (announced !== undefined) expect(fresh(row.waiting, branch.at())).toBeDefined()
    if (row.waiting?.staleAt != null && row.waiting.staleAt >= branch.at())
      expect(branch.state.timers.has(`branch/service/${row.id}#stale`)).toBe(true)
  }
}

const checkJson = (branch: TestBranch) => {
  for (const name of stateTables)
    for (const row of branch.state[name].values()) expect(() => canonicalJson(row)).not.toThrow()
  for (const decision of branch.decisions) expect(() => canonicalJson(decision)).not.toThrow()
  for (const fact of branch.facts) expect(() => canonicalJson(fact)).not.toThrow()
}

/** Each visit starts before it ends, and ends before it starts again; a change of link is a change. */
const checkFacts = (branch: TestBranch) => {
  const here = new Set<string>()
  for (const fact of branch.facts as readonly Fact[]) {
    if (fact.type === 'visit.started') {
      expect(here.has(fact.visit)).toBe(false)
      here.add(fact.visit)
    }
    if (fact.type === 'visit.moved' || fact.type === 'visit.known') expect(here.has(fact.visit)).toBe(true)
    if (fact.type === 'visit.ended') expect(here.delete(fact.visit)).toBe(true)
    if (fact.type === 'device.link') expect(fact.link).not.toBe(fact.was)
  }
  expect([...here].toSorted()).toEqual([...branch.state.visits.keys()])
}

/** A merge keeps every ticket and every track of both. */
const checkMerge = (branch: TestBranch, made: Step) => {
  const held = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const visit = branch.state.visits.get(id)
      return visit === undefined ? [] : [...visit.tracks, ...visit.tickets]
    })
  const all = [...branch.state.visits.keys()]
  const before = new Map(all.map((id) => [id, held([id])]))
  const told = branch.facts.length
  take(branch, made)
  for (const fact of branch.facts.slice(told)) {
    if (fact.type !== 'visit.merged' || 'wait' in made) continue
    for (const item of before.get(fact.visit) ?? []) expect(held([fact.into])).toContain(item)
  }
}

test('the model stays whole, its rows stay plain JSON, and no merge loses a ticket', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const branch = createTestBranch()
      for (const made of steps) {
        checkMerge(branch, made)
        checkVisits(branch)
        checkTickets(branch)
        checkQueues(branch)
      }
      checkJson(branch)
      checkFacts(branch)
    }),
    { numRuns: 250 },
  )
}, 120_000)

test('who comes back under another track has none of the tickets that were forgotten meanwhile', () => {
  const branch = createTestBranch()
  const sensed = (device: string, name: string, data: object): Step =>
    ({ body: { kind: 'event', name, device, data } }) as Step
  const issued = { ticket: 'A1', service: 'cards', track: 't1', camera: 'camera-1' }
  const steps: readonly Step[] = [
    sensed('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1' }),
    { wait: 61_000 },
    sensed('tickets-1', 'ticket.issued', issued),
    { wait: 500 },
    sensed('tickets-1', 'queue.snapshot', { service: 'cards', waiting: 0, tickets: [] }),
    { wait: 61_000 },
    sensed('camera-1', 'visitor.moved', { track: 't2', zone: 'entrance' }),
    sensed('camera-1', 'visitor.merged', { track: 't1', into: 't2' }),
  ]
  for (const made of steps) checkMerge(branch, made)
  expect(branch.facts).toContainEqual(expect.objectContaining({ type: 'visit.merged' }))
  checkVisits(branch)
})

test('the same entries give the same model, facts and records', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      const [one, other] = [createTestBranch(), createTestBranch()]
      for (const branch of [one, other]) for (const made of steps) take(branch, made)
      const all = (branch: TestBranch) =>
        canonicalJson([
          stateTables.map((name) =>
            branch.state[name].keys().map((key) => [key, branch.state[name].get(key) ?? null]),
          ),
          branch.facts,
          branch.decisions,
        ])
      expect(all(one)).toBe(all(other))
    }),
    { numRuns: 50 },
  )
})

test('after everyone has gone, nothing is left in memory: 50,000 visits', () => {
  const branch = createTestBranch()
  const sizes = () => Object.fromEntries(stateTables.map((name) => [name, branch.state[name].size] as const))
  const settle = () => branch.advance(600_000)
  settle()
  const empty = sizes()
  let largest = 0
  for (let visit = 0; visit < 50_000; visit++) {
    const name = `t${visit}`
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: name })
    if (visit % 5 === 0) {
      const id = `A${visit % 1_000}`
      const act = { ticket: id, service: 'cash', track: name, camera: 'camera-1' }
      branch.event('tickets-1', 'ticket.issued', act)
      branch.event('tickets-1', 'ticket.called', { ticket: id, counter: 'c1' })
      branch.event('tickets-1', 'ticket.ended', { ticket: id, outcome: 'served' })
    }
    if (visit % 3 === 0) branch.event('camera-1', 'visitor.left', { track: name })
    if (visit % 50 === 0) {
      branch.advance(60_000)
      branch.facts.length = 0
      branch.decisions.length = 0
    }
    largest = Math.max(
      largest,
      branch.state.visits.size + branch.state.tracks.size + branch.state.timers.size,
    )
  }
  settle()
  // One row for each zone and service that was ever heard of, none for a visit.
  const perPlace = 4
  expect(sizes()).toEqual({ ...empty, meta: expect.any(Number) as number })
  expect(branch.state.meta.size).toBeLessThanOrEqual((empty['meta'] ?? 0) + perPlace)
  expect(largest).toBeLessThan(2_000)
}, 120_000)
