import { describe, expect, test } from 'vitest'
import { createTestBranch } from '../support/branch.ts'

const enter = (branch: ReturnType<typeof createTestBranch>, track: string, camera = 'camera-1') =>
  branch.event(camera, 'visitor.detected', { zone: 'entrance', track, direction: 'in' })

const onlyVisit = (branch: ReturnType<typeof createTestBranch>) => {
  const visits = branch.view().visits()
  expect(visits).toHaveLength(1)
  return visits[0] as (typeof visits)[number]
}

describe('the rate of arrivals', () => {
  test('counts people by whole minutes, tracked and counted, without looking at every visit', () => {
    const branch = createTestBranch({ at: Date.parse('2026-03-02T01:00:00Z') })
    const arrivals = () => branch.view().zone('entrance')?.arrivals
    enter(branch, 't1')
    enter(branch, 't1')
    enter(branch, 't2')
    expect(arrivals()).toMatchObject({ count: 2, before: 0 })
    branch.advance(60_000)
    branch.event('camera-2', 'visitor.detected', { zone: 'entrance', count: 3 })
    expect(arrivals()).toMatchObject({ count: 3, before: 2 })
    branch.advance(120_000)
    enter(branch, 't9')
    expect(arrivals()).toMatchObject({ count: 1, before: 0 })
  })
})

describe('counted visits', () => {
  test('a burst of arrivals is one visit that stands for all of them', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance' })
    branch.advance(9_000)
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', count: 2 })
    const visit = onlyVisit(branch)
    expect(visit).toMatchObject({ grade: 'counted', party: 3, tracks: [] })
    expect(branch.told('visit.started')).toHaveLength(1)
    expect(branch.told('arrivals.counted').map((fact) => fact.count)).toEqual([1, 2])
  })

  test('the next burst is another visit, and silence ends both', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance' })
    branch.advance(10_001)
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance' })
    expect(branch.view().visits()).toHaveLength(2)
    branch.advance(120_000)
    expect(branch.view().visits()).toHaveLength(0)
    expect(branch.told('visit.ended').map((fact) => fact.reason)).toEqual(['silent', 'silent'])
  })

  test('two sensors that count the same people do not double them', () => {
    const branch = createTestBranch()
    for (const camera of ['camera-1', 'camera-2', 'camera-1', 'camera-2'])
      branch.event(camera, 'visitor.detected', { zone: 'entrance' })
    expect(onlyVisit(branch).party).toBe(2)
    expect(branch.told('arrivals.counted')).toHaveLength(2)
  })

  test('a count of someone whom another sensor tracks makes no visit, and is on record', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    branch.event('camera-2', 'visitor.detected', { zone: 'entrance' })
    expect(onlyVisit(branch).grade).toBe('tracked')
    expect(branch.decisions.map((one) => one.code)).toContain('visit.double-count')
  })

  test('a track that begins where someone was just counted is that someone', () => {
    const branch = createTestBranch()
    branch.event('camera-2', 'visitor.detected', { zone: 'entrance' })
    enter(branch, 't1')
    expect(onlyVisit(branch)).toMatchObject({ grade: 'tracked', tracks: ['camera-1/t1'], party: 1 })
    enter(branch, 't2')
    expect(branch.view().visits()).toHaveLength(2)
  })
})

