import { describe, expect, test } from 'vitest'
import { flows } from '#flows/index.ts'
import { runningSwitchback } from '#hub/branch/switchback.ts'
import { explainVisit } from '#hub/dispatch/explain.ts'
import type { Command } from '#hub/engine/entry.ts'
import { explainText } from '#hub/look/explain-text.ts'
import { tell } from '#hub/look/tell.ts'
import { createTitles } from '#hub/look/titles.ts'
import type { EventData, EventName } from '#protocol/events.ts'
import { shortPlan } from '../sim/switchback.ts'
import { type Lab, openLab } from './support.ts'

const minute = 60_000
/** The lab's clock begins at eight. */
const startsAfter = 10 * minute

const sense = <N extends EventName>(lab: Lab, ...[device, name, data]: readonly [string, N, EventData<N>]) =>
  lab.event(device, name, { ...data })

const arrives = (lab: Lab, track: string) =>
  sense(lab, 'camera-1', 'visitor.detected', { zone: 'entrance', track, direction: 'in' })

const instances = (lab: Lab, flow: string) =>
  lab
    .engine()
    .state.instances.values()
    .filter((row) => row.flow === flow)

const passes = (lab: Lab) => lab.decisions.filter(({ code }) => code === 'effect.resting')

const planned = async (first: 'on' | 'off', names: readonly string[]) => {
  const lab = await openLab(flows)
  const { plan } = shortPlan(first, names)
  await lab.send({ kind: 'command', command: { name: 'effect.plan', plan, by: 'mei' } })
  await lab.wait(startsAfter)
  expect(runningSwitchback(lab.engine().state)?.block?.arm).toBe(first)
  return lab
}

describe('a block without', () => {
  test('begins no greeting, says why, and greets again in the block after', async () => {
    const lab = await planned('off', ['greeting'])
    await arrives(lab, 't1')
    await arrives(lab, 't1')
    expect(instances(lab, 'greeting')).toEqual([])
    const [visit] = lab.engine().state.visits.values()
    expect(passes(lab)).toEqual([
      expect.objectContaining({ kind: 'pass', flow: 'greeting', visit: visit?.id, code: 'effect.resting' }),
    ])
    await lab.wait(10 * minute)
    await arrives(lab, 't2')
    expect(instances(lab, 'greeting')).toHaveLength(1)
    expect(passes(lab)).toHaveLength(1)
  })

  test('tells a manager who asks why nobody greeted, in Chinese and in English', async () => {
    const lab = await planned('off', ['greeting'])
    await arrives(lab, 't1')
    const decisions = passes(lab).map((record, ord) => ({ seq: 1, at: 0, ord, record }))
    const explanation = explainVisit('v', { decisions, tasks: [], entries: [] })
    expect(explanation.nobody).toEqual({ 'effect.resting': 1 })
    const textIn = (tongue: 'en' | 'zh') => {
      const titles = createTitles(lab.engine().state, tongue)
      return explainText(tell(explanation, { titles, flows: lab.engine().flows, timeZone: 'UTC' }), tongue)[0]
    }
    expect(textIn('en')).toBe(
      'Nobody was sent, because: it was a time without, for comparison: the effect is being measured',
    )
    expect(textIn('zh')).toBe('未派出任何执行者，原因: 对照时段：正在衡量效果，本时段暂不执行')
  })

  test('leaves flows alone that the plan does not name, and those people rely on', async () => {
    const lab = await planned('off', ['diversion'])
    await arrives(lab, 't1')
    await sense(lab, 'kiosk-1', 'help.requested', { zone: 'kiosks', reason: 'card-stuck' })
    expect(instances(lab, 'greeting')).toHaveLength(1)
    expect(instances(lab, 'assistance')).toHaveLength(1)
    expect(passes(lab)).toEqual([])
  })

  test('takes note of a robot that greeted by itself, so that nobody is greeted twice', async () => {
    const lab = await planned('off', ['greeting'])
    await arrives(lab, 't1')
    await sense(lab, 'robot-1', 'behaviour.performed', {
      behaviour: 'greet',
      zone: 'entrance',
      track: 't1',
      camera: 'camera-1',
    })
    const [visit] = lab.engine().state.visits.values()
    expect(
      lab
        .engine()
        .state.claims.keys()
        .filter((key) => key.includes(visit?.id ?? '?')),
    ).toHaveLength(1)
  })
})

