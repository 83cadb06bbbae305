/** What people do when devices speak to them, and what cameras make of the people. */
import { beforeAll, describe, expect, test } from 'vitest'
import { events } from '#protocol/events.ts'
import type { Answer, Question } from '#simulators/devices/ports.ts'
import { findScenario, type Scenario } from '#simulators/lobby/scenario.ts'
import { type Played, playOut, playWithDevices } from './meddling.ts'

const minute = 60_000
const demo = findScenario('demo')
const rush = findScenario('morning-rush')

const having = (
  scenario: Scenario,
  changes: Partial<Pick<Scenario, 'customers' | 'cameras' | 'kiosks' | 'arrivals' | 'troubles' | 'services'>>,
): Scenario => ({ ...scenario, ...changes })

const startDemo = (customers: Partial<Scenario['customers']> = {}) => {
  const scenario = having(demo, { customers: { ...demo.customers, ...customers } })
  const played = playWithDevices(scenario, 1)
  // The model opens five minutes before its doors.
  played.clock.runUntil(5 * minute)
  return played
}

const pass = ({ clock }: Played, seconds: number) => clock.runUntil(clock.now() + seconds * 1_000)

const ask = (played: Played, question: Question): (() => Answer | undefined) => {
  let answer: Answer | undefined
  played.model.people.ask(question, (given) => {
    answer = given
  })
  return () => answer
}

const lastTicket = (played: Played, service: string) =>
  String(played.named('ticket.issued').findLast(({ data }) => data['service'] === service)?.data['ticket'])

describe('an invitation to a kiosk', () => {
  const invite = (played: Played) => {
    pass(played, 40)
    const ticket = lastTicket(played, 'card')
    const question = {
      kind: 'offer',
      device: 'screen-waiting-1',
      ticket,
      service: 'card',
      kiosk: 'kiosk-2',
    } as const
    const answer = ask(played, question)
    pass(played, 6)
    const record = played.model.record().visitors.find((visitor) => visitor.ticket === ticket)
    return { ticket, question, answer: answer(), record }
  }

  test('who accepts walks there and uses it; their ticket is held and not called', () => {
    const played = startDemo({
      acceptsInvitationShare: 1,
      declinesInvitationShare: 0,
      triesAnywayShare: 1,
      noticesScreenShare: 1,
    })
    const { ticket, answer, record } = invite(played)
    expect(answer?.offer).toBe('accepted')
    played.tell('tickets-1', { kind: 'ticketed', ticket, action: 'hold' })
    pass(played, 240)
    expect(record?.kiosk).toBe('kiosk-2')
    expect(played.named('ticket.called').map(({ data }) => data['ticket'])).not.toContain(ticket)
    expect(record?.invited).toMatchObject([{ device: 'screen-waiting-1', accepted: true }])
  })

  test('who declines stays, is remembered, and is harder to win the next time', () => {
    const played = startDemo({
      acceptsInvitationShare: 0,
      triesAnywayShare: 0,
      declinesInvitationShare: 1,
      noticesScreenShare: 1,
    })
    const { answer, record } = invite(played)
    expect(answer?.offer).toBe('declined')
    expect(record).toMatchObject({ kiosk: null, invited: [{ accepted: false }] })
  })

  test('who does not notice says nothing', () => {
    const { answer, record } = invite(startDemo({ noticesScreenShare: 0 }))
    expect(answer).toBeUndefined()
    expect(record?.invited).toMatchObject([{ accepted: null }])
  })

  test('a ticket that nobody holds is asked in vain', () => {
    const played = startDemo()
    const answer = ask(played, { kind: 'offer', device: 'screen-waiting-1', ticket: 'Z999', service: 'card' })
    pass(played, 10)
    expect(answer()).toBeUndefined()
  })
})

describe('who is greeted and asked', () => {
  const greet = (played: Played) => {
    pass(played, 4)
    const answer = ask(played, { kind: 'intent', device: 'robot-1', visit: 'v-1' })
    pass(played, 4)
    return answer()
  }

  test('says what they want and in which language', () => {
    const played = startDemo({ answersGreetingShare: 1 })
    expect(greet(played)).toMatchObject({ intent: 'card' })
  })

  test('or walks on', () => {
    expect(greet(startDemo({ answersGreetingShare: 0 }))).toBeUndefined()
  })

  test('follows a robot that leads to the kiosks, and uses one without a number', () => {
    const played = startDemo({ answersGreetingShare: 1, followsRobotShare: 1 })
    greet(played)
    const guide = { capability: 'guide', visit: 'v-1', task: 't', attempt: 1, epoch: 1 }
    played.tell('robot-1', { kind: 'begun', ...guide })
    pass(played, 8)
    played.tell('robot-1', { kind: 'moved', to: 'kiosks', ...guide })
    pass(played, 10)
    const visitor = played.model.record().visitors.find(({ kiosk }) => kiosk !== null)
    expect(visitor).toMatchObject({ service: 'card', ticket: null })
  })
})

