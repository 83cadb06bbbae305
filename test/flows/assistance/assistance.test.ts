import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needOf } from '#flows/assistance/decide.ts'
import { assistance } from '#flows/assistance/flow.ts'
import { emergency, escalation, help, lobby, unserved, wantsPerson } from '#flows/assistance/samples.ts'
import type { FlowEvent, TaskAnswer } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { assistanceProof } from './proof.ts'

const answer = (type: TaskAnswer['type'], ref = 'call-1'): TaskAnswer => ({
  type,
  ref,
  task: 't',
  member: 'person/li',
  reason: 'x',
  result: {},
  progress: {},
})

describeFlow(assistance, assistanceProof)

const start = (event: FlowEvent = help, rows = lobby, policy = {}) => {
  const run = runFlow(assistance, { key: assistance.key(event) ?? '', rows, policy })
  return { run, first: run.tell(event) }
}
const refs = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'task' ? [intent.ref] : []))
const alerts = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'alert' ? [intent.because.code] : []))
const escalates = (intents: readonly Intent[]) => intents.some((intent) => intent.type === 'escalate')
const cleared = { type: 'alert.clear', key: 'assistance:device:kiosk-1' }

describe('a call for a person', () => {
  it('goes to people, with an ack deadline, to the next when it passes, where the need is', () => {
    const [call] = start().first
    expect(call).toMatchObject({
      type: 'task',
      capability: 'call-staff',
      command: { at: { place: 'kiosk-place-1', zone: 'kiosks' }, reason: 'card-stuck', ticket: 'A001' },
      who: { members: 'people', roles: ['lobby', 'manager', 'adviser'], nearZone: 'kiosks' },
      subject: { device: 'kiosk-1', visit: 'v1', ticket: 'A001', service: 'transfer', zone: 'kiosks' },
      priority: 7,
      ackWithinMs: 30_000,
      attemptsMax: 3,
    })
  })

  it('is made for a visitor who wants a person, and for a task worth one', () => {
    expect(start(wantsPerson).first).toMatchObject([
      { command: { reason: 'wants-a-person', at: { zone: 'waiting' } } },
    ])
    expect(start(unserved('guide')).first).toMatchObject([{ command: { reason: 'unserved-guide' } }])
    expect(start(unserved('manage-ticket')).first).toMatchObject([{ subject: { ticket: 'A001' } }])
  })

  it('is not made for other tasks, or for flows that look after their own; the record says so', () => {
    for (const event of [
      unserved('promote'),
      unserved('guide', 'greeting'),
      unserved('call-staff', 'device-care'),
    ]) {
      const { run, first } = start(event)
      expect(run.ended).toBe(true)
      expect(first).toMatchObject([{ type: 'pass', because: { code: 'assistance.not-worth-a-person' } }])
    }
  })

  it('answered clears the alert; done ends it', () => {
    const { run } = start()
    run.wait(45_000)
    expect(run.tell(answer('task.accepted'))).toEqual([cleared])
    expect(run.wait(600_000)).toEqual([])
    run.tell(answer('task.done'))
    expect(run.ended).toBe(true)
  })

  it('a person who cancels it has answered it, on record', () => {
    const { run } = start()
    expect(run.tell(answer('task.cancelled'))).toMatchObject([
      cleared,
      { type: 'pass', because: { code: 'assistance.called-off' } },
    ])
    expect(run.ended).toBe(true)
  })

  it('that an emergency cancelled is made again after it', () => {
    const { run } = start()
    run.set(emergency)
    run.tell(answer('task.cancelled'))
    expect(run.wait(3_600_000)).toEqual([])
    run.set(lobby)
    expect(refs(run.wait(60_000))).toEqual(['call-2'])
  })
})