describe('what runs when a block without begins', () => {
  test('is finished: the greeting instance and its task live on', async () => {
    const lab = await planned('on', ['greeting'])
    await lab.wait(10 * minute - 1_000)
    await arrives(lab, 't1')
    const [greeting] = instances(lab, 'greeting')
    const tasks = lab.engine().state.tasks.keys()
    expect(tasks).toHaveLength(1)
    await lab.wait(2_000)
    expect(runningSwitchback(lab.engine().state)?.block?.arm).toBe('off')
    expect(instances(lab, 'greeting')).toEqual([greeting])
    expect(lab.engine().state.tasks.keys()).toEqual(tasks)
  })
})

describe('tickets are measured', () => {
  test('with how long they waited, or that they left', async () => {
    const lab = await planned('off', ['greeting'])
    for (const ticket of ['A1', 'A2', 'A3'])
      await sense(lab, 'tickets-1', 'ticket.issued', { ticket, service: 'card' })
    await lab.wait(120_000)
    await sense(lab, 'tickets-1', 'ticket.called', { ticket: 'A1', counter: 'c1' })
    await lab.wait(60_000)
    await sense(lab, 'tickets-1', 'ticket.ended', { ticket: 'A1', counter: 'c1', outcome: 'served' })
    await sense(lab, 'tickets-1', 'ticket.ended', { ticket: 'A2', outcome: 'withdrawn' })
    await sense(lab, 'tickets-1', 'ticket.called', { ticket: 'A3', counter: 'c1' })
    await lab.wait(30_000)
    await sense(lab, 'tickets-1', 'ticket.ended', { ticket: 'A3', counter: 'c1', outcome: 'no-show' })
    const records = lab.decisions.filter(({ code }) => code === 'effect.ticket')
    expect(
      records.map(({ ticket, service, params }) => [ticket, service, params?.['left'], params?.['waitedMs']]),
    ).toEqual([
      ['A1', 'card', false, expect.closeTo(120_000, -2)],
      ['A2', 'card', true, undefined],
      ['A3', 'card', true, undefined],
    ])
  })

  test('and leaves those alone that came before the plan or after its end', async () => {
    const lab = await openLab(flows)
    const marksOf = (ticket: string) => Object.keys(lab.engine().state.tickets.get(ticket)?.marks ?? {})
    const issuedAndCalled = async (ticket: string, between: () => Promise<unknown>) => {
      await sense(lab, 'tickets-1', 'ticket.issued', { ticket, service: 'card' })
      await between()
      await sense(lab, 'tickets-1', 'ticket.called', { ticket, counter: 'c1' })
    }
    const { plan } = shortPlan('off', ['greeting'])
    const order = (command: Command) => lab.send({ kind: 'command', command })
    await issuedAndCalled('A1', async () => {
      await lab.wait(1_000)
      await order({ name: 'effect.plan', plan, by: 'mei' })
    })
    await issuedAndCalled('A2', () => lab.wait(1_000))
    await issuedAndCalled('A3', () => order({ name: 'effect.stop', by: 'mei' }))
    await lab.wait(1_000)
    await issuedAndCalled('A4', () => lab.wait(1_000))
    expect(['A1', 'A2', 'A3', 'A4'].map(marksOf)).toEqual([[], ['effect.calledAt'], ['effect.calledAt'], []])
  })

  test('not without a plan', async () => {
    const lab = await openLab(flows)
    await sense(lab, 'tickets-1', 'ticket.issued', { ticket: 'A1', service: 'card' })
    await sense(lab, 'tickets-1', 'ticket.ended', { ticket: 'A1', outcome: 'withdrawn' })
    expect(lab.decisions.filter(({ kind }) => kind === 'effect')).toEqual([])
  })
})
