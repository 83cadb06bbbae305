import { describe, expect, it } from 'vitest'
import { diversion } from '#flows/diversion/flow.ts'
import { lobbyWith, minute, minutePassed, queueChanged, ticketsOf } from '#flows/diversion/samples.ts'
import { modelOf } from '#flows/samples/model.ts'
import {
  counterRow,
  deviceRow,
  monday,
  personRow,
  sensed,
  serviceRow,
  visitRow,
} from '#flows/samples/rows.ts'
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { diversionProof } from './proof.ts'

describeFlow(diversion, diversionProof)

const start = (rows = lobbyWith({ waiting: 12 }), policy = {}) =>
  runFlow(diversion, { key: 'transfer', rows, policy })

const invited = (intents: readonly Intent[]) =>
  intents.flatMap((intent) =>
    intent.type === 'mark' && intent.name === 'diversion.kiosk' ? [[intent.id, intent.value]] : [],
  )

const codes = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => ('because' in intent ? [intent.because.code] : []))

const pressed = (rows = lobbyWith({ waiting: 12 }), policy = {}) => {
  const run = start(rows, policy)
  run.tell(queueChanged)
  return { run, first: run.wait(30_000) }
}

describe('pressure', () => {
  it('is believed only when it lasts, by length or by announced wait', () => {
    const run = start()
    run.tell(queueChanged)
    expect(run.state).toBe('rising')
    expect(run.wait(29_999)).toEqual([])
    expect(invited(run.wait(1))).toHaveLength(2)
    expect(run.state).toBe('pressed')

    const byWait = start(lobbyWith({ waiting: 6, waitMs: 10 * minute }))
    byWait.tell(queueChanged)
    expect(byWait.state).toBe('rising')
  })

  it('that goes within the hold time invites nobody', () => {
    const run = start()
    run.tell(queueChanged)
    run.set(lobbyWith({ waiting: 7 }))
    run.tell(queueChanged)
    expect(run.state).toBe('calm')
    expect(run.wait(10 * minute)).toEqual([])
  })

  it('does not end between the limits, and ends only when relief lasts', () => {
    const { run } = pressed()
    run.set(lobbyWith({ waiting: 6 }))
    run.tell(queueChanged)
    expect(run.state).toBe('pressed')
    run.set(lobbyWith({ waiting: 5 }))
    run.tell(queueChanged)
    expect(run.state).toBe('easing')
    run.set(lobbyWith({ waiting: 9 }))
    run.tell(queueChanged)
    expect(run.state).toBe('pressed')
    run.set(lobbyWith({ waiting: 3 }))
    run.tell(queueChanged)
    run.wait(60_000)
    expect(run.state).toBe('calm')
  })

  it('of a stale queue is unknown: nobody is invited and the record says so', () => {
    const { run } = pressed(lobbyWith({ waiting: 12, staleAt: monday + minute }))
    run.wait(2 * minute)
    const wanted = run.tell(minutePassed)
    expect(run.state).toBe('unknown')
    expect(invited(wanted)).toEqual([])
    expect(codes(wanted)).toEqual(['diversion.queue-unknown'])
    run.set(lobbyWith({ waiting: 12 }))
    expect(invited(run.tell(queueChanged))).toHaveLength(2)
  })

  it('that is over when the hold time ends with a stale queue is not believed', () => {
    const run = start(lobbyWith({ waiting: 12, staleAt: monday + 1_000 }))
    run.tell(queueChanged)
    run.wait(30_000)
    expect(run.state).toBe('calm')
  })
})

