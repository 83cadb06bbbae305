import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vacancyOf } from '#flows/counter-vacancy/decide.ts'
import { counterVacancy } from '#flows/counter-vacancy/flow.ts'
import { VacancyPolicy } from '#flows/counter-vacancy/policy.ts'
import { busy, changed, idle, lobby, minute, unstaffed } from '#flows/counter-vacancy/samples.ts'
import { modelOf, type Rows } from '#flows/samples/model.ts'
import { counterRow, monday, sensed, serviceRow, ticketRow } from '#flows/samples/rows.ts'
import type { TaskAnswer } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import { modes } from '#protocol/model.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { counterVacancyProof } from './proof.ts'

const answer = (type: TaskAnswer['type'], ref = 'call'): TaskAnswer =>
  ({ type, ref, task: 't', member: 'person/li', reason: 'x', result: {} }) as TaskAnswer

describeFlow(counterVacancy, counterVacancyProof)

const start = (rows = unstaffed) => {
  const run = runFlow(counterVacancy, { key: 'c1', rows })
  run.tell(changed)
  return run
}
const calls = (intents: readonly Intent[]) => intents.filter((intent) => intent.type === 'task')
const alerts = (intents: readonly Intent[]) => intents.filter((intent) => intent.type === 'alert')

describe('an open counter while people wait', () => {
  it('without anybody is tolerated for a while, then a person is asked', () => {
    const run = start()
    expect(run.wait(2 * minute - 1)).toEqual([])
    expect(calls(run.wait(1))).toMatchObject([
      {
        capability: 'call-staff',
        command: { at: { zone: 'counters' }, reason: 'counter-unstaffed' },
        who: { members: 'people', roles: ['teller', 'manager'] },
        subject: { counter: 'c1' },
      },
    ])
  })

  it('with somebody who calls nobody is tolerated for longer', () => {
    const run = start(idle)
    expect(run.wait(5 * minute - 1)).toEqual([])
    expect(calls(run.wait(1))).toMatchObject([{ command: { reason: 'counter-idle' } }])
  })

  it('that works again in time asks nobody', () => {
    const run = start()
    run.set(busy)
    run.tell({ type: 'ticket.called', ticket: 'A001', service: 'cash', visit: null, counter: 'c1' })
    expect(run.wait(3_600_000)).toEqual([])
    expect(run.state).toBe('manned')
  })

  it('that nobody takes is an alert, repeated until it works, then cleared', () => {
    const run = start()
    run.wait(2 * minute)
    expect(alerts(run.tell(answer('task.failed')))).toMatchObject([
      { key: 'counter-vacancy:c1', because: { code: 'counter-vacancy.unstaffed' } },
    ])
    expect(alerts(run.wait(10 * minute))).toHaveLength(2)
    run.set(busy)
    expect(run.tell(changed)).toContainEqual({ type: 'alert.clear', key: 'counter-vacancy:c1' })
    expect(run.wait(3_600_000)).toEqual([])
  })

  it('that somebody promised to take is an alert when it stays empty', () => {
    const run = start()
    run.wait(2 * minute)
    run.tell(answer('task.accepted'))
    expect(alerts(run.wait(2 * minute - 1))).toEqual([])
    expect(alerts(run.wait(1))).toHaveLength(1)
  })

  it.each([{ type: 'queue.changed', service: 'cash' } as const, { type: 'minute.passed' } as const])(
    'is looked at with each $type, one that serves somebody or is not open is not',
    (told) => {
      const looked = (rows: Rows) => counterVacancy.keys?.(told, modelOf(rows)) ?? []
      expect(looked(unstaffed)).toContain('c1')
      expect(looked(idle)).toContain('c1')
      expect(looked(busy)).not.toContain('c1')
      expect(looked(lobby({ state: 'closed', staffed: false }))).not.toContain('c1')
    },
  )

  it('that works again while somebody is asked calls them off', () => {
    const run = start()
    run.wait(2 * minute)
    run.set(busy)
    expect(run.tell(changed)).toEqual([{ type: 'cancel', ref: 'call', reason: 'counter-manned' }])
  })

  it('clears itself when the mode leaves no counter to be manned', () => {
    const run = start()
    run.wait(2 * minute)
    run.tell(answer('task.refused'))
    run.set({ ...unstaffed, branch: { mode: 'cash-delivery' } })
    const wanted = run.tell({ type: 'mode.changed', mode: 'cash-delivery', was: 'open', by: 'li' })
    expect(wanted).toContainEqual({ type: 'alert.clear', key: 'counter-vacancy:c1' })
  })
})

describe('vacancy', () => {
  const policy = VacancyPolicy.parse({})
  const seen = (rows: Rows) => vacancyOf({ view: counterVacancy.view(modelOf(rows), 'c1'), policy })

  it('is only where a counter is open, serves nobody, and somebody waits too long', () => {
    const counter = fc.record({
      state: fc.constantFrom('open' as const, 'paused' as const, 'closed' as const),
      staffed: fc.constantFrom(true, false, null),
      serving: fc.constantFrom('A001', null),
    })
    fc.assert(
      fc.property(counter, fc.nat(1_200_000), fc.constantFrom(...modes), (row, waitMs, mode) => {
        const found = seen(lobby(row, waitMs, { branch: { mode } }))
        const matters =
          (mode === 'open' || mode === 'closing') && row.state === 'open' && waitMs >= policy.waitMs
        if (!matters) expect(found).toBeNull()
        else if (row.staffed === false) expect(found).toBe('unstaffed')
        else expect(found).toBe(row.serving === null ? 'idle' : null)
      }),
    )
  })

  it('counts our own tickets where the queue system tells no wait, and nothing where nobody waits', () => {
    const tickets = [ticketRow({ id: 'A001', issuedAt: monday - 6 * minute })]
    const services = [serviceRow({ id: 'cash' })]
    expect(seen({ ...unstaffed, services, tickets })).toBe('unstaffed')
    expect(seen({ ...unstaffed, services, tickets: [] })).toBeNull()
    const empty = serviceRow({ id: 'cash', waiting: sensed(0), longestWaitMs: sensed(600_000) })
    expect(seen({ ...unstaffed, services: [empty] })).toBeNull()
    expect(seen({ ...unstaffed, counters: [] })).toBeNull()
  })
})

describe('whom an event concerns', () => {
  it('is the counter, the counters of a queue, or all', () => {
    const model = modelOf({
      ...idle,
      counters: [counterRow({ id: 'c1' }), counterRow({ id: 'c2', services: ['loan'] })],
    })
    expect(counterVacancy.key(changed)).toBe('c1')
    expect(counterVacancy.keys?.({ type: 'queue.changed', service: 'loan' }, model)).toEqual(['c2'])
    expect(counterVacancy.keys?.({ type: 'minute.passed' }, model)).toEqual(['c1', 'c2'])
    expect(counterVacancy.keys?.(changed, model)).toEqual([])
  })
})