describe('a kiosk that does not work out', () => {
  const day = (changes: Parameters<typeof having>[1]) => {
    const scenario = having(rush, changes)
    const invites = () => true
    return playOut(playWithDevices(scenario, 3, { invites })).model.record().visitors
  }

  test('breaks under their hands: they return, and are served at a counter or give up', () => {
    const visitors = day({ kiosks: { ...rush.kiosks, failsShare: 1, repairMinutes: 0.1 } })
    const users = visitors.filter(({ kiosk }) => kiosk !== null)
    expect(users.length).toBeGreaterThan(50)
    for (const visitor of users) {
      expect(visitor).toMatchObject({ kioskOutcome: 'failed', returnedToCounter: true })
      expect(['served', 'abandoned', 'turned-away']).toContain(visitor.outcome)
    }
    expect(users.some(({ outcome }) => outcome === 'served')).toBe(true)
  })

  test('is too hard, oftener at 65 and over', () => {
    const visitors = day({}).filter(({ kiosk, eligible }) => kiosk !== null && eligible)
    const hard = (elderly: boolean) => {
      const those = visitors.filter((visitor) => visitor.elderly === elderly)
      return those.filter(({ kioskOutcome }) => kioskOutcome === 'abandoned').length / those.length
    }
    expect(visitors.length).toBeGreaterThan(60)
    expect(hard(true)).toBeGreaterThan(hard(false))
  })

  test('is out of order for everybody while a trouble lasts', () => {
    const kiosks = rush.branch.devices.filter(({ kind }) => kind === 'kiosk').map(({ id }) => id)
    const at = 10 * 60 * minute
    const visitors = day({ troubles: [{ kind: 'kiosk-outage', at, forMinutes: 60, devices: kiosks }] })
    const begun = visitors.map(({ kioskFromMs }) => kioskFromMs ?? 0)
    expect(begun.filter((ms) => ms >= at && ms < at + 60 * minute)).toEqual([])
    expect(begun.filter((ms) => ms >= at + 60 * minute).length).toBeGreaterThan(0)
  })
})

describe('a day as the hub hears it', () => {
  let played: Played
  beforeAll(() => {
    played = playOut(playWithDevices(rush, 7, { invites: (ticket) => ticket.endsWith('3'), greets: true }))
  })

  test('every event keeps to the contract', () => {
    for (const { name, data } of played.sensed) expect(events[name].safeParse(data).error).toBeUndefined()
  })

  test('is far below 60,000 events, and the record counts them', () => {
    const sessions = played.model.record().devices.filter(({ doing }) => doing === 'session').length
    expect(played.model.record().sensed).toBe(played.sensed.length + 2 * sessions)
    expect(played.sensed.length).toBeLessThan(60_000)
    expect(played.sensed.length).toBeGreaterThan(10_000)
    expect(played.model.record().streamed).toBe(played.streamed.length)
  })

  test('tickets are issued once, called at most once, and end at most once', () => {
    for (const name of ['ticket.issued', 'ticket.called', 'ticket.ended'] as const) {
      const tickets = played.named(name).map(({ data }) => data['ticket'])
      expect(new Set(tickets).size).toBe(tickets.length)
    }
  })

  test('cameras miss some, see some twice, and lose nobody they follow', () => {
    const { visitors } = played.model.record()
    const tracks = played.named('visitor.detected').map(({ data }) => data['track'] as string | undefined)
    const twice = tracks.filter((track) => track?.endsWith('-again') === true)
    expect(twice.length).toBeGreaterThan(0)
    const missed = visitors.filter(({ id }) => !tracks.includes(id))
    expect(missed.length).toBeGreaterThan(visitors.length * 0.01)
    expect(missed.length).toBeLessThan(visitors.length * 0.1)
    const left = new Set(played.named('visitor.left').map(({ data }) => data['track']))
    const merged = new Set(played.named('visitor.merged').map(({ data }) => data['track']))
    for (const track of tracks.filter((one) => one !== undefined))
      expect(left.has(track) || merged.has(track), track).toBe(true)
  })

  test('who is booked or a priority checks in', () => {
    const { visitors } = played.model.record()
    const entitled = visitors.filter(
      ({ booked, priority, ticket }) => (booked || priority) && ticket !== null,
    )
    expect(played.named('visitor.checked-in').length).toBe(entitled.length)
    expect(entitled.length).toBeGreaterThan(10)
  })

  test('nobody is left behind, and everybody stands somewhere on the plan', () => {
    expect(played.model.present()).toBe(0)
    expect(played.model.positions().filter(({ kind }) => kind === 'visitor')).toEqual([])
    expect(played.model.positions().filter(({ kind }) => kind === 'robot')).toHaveLength(3)
  })
})