describe('tracked visits', () => {
  test('a track is one visit however often it is detected, and moves', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    enter(branch, 't1')
    branch.event('camera-1', 'visitor.moved', { track: 't1', zone: 'waiting' })
    branch.event('camera-1', 'visitor.moved', { track: 't1', zone: 'waiting' })
    const visit = onlyVisit(branch)
    expect(visit.zone).toBe('waiting')
    expect(branch.told('visit.moved')).toEqual([
      { type: 'visit.moved', visit: visit.id, zone: 'waiting', from: 'entrance' },
    ])
    expect(branch.view().visitsIn('waiting')).toHaveLength(1)
    expect(branch.view().visitsIn('entrance')).toHaveLength(0)
  })

  test('the same track of two sensors is two people', () => {
    const branch = createTestBranch()
    enter(branch, 't1', 'camera-1')
    enter(branch, 't1', 'camera-2')
    expect(branch.view().visits()).toHaveLength(2)
  })

  test('who comes back within the re-entry time is the same visit, with all that was known', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    const { id } = onlyVisit(branch)
    branch.event('tickets-1', 'ticket.issued', {
      ticket: 'A1',
      service: 'cash',
      track: 't1',
      camera: 'camera-1',
    })
    branch.event('camera-1', 'visitor.left', { track: 't1' })
    expect(branch.view().visits()).toHaveLength(0)
    branch.advance(59_999)
    enter(branch, 't1')
    expect(onlyVisit(branch)).toMatchObject({ id, tickets: ['A1'], grade: 'known' })
    expect(branch.told('visit.started').map((fact) => fact.visit)).toEqual([id, id])
  })

  test('who comes back later is a new visit', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    const { id } = onlyVisit(branch)
    branch.event('camera-1', 'visitor.left', { track: 't1' })
    branch.advance(60_000)
    enter(branch, 't1')
    expect(onlyVisit(branch).id).not.toBe(id)
  })

  test('silence ends a visit, sightings keep it, an open ticket too', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    enter(branch, 't2')
    branch.event('tickets-1', 'ticket.issued', {
      ticket: 'A1',
      service: 'cash',
      track: 't2',
      camera: 'camera-1',
    })
    branch.advance(100_000)
    enter(branch, 't1')
    branch.advance(119_999)
    expect(branch.view().visits()).toHaveLength(2)
    branch.advance(1)
    expect(onlyVisit(branch).tickets).toEqual(['A1'])
    branch.event('tickets-1', 'ticket.ended', { ticket: 'A1', outcome: 'withdrawn' })
    branch.advance(240_001)
    expect(branch.view().visits()).toHaveLength(0)
  })

  test('a group is smaller by who left, and ends with the last', () => {
    const branch = createTestBranch()
    branch.event('camera-2', 'visitor.detected', { zone: 'entrance', count: 2 })
    enter(branch, 't1')
    enter(branch, 't2')
    branch.event('camera-1', 'visitor.left', { track: 't1' })
    expect(onlyVisit(branch)).toMatchObject({ party: 1, tracks: ['camera-1/t2'] })
    branch.event('camera-1', 'visitor.left', { track: 't2' })
    expect(branch.view().visits()).toHaveLength(0)
  })
})

describe('who is no visitor', () => {
  test.each(['staff', 'guard', 'courier'] as const)('%s by what the sensor says', (role) => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1', role })
    branch.event('camera-1', 'visitor.moved', { zone: 'waiting', track: 't1' })
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', role })
    expect(branch.view().visits()).toHaveLength(0)
  })

  test('who leaves: direction out starts nothing and ends a known track', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', direction: 'out' })
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't9', direction: 'out' })
    expect(branch.view().visits()).toHaveLength(0)
    enter(branch, 't1')
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1', direction: 'out' })
    expect(branch.told('visit.ended').map((fact) => fact.reason)).toEqual(['left'])
  })

  test('who goes where only staff come', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    branch.event('camera-1', 'visitor.moved', { track: 't1', zone: 'back-office' })
    branch.event('camera-1', 'visitor.moved', { track: 't1', zone: 'waiting' })
    expect(branch.view().visits()).toHaveLength(0)
    expect(branch.told('visit.ended').map((fact) => fact.reason)).toEqual(['role'])
  })

  test('one tap of a staff member, for as long as the track lives', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    branch.command({ name: 'visit.role', visit: onlyVisit(branch).id, role: 'courier', by: 'li' })
    branch.event('camera-1', 'visitor.moved', { track: 't1', zone: 'waiting' })
    expect(branch.view().visits()).toHaveLength(0)
    branch.advance(120_001)
    expect(branch.state.meta.keys().filter((key) => key.startsWith('role/'))).toEqual([])
    enter(branch, 't1')
    expect(branch.view().visits()).toHaveLength(1)
  })
})