describe('invitations', () => {
  it('go to those who wait longest, each to a kiosk of its own, no more than are free', () => {
    const { first } = pressed()
    expect(invited(first)).toEqual([
      ['A012', 'kiosk-1'],
      ['A011', 'kiosk-2'],
    ])
  })

  it('are not made twice before the model shows the first', () => {
    const { run } = pressed()
    expect(invited(run.tell(queueChanged))).toEqual([])
  })

  it.each([
    ['assisted', { assisted: true }],
    ['who chose a person', { choseStaff: true }],
    ['booked', { booked: true }],
    ['priority', { priority: true }],
    ['of the priority segment', { segment: 'priority' as const }],
    ['held', { state: 'held' as const }],
    ['called', { state: 'called' as const }],
    ['who refused', { marks: { 'diversion.refused': true } }],
    ['on the way', { marks: { 'diversion.open': true } }],
  ])('never go to tickets %s', (_, row) => {
    const rows = lobbyWith({ waiting: 12 })
    expect(invited(pressed({ ...rows, tickets: ticketsOf(12, row) }).first)).toEqual([])
  })

  it.each([
    ['wants a person', { wantsStaff: true }],
    ['is being served', { beingServed: true }],
    ['refused with another ticket', { marks: { 'diversion.refused': true } }],
    ['is booked', { booked: true }],
    ['is a priority', { priority: true }],
  ])('never go to a visit that %s', (_, row) => {
    const rows = lobbyWith({ waiting: 12 })
    const visits = [visitRow({ id: 'v1', zone: 'waiting', ...row })]
    expect(invited(pressed({ ...rows, visits, tickets: ticketsOf(12, { visit: 'v1' }) }).first)).toEqual([])
  })

  it('go only to those who gain by it', () => {
    // The way and the kiosk take 190 s, the margin a minute more; one counter works.
    const queue = (serviceMs: number) => {
      const rows = lobbyWith({ waiting: 2, waitMs: 12 * minute })
      return pressed({ ...rows, services: rows.services!.map((row) => ({ ...row, serviceMs })) }).first
    }
    expect(invited(queue(minute))).toEqual([])
    expect(invited(queue(150_000))).toEqual([['A002', 'kiosk-1']])
    expect(invited(queue(251_000))).toHaveLength(2)
  })

  it.each([
    ['lost', { link: 'lost' as const }],
    ['faulted', { health: 'faulted' as const }],
    ['held by a person', { willingness: 'held' as const }],
    ['in use', { session: { since: monday, ticket: null, service: null } }],
  ])('never go to a kiosk that is %s', (_, row) => {
    const devices = [deviceRow({ id: 'kiosk-1', kind: 'kiosk', zone: 'kiosks', ...row })]
    expect(invited(pressed(lobbyWith({ waiting: 12 }, { devices })).first)).toEqual([])
  })

  it('never go to a kiosk that is promised, and leave the spare ones', () => {
    expect(invited(pressed(lobbyWith({ waiting: 12 }, { claims: ['kiosk:kiosk-1'] })).first)).toEqual([
      ['A012', 'kiosk-2'],
    ])
    expect(invited(pressed(lobbyWith({ waiting: 12 }), { spareKiosks: 1 }).first)).toHaveLength(1)
  })

  it('are not repeated too soon or too often', () => {
    const again = (invitations: number, agoMs: number) =>
      invited(
        pressed(
          lobbyWith(
            { waiting: 12 },
            {
              tickets: ticketsOf(12, {
                marks: { 'diversion.invitations': invitations, 'diversion.invitedAt': monday - agoMs },
              }),
            },
          ),
        ).first,
      ).length
    expect(again(0, 10_000)).toBe(0)
    expect(again(0, minute)).toBe(2)
    expect(again(1, minute)).toBe(0)
    expect(again(1, 10 * minute)).toBe(2)
    expect(again(2, 10 * minute)).toBe(0)
  })

  it('begin when a kiosk comes free', () => {
    const { run } = pressed(lobbyWith({ waiting: 12 }, { devices: [] }))
    run.set(lobbyWith({ waiting: 12 }))
    const freed: FlowEvent = {
      type: 'kiosk.session',
      device: 'kiosk-1',
      state: 'finished',
      ticket: null,
      visit: null,
      service: null,
    }
    expect(diversion.keys?.(freed, modelOf(lobbyWith({ waiting: 1 })))).toEqual(['transfer'])
    expect(invited(run.tell(freed))).toHaveLength(2)
  })

  it.each([
    ['paused', { paused: { by: 'li', at: monday, until: null } }],
    ['a cash delivery', { mode: 'cash-delivery' as const }],
    ['closed', { mode: 'closed' as const }],
    ['an emergency', { mode: 'emergency' as const }],
  ])('are not made while the branch is in: %s', (_, branch) => {
    const { run, first } = pressed(lobbyWith({ waiting: 12 }, { branch }))
    expect(invited(first)).toEqual([])
    expect(codes(run.tell(minutePassed))).toEqual(['diversion.not-now'])
  })

  it('that nobody got are explained once a minute', () => {
    const { run } = pressed(lobbyWith({ waiting: 12 }, { devices: [] }))
    expect(codes(run.tell(queueChanged))).toEqual([])
    expect(codes(run.tell(minutePassed))).toEqual(['diversion.nobody-invited'])
  })
})