test('a broken sensor floods and falls silent, as its scenario says', () => {
  const scenario = findScenario('broken-sensor')
  const played = playOut(playWithDevices(scenario, 1))
  const ghosts = played
    .named('visitor.detected')
    .filter(({ data }) => String(data['track']).startsWith('ghost-'))
  expect(ghosts.length).toBe(20 * 60 * 2)
  const offset = scenario.day.openMs - 5 * minute
  const blind = played.sensed.filter(({ device, atMs }) => {
    const time = atMs + offset
    return device === 'camera-hall' && time >= 14 * 60 * minute && time < 14.5 * 60 * minute
  })
  expect(blind).toEqual([])
})

describe('the first minute of the demonstration', () => {
  let minuteOf: Played
  beforeAll(() => {
    minuteOf = startDemo()
    pass(minuteOf, 60)
  })
  const since = (atMs: number) => atMs - 5 * minute

  test('somebody comes in at once, to be greeted, and stays long enough for it', () => {
    const first = minuteOf.named('visitor.detected').find(({ data }) => data['zone'] === 'entrance')
    expect(since(first?.atMs ?? 0)).toBeLessThan(5_000)
    const issued = minuteOf.named('ticket.issued').find(({ data }) => data['track'] === first?.data['track'])
    expect((issued?.atMs ?? Number.POSITIVE_INFINITY) - (first?.atMs ?? 0)).toBeGreaterThan(6_000)
  })

  test('it is calm while people dwell, for promotions, and rises to a rush, for diversions', () => {
    const dwell = minuteOf.named('zone.dwell').filter(({ atMs }) => since(atMs) < 16_000)
    expect(dwell.length).toBeGreaterThanOrEqual(3)
    const waiting = minuteOf
      .named('queue.snapshot')
      .filter(({ data }) => data['service'] === 'card')
      .map(({ atMs, data }) => [since(atMs), Number(data['waiting'])] as const)
    expect(Math.max(...waiting.filter(([atMs]) => atMs < 17_000).map(([, count]) => count))).toBeLessThan(3)
    expect(Math.max(...waiting.map(([, count]) => count))).toBeGreaterThanOrEqual(5)
  })

  test('rushes come back, and calm in between, for hours', () => {
    const hours = startDemo()
    pass(hours, 3 * 3_600)
    const waiting = hours.named('queue.snapshot').filter(({ data }) => data['service'] === 'card')
    const most = Array.from({ length: 180 }, (_, index) =>
      Math.max(
        0,
        ...waiting
          .filter(({ atMs }) => Math.floor(since(atMs) / minute) === index)
          .map(({ data }) => Number(data['waiting'])),
      ),
    )
    expect(most.filter((count) => count >= 5).length).toBeGreaterThan(15)
    expect(most.filter((count) => count <= 2).length).toBeGreaterThan(15)
    expect(hours.model.present()).toBeLessThan(32)
  })
})

describe('staff', () => {
  test('hold a ticket by hand and put it back: it is called in its old place', () => {
    const played = startDemo({ turnsBackAbovePresent: 100 })
    pass(played, 30)
    const waiting = played.named('queue.snapshot').findLast(({ data }) => data['service'] === 'card')?.data
    const [first = '', second = ''] = ((waiting?.['tickets'] ?? []) as { ticket: string }[]).map(
      ({ ticket }) => ticket,
    )
    played.model.changeTicket(first, 'hold')
    const calls = () => played.named('ticket.called').map(({ data }) => data['ticket'])
    while (!calls().includes(second)) pass(played, 1)
    expect(calls()).not.toContain(first)
    const before = calls().length
    played.model.changeTicket(first, 'restore')
    while (!calls().includes(first)) pass(played, 1)
    const meanwhile = calls().slice(before, calls().indexOf(first))
    expect(meanwhile.filter((ticket) => String(ticket).startsWith('C'))).toEqual([])
  })

  test('open a counter that was closed, once', () => {
    const played = startDemo()
    pass(played, 5)
    expect(played.model.openCounter('counter-4')).toBe(true)
    expect(played.model.openCounter('counter-4')).toBe(false)
    expect(played.named('counter.changed').at(-1)?.data).toMatchObject({
      counter: 'counter-4',
      state: 'open',
    })
  })
})