describe('late and unknown news', () => {
  test('what was observed before the last sighting moves nobody and ends nothing', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    branch.advance(20_000)
    branch.event('camera-1', 'visitor.moved', { track: 't1', zone: 'waiting' })
    branch.event('camera-1', 'visitor.moved', { track: 't1', zone: 'entrance', observedAgoMs: 10_000 })
    branch.event('camera-1', 'visitor.left', { track: 't1', observedAgoMs: 10_000 })
    expect(onlyVisit(branch).zone).toBe('waiting')
  })

  test('a visitor of long ago is on record and greeted by nobody', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1', observedAgoMs: 120_001 })
    expect(branch.facts.filter((fact) => fact.type !== 'device.willingness')).toEqual([])
    expect(branch.decisions.at(-1)?.code).toBe('visit.news-late')
  })

  test('a visitor of a moment ago began a moment ago', () => {
    const branch = createTestBranch()
    branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1', observedAgoMs: 8_000 })
    expect(onlyVisit(branch).since).toBe(branch.at() - 8_000)
  })

  test('an unknown zone is a coded problem, recorded once an hour', () => {
    const branch = createTestBranch()
    for (let i = 0; i < 5; i++)
      branch.event('camera-1', 'visitor.detected', { zone: 'no-such-zone', track: 't1' })
    const problems = () => branch.decisions.filter((one) => one.code === 'zone.unknown')
    expect(problems()).toEqual([
      { kind: 'device', device: 'camera-1', code: 'zone.unknown', params: { name: 'no-such-zone' } },
    ])
    branch.advance(3_600_000)
    branch.event('camera-1', 'zone.count', { zone: 'no-such-zone', count: 1 })
    expect(problems()).toHaveLength(2)
    for (let i = 0; i < 100; i++) branch.event('camera-1', 'zone.count', { zone: `mars-${i}`, count: 1 })
    expect(problems()).toHaveLength(2)
    expect(branch.view().visits()).toHaveLength(0)
  })
})

describe('known visits', () => {
  test('only an act joins a ticket to a visit', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    branch.event('tickets-1', 'ticket.issued', { ticket: 'A1', service: 'cash' })
    expect(onlyVisit(branch)).toMatchObject({ grade: 'tracked', tickets: [] })
    expect(branch.view().ticket('A1')?.visit).toBeNull()
    const { id } = onlyVisit(branch)
    branch.command({ name: 'visit.known', visit: id, ticket: 'A1', by: 'li' })
    expect(onlyVisit(branch)).toMatchObject({ grade: 'known', tickets: ['A1'] })
    expect(branch.told('visit.known')).toEqual([{ type: 'visit.known', visit: id, by: 'staff' }])
  })

  test('a ticket under a camera, a kiosk under its own sensor, a check-in and an intent', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    const { id } = onlyVisit(branch)
    branch.event('tickets-1', 'ticket.issued', {
      ticket: 'A1',
      service: 'cash',
      segment: 'corporate',
      track: 't1',
      camera: 'camera-1',
    })
    expect(branch.told('ticket.issued')[0]).toMatchObject({ ticket: 'A1', visit: id })
    branch.event('robot-1', 'visitor.checked-in', { ticket: 'A1', booked: true, priority: false })
    expect(branch.told('visit.checked-in')[0]).toMatchObject({ visit: id, ticket: 'A1', booked: true })
    branch.event('robot-1', 'intent.stated', { ticket: 'A1', service: 'cards', wantsStaff: true })
    branch.event('kiosk-1', 'kiosk.session', { state: 'started', ticket: 'A1', service: 'cards' })
    expect(onlyVisit(branch)).toMatchObject({
      segment: 'corporate',
      booked: true,
      intent: 'cards',
      wantsStaff: true,
      beingServed: true,
    })
    expect(branch.view().device('kiosk-1')?.session).toMatchObject({ ticket: 'A1', visit: id })
    branch.event('kiosk-1', 'kiosk.session', { state: 'finished' })
    expect(branch.told('kiosk.session').at(-1)).toMatchObject({ state: 'finished', ticket: 'A1', visit: id })
    expect(onlyVisit(branch).beingServed).toBe(false)
    expect(branch.view().device('kiosk-1')?.session).toBeNull()
    expect(branch.told('visit.known')).toHaveLength(1)
  })
})