describe('two requests', () => {
  it('from one device within a minute are one', () => {
    const { run } = start()
    run.wait(30_000)
    expect(run.tell(help)).toEqual([])
    expect(run.state).toBe('calling.asking')
  })

  it('later, still unanswered, repeat the alert and not the call', () => {
    const { run } = start(help, lobby, { alertAfterMs: 600_000, waitMs: 3_600_000 })
    run.wait(60_000)
    const wanted = run.tell(help)
    expect(alerts(wanted)).toEqual(['assistance.unclaimed'])
    expect(refs(wanted)).toEqual([])
    expect(run.tell(help)).toEqual([])
  })
})

describe('a request nobody answers', () => {
  it('raises an alert, repeats it, then asks an expert and ends the call on the spot', () => {
    const { run } = start()
    expect(alerts(run.wait(44_999))).toEqual([])
    expect(alerts(run.wait(1))).toEqual(['assistance.unclaimed'])
    expect(alerts(run.wait(120_000))).toEqual(['assistance.unclaimed', 'assistance.unclaimed'])
    const wanted = run.wait(15_000)
    expect(wanted[0]).toEqual({ type: 'cancel', ref: 'call-1', reason: 'escalated' })
    expect(escalates(wanted)).toBe(true)
    expect(run.state).toBe('escalated')
  })

  it('goes to an expert at once when all were asked or nobody can be', () => {
    for (const type of ['task.refused', 'task.failed', 'task.expired', 'task.unknown'] as const) {
      const { run } = start()
      const wanted = run.tell(answer(type))
      expect(escalates(wanted)).toBe(true)
      expect(wanted).toContainEqual(expect.objectContaining({ type: 'alert', priority: 'urgent' }))
    }
  })

  it('stays, and its alert repeats, until the expert takes it, and the case until it is ended', () => {
    const { run } = start()
    run.tell(answer('task.failed'))
    expect(alerts(run.wait(180_000))).toHaveLength(3)
    expect(run.tell(escalation('taken'))).toEqual([cleared])
    expect(run.state).toBe('withExpert')
    // Nobody forgets a case that takes longer than help may take.
    expect(alerts(run.wait(3_600_000)).length).toBeGreaterThan(0)
    run.tell(escalation('ended'))
    expect(run.ended).toBe(true)
  })

  it('a helper who gives up is replaced once, then by an expert', () => {
    const { run } = start()
    run.tell(answer('task.accepted'))
    expect(refs(run.tell(answer('task.failed')))).toEqual(['call-2'])
    expect(run.state).toBe('calling.asking')
    run.tell(answer('task.accepted', 'call-2'))
    expect(escalates(run.tell(answer('task.failed', 'call-2')))).toBe(true)
  })

  it('an answer that crosses the escalation reopens nothing', () => {
    const { run } = start()
    run.wait(180_000)
    expect(run.tell(answer('task.done'))).toEqual([])
    expect(run.state).toBe('escalated')
  })
})

describe('whom an event concerns', () => {
  it('is the device, the visitor, the ticket or the task; never its own call', () => {
    expect(assistance.key(help)).toBe('device:kiosk-1')
    expect(assistance.key(wantsPerson)).toBe('visit:v1')
    expect(assistance.key({ ...wantsPerson, visit: null, ticket: 'A001' })).toBe('ticket:A001')
    expect(assistance.key({ ...wantsPerson, visit: null })).toBe('device:robot-1')
    expect(assistance.key({ ...wantsPerson, wantsStaff: false })).toBeUndefined()
    expect(assistance.key(unserved('call-staff'))).toBe('task:t-1')
    expect(assistance.key(unserved('call-staff', 'assistance'))).toBeUndefined()
    expect(assistance.key(escalation('taken'))).toBe('device:kiosk-1')
    expect(assistance.key(escalation('taken', 'greeting/v1'))).toBeUndefined()
  })

  it('is called by a reason that fits the wire, whatever nobody could do', () => {
    const capability = fc.stringMatching(/^x-[a-z0-9-]{0,60}$/)
    fc.assert(
      fc.property(capability, (name) => {
        const view = { mode: 'open' as const, zone: null, place: null, expertsOpen: false }
        expect(needOf({ ...unserved(name), view }).reason).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/)
      }),
    )
  })
})