describe('another counter', () => {
  const calls = (intents: readonly Intent[]) => intents.filter((intent) => intent.type === 'task')

  it('is asked for ahead of time when the wait is rising', () => {
    const run = start(lobbyWith({ waiting: 3, waitMs: 2 * minute }))
    const asked: number[] = []
    for (let at = 0; at <= 10; at++) {
      run.set(lobbyWith({ waiting: 3, waitMs: (2 + 1.5 * at) * minute }))
      if (calls(run.tell(queueChanged)).length > 0) asked.push(at)
      run.wait(minute)
    }
    // The limit of 15 min is reached in minute 9; opening takes five minutes.
    expect(asked).toEqual([4])
    const [call] = run.tasks
    expect(call?.who).toEqual({ members: 'people', only: ['li'] })
    expect(call?.subject).toEqual({ service: 'transfer', counter: 'c2' })
    expect(call?.claims).toEqual([{ key: 'open-counter:c2', kind: 'lease' }])
  })

  it('is not asked for when all are open, or nobody may open one', () => {
    const long = { waiting: 12, waitMs: 30 * minute }
    const counters = [counterRow({ id: 'c1', services: ['transfer'] })]
    expect(calls(start(lobbyWith(long, { counters })).tell(queueChanged))).toEqual([])
    const staff = [personRow({ id: 'wang' }), personRow({ id: 'li', canOpenCounters: true, onDuty: false })]
    expect(calls(start(lobbyWith(long, { staff })).tell(queueChanged))).toEqual([])
    expect(calls(start(lobbyWith(long)).tell(queueChanged))).toHaveLength(1)
  })

  it('is asked for once in a while, and called off when the pressure is gone', () => {
    const long = lobbyWith({ waiting: 12, waitMs: 30 * minute })
    const run = start(long)
    expect(calls(run.tell(queueChanged))).toHaveLength(1)
    expect(calls(run.tell(queueChanged))).toHaveLength(0)
    run.set(lobbyWith({ waiting: 1, waitMs: minute }))
    expect(run.tell(queueChanged)).toContainEqual({
      type: 'cancel',
      ref: 'counter-1',
      reason: 'queue-eased',
    })
    run.set(long)
    run.wait(9 * minute)
    expect(calls(run.tell(queueChanged))).toHaveLength(0)
    run.wait(minute)
    expect(calls(run.tell(queueChanged))).toHaveLength(1)
  })

  it('that nobody opens is recorded', () => {
    const run = start(lobbyWith({ waiting: 12, waitMs: 30 * minute }))
    run.tell(queueChanged)
    const refused = run.tell({ type: 'task.refused', ref: 'counter-1', task: 't', reason: 'busy' })
    expect(codes(refused)).toEqual(['diversion.no-counter-opened'])
  })
})

describe('whom an event concerns', () => {
  const model = modelOf(
    lobbyWith(
      { waiting: 1 },
      {
        services: [
          serviceRow({ id: 'cash', waiting: sensed(1) }),
          serviceRow({ id: 'transfer', selfService: true }),
        ],
      },
    ),
  )

  it('is the queue, the queues of a counter, or all', () => {
    expect(diversion.key(queueChanged)).toBe('transfer')
    expect(diversion.keys?.({ type: 'counter.changed', counter: 'c1' }, model)).toEqual(['transfer'])
    expect(diversion.keys?.(minutePassed, model)).toEqual(['cash', 'transfer'])
    expect(diversion.keys?.({ type: 'duty.changed', person: 'li' }, model)).toEqual(['cash', 'transfer'])
  })
})
