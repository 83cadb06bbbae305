import { describe, expect, it } from 'vitest'
import { greeting } from '#flows/greeting/flow.ts'
import { lobby } from '#flows/greeting/samples.ts'
import type { Rows } from '#flows/samples/model.ts'
import { counterRow } from '#flows/samples/rows.ts'
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import { runFlow } from '../kit/run-flow.ts'
import { capabilitiesOf, greets, start, visitor } from './steps.ts'

describe('after the greeting', () => {
  const greeted = (result: Record<string, unknown>, rows: Rows = lobby) => {
    const run = start(rows)
    run.tell({ type: 'task.started', ...greets })
    run.tell({ type: 'task.done', ...greets, result })
    return run
  }
  const ledTo = (intents: readonly Intent[]) =>
    intents.flatMap((intent) =>
      intent.type === 'task' && intent.ref === 'lead' ? [intent.command['to']] : [],
    )

  it('leads to a free kiosk for what a kiosk can do, to the waiting area for the rest', () => {
    expect(ledTo(greeted({ intent: 'transfer' }).intents)).toEqual([{ zone: 'kiosks' }])
    expect(ledTo(greeted({ intent: 'transfer' }, { ...lobby, occupied: ['kiosk-1'] }).intents)).toEqual([
      { zone: 'waiting' },
    ])
    expect(ledTo(greeted({ intent: 'cash' }).intents)).toEqual([{ zone: 'waiting' }])
  })

  it('leads to a counter that is free for it', () => {
    const counters = [counterRow({ id: 'c1', zone: 'counters', services: ['cash'] })]
    expect(ledTo(greeted({ intent: 'cash' }, { ...lobby, counters }).intents)).toEqual([{ zone: 'counters' }])
  })

  it('hears the answer from a kiosk too, for as long as it waits', () => {
    const stated: FlowEvent = {
      type: 'intent.stated',
      visit: 'v1',
      ticket: null,
      service: 'transfer',
      wantsStaff: false,
      device: 'kiosk-1',
    }
    expect(ledTo(greeted({}).tell(stated))).toEqual([{ zone: 'kiosks' }])
    const patient = greeted({})
    patient.wait(30_000)
    expect(patient.ended).toBe(true)
    expect(patient.tell(stated)).toEqual([])
  })

  it('leads nobody when no robot can, when told not to, and in cash delivery', () => {
    expect(ledTo(greeted({ intent: 'cash' }, { ...lobby, devices: [] }).intents)).toEqual([])
    expect(
      ledTo(greeted({ intent: 'cash' }, { ...lobby, branch: { mode: 'cash-delivery' } }).intents),
    ).toEqual([])
    const run = start(lobby, { policy: { guideAfterwards: false } })
    expect(ledTo(run.tell({ type: 'task.done', ...greets, result: { intent: 'cash' } }))).toEqual([])
  })
})

describe('a booked or priority visitor', () => {
  const checkedIn: FlowEvent = {
    type: 'visit.checked-in',
    visit: 'v1',
    ticket: 'A001',
    service: 'cash',
    booked: true,
    priority: false,
  }

  it('is received by a person, and no device greets or says so', () => {
    const run = start()
    const wanted = run.tell(checkedIn)
    expect(wanted.find((intent) => intent.type === 'cancel')).toMatchObject({ ref: 'greet' })
    expect(wanted).toContainEqual({
      type: 'claim',
      claim: { key: 'greet:visit:v1', kind: 'once' },
      because: { code: 'received-by-a-person' },
    })
    const task = run.tasks.at(-1)
    expect(task).toMatchObject({
      capability: 'call-staff',
      command: { reason: 'booked-visitor' },
      who: { members: 'people', roles: ['manager', 'adviser'] },
      claims: [{ key: 'receive:visit:v1', kind: 'once' }],
    })
  })

  it('is known by checking in only: a mark on the visit changes nothing', () => {
    const run = start(visitor({ booked: true, priority: true }))
    expect(capabilitiesOf(run.intents)).toEqual(['greet'])
    expect(JSON.stringify(run.intents)).not.toMatch(/booked|priority-visitor/)
  })

  it('is received with a ticket alone, and without a booking nobody is called', () => {
    const event: FlowEvent = { ...checkedIn, visit: null }
    const key = greeting.key(event)
    expect(key).toBe('ticket:A001')
    const run = runFlow(greeting, { key: key ?? '', rows: lobby })
    run.tell(event)
    expect(run.tasks[0]).toMatchObject({
      claims: [{ key: 'receive:ticket:A001' }],
      subject: { ticket: 'A001' },
    })
    const plain = runFlow(greeting, { key: 'v1', rows: lobby })
    plain.tell({ ...checkedIn, booked: false })
    expect(plain.intents).toEqual([])
  })
})