describe('merging', () => {
  test('the tracker says two tracks are one: the older goes on with everything of both', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    const older = onlyVisit(branch).id
    branch.advance(1_000)
    enter(branch, 't2')
    const younger =
      branch
        .view()
        .visits()
        .find((visit) => visit.id !== older)?.id ?? ''
    branch.event('tickets-1', 'ticket.issued', {
      ticket: 'A1',
      service: 'cash',
      track: 't2',
      camera: 'camera-1',
    })
    branch.event('camera-1', 'visitor.merged', { track: 't1', into: 't2' })
    expect(onlyVisit(branch)).toMatchObject({
      id: older,
      grade: 'known',
      party: 1,
      tickets: ['A1'],
      tracks: ['camera-1/t1', 'camera-1/t2'],
    })
    expect(branch.view().ticket('A1')?.visit).toBe(older)
    expect(branch.told('visit.merged')).toEqual([{ type: 'visit.merged', visit: younger, into: older }])
    enter(branch, 't2')
    expect(branch.view().visits()).toHaveLength(1)
  })

  test('a ticket shows that two visits are one', () => {
    const branch = createTestBranch()
    enter(branch, 't1', 'camera-1')
    enter(branch, 't7', 'camera-2')
    branch.event('tickets-1', 'ticket.issued', {
      ticket: 'A1',
      service: 'cash',
      track: 't1',
      camera: 'camera-1',
    })
    branch.event('kiosk-1', 'kiosk.session', {
      state: 'started',
      ticket: 'A1',
      track: 't7',
      camera: 'camera-2',
    })
    expect(onlyVisit(branch).tracks.toSorted()).toEqual(['camera-1/t1', 'camera-2/t7'])
  })

  test('a track never heard of becomes another name of the visit', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    branch.event('camera-1', 'visitor.merged', { track: 't1', into: 't8' })
    branch.event('camera-1', 'visitor.moved', { track: 't8', zone: 'waiting' })
    expect(onlyVisit(branch).zone).toBe('waiting')
  })

  test('one who had just left and one who came in are one: the claims of the first count', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    const first = onlyVisit(branch).id
    branch.event('camera-1', 'visitor.left', { track: 't1' })
    branch.advance(5_000)
    enter(branch, 't2')
    const second = onlyVisit(branch).id
    branch.event('camera-1', 'visitor.merged', { track: 't1', into: 't2' })
    expect(branch.told('visit.merged')).toEqual([{ type: 'visit.merged', visit: first, into: second }])
    expect(onlyVisit(branch).id).toBe(second)
  })

  test('a ticket of one who had just left, used by one who came in, shows the same', () => {
    const branch = createTestBranch()
    enter(branch, 't1')
    const first = onlyVisit(branch).id
    const act = { ticket: 'A1', service: 'cash', track: 't1', camera: 'camera-1' }
    branch.event('tickets-1', 'ticket.issued', act)
    branch.event('camera-1', 'visitor.left', { track: 't1' })
    enter(branch, 't2')
    branch.event('kiosk-1', 'kiosk.session', { ...act, state: 'started', track: 't2' })
    expect(branch.told('visit.merged').map((fact) => fact.visit)).toEqual([first])
    expect(onlyVisit(branch)).toMatchObject({ grade: 'known', tickets: ['A1'] })
  })
})
