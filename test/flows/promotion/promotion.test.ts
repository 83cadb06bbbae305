import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { promotion } from '#flows/promotion/flow.ts'
import { dwelled, hall, minute, withQueue } from '#flows/promotion/samples.ts'
import type { Rows } from '#flows/samples/model.ts'
import { campaignRow, monday, sensed, serviceRow, ticketRow } from '#flows/samples/rows.ts'
import type { Intent } from '#protocol/intents.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { promotionProof } from './proof.ts'

const answer = { ref: 'promotion', task: 't1', member: 'screen-1' }

describeFlow(promotion, promotionProof)

const start = (rows: Rows, policy: Record<string, unknown> = {}) => {
  const run = runFlow(promotion, { key: 'v1', rows, policy })
  run.tell(dwelled)
  return run
}
const passOf = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'pass' ? [intent.because.code] : []))

describe('promotion to a visitor', () => {
  it('shows one thing, on one device of the zone, holding the visitor’s attention', () => {
    const run = start(hall())
    expect(run.tasks).toHaveLength(1)
    expect(run.tasks[0]).toMatchObject({
      capability: 'promote',
      command: { campaign: 'deposit', visit: 'v1', at: { zone: 'hall' } },
      who: { members: 'devices', zones: ['hall'] },
      claims: [
        { key: 'promotion:visit:v1', kind: 'lease' },
        { key: 'attention:visit:v1', kind: 'lease' },
      ],
    })
  })

  it('draws the visitor into the arm that is shown, and records the outcome when it is done', () => {
    const run = start(hall())
    expect(run.intents.filter(({ type }) => type === 'mark')).toEqual([
      { type: 'mark', on: 'visit', id: 'v1', name: 'promotion.offered.deposit', value: true },
    ])
    expect(run.tell({ type: 'task.started', ...answer })).toEqual([])
    expect(run.tell({ type: 'task.done', ...answer, result: { response: 'declined' } })).toEqual([
      { type: 'played', campaign: 'deposit', visit: 'v1' },
      { type: 'mark', on: 'visit', id: 'v1', name: 'promotion.response.deposit', value: 'declined' },
    ])
    expect(run.ended).toBe(true)
  })

  it('does not count as played what nobody knows', () => {
    expect(start(hall()).tell({ type: 'task.unknown', ...answer })).toEqual([])
  })

  it('calls a person when the visitor is interested', () => {
    const run = start(hall())
    run.tell({ type: 'task.started', ...answer })
    run.tell({ type: 'task.done', ...answer, result: { response: 'interested' } })
    expect(run.tasks.at(-1)).toMatchObject({
      capability: 'call-staff',
      who: { members: 'people', roles: ['adviser'] },
    })
  })

  it('never lets a machine alone promote what needs a person', () => {
    const fund = [campaignRow({ id: 'fund', needsPerson: true })]
    const run = start(hall({}, fund))
    expect(run.tasks.map((task) => task.who.members)).toEqual(['people'])
    expect(passOf(start(hall({}, fund), { personRoles: [] }).intents)).toEqual(['no-campaign-fits'])
    const screens = runFlow(promotion, { key: 'screens', rows: hall({}, fund) })
    screens.tell(minute)
    expect(screens.tasks).toEqual([])
  })

  it.each([
    ['a long announced wait', withQueue({ id: 'cash', announcedWaitMs: sensed(600_001) }), 'queue-pressure'],
    ['a long queue', withQueue({ id: 'cash', waiting: sensed(16) }), 'queue-pressure'],
    ['a queue nobody knows', withQueue({ id: 'cash' }), 'queue-unknown'],
    ['an old value', withQueue({ id: 'cash', waiting: sensed(0, monday, monday - 1) }), 'queue-unknown'],
    ['being served', hall({ beingServed: true }), 'being-served'],
    [
      'being called',
      { ...hall({ tickets: ['A1'] }), tickets: [ticketRow({ id: 'A1', state: 'called' })] },
      'being-served',
    ],
    ['attention elsewhere', { ...hall(), claims: ['attention:visit:v1'] }, 'attention-taken'],
    ['a promotion elsewhere', { ...hall(), claims: ['promotion:visit:v1'] }, 'attention-taken'],
    ['enough for one visit', hall({ marks: { 'promotion.count': 2 } }), 'enough-this-visit'],
    [
      'one just shown',
      hall({ marks: { 'promotion.count': 1, 'promotion.at': monday - 119_999 } }),
      'shown-recently',
    ],
    [
      'the campaign’s cap of the visit',
      hall({ marks: { 'promotion.shown.deposit': 1 } }),
      'no-campaign-fits',
    ],
    ['the campaign’s cap of the day', { ...hall(), plays: { deposit: 1_000 } }, 'no-campaign-fits'],
    ['another segment', hall({ segment: 'corporate' }), 'no-campaign-fits'],
    ['words nobody has', hall({ language: 'fr' }), 'no-campaign-fits'],
    [
      'another time of day',
      hall({}, [campaignRow({ id: 'a', hours: { from: '13:00', to: '17:00' } })]),
      'no-campaign-fits',
    ],
    ['a campaign that is over', hall({}, [campaignRow({ id: 'a', to: '2026-03-01' })]), 'no-campaign-fits'],
    ['another zone', hall({}, [campaignRow({ id: 'a', zones: ['door'] })]), 'no-campaign-fits'],
  ])('is silent, and says why, for %s', (_, rows, why) => {
    const run = start(rows)
    expect(run.tasks).toEqual([])
    expect(passOf(run.intents)).toEqual([why])
    expect(run.ended).toBe(true)
  })

  it('says why once, not with each moment of lingering', () => {
    expect(start(hall({ beingServed: true, marks: { 'promotion.why': 'being-served' } })).intents).toEqual([])
  })

  it('is taken back when the visitor is called or uses a kiosk', () => {
    for (const began of [false, true]) {
      const run = start(hall())
      if (began) run.tell({ type: 'task.started', ...answer })
      expect(
        run.tell({ type: 'ticket.called', ticket: 'A1', service: 'cash', visit: 'v1', counter: 'c1' }),
      ).toEqual([{ type: 'cancel', ref: 'promotion', reason: 'visitor-called' }])
    }
  })

  it('prefers the visitor’s language, the higher priority, and what was played least', () => {
    const campaigns = [
      campaignRow({ id: 'a', priority: 5 }),
      campaignRow({ id: 'b', priority: 5 }),
      campaignRow({ id: 'c', priority: 1 }),
    ]
    const run = start({ ...hall({ language: 'en-GB' }, campaigns), plays: { a: 3 } })
    expect(run.tasks[0]?.command).toMatchObject({
      campaign: 'b',
      content: { words: [{ language: 'en', text: 'Better rates for fixed deposits.' }] },
    })
  })

  it('holds out the share it is told, the same visitors each time', () => {
    const heldOut = (id: string, share: number) => {
      const rows = hall({ id }, [campaignRow({ id: 'deposit', holdoutShare: share })])
      const run = runFlow(promotion, { key: id, rows })
      run.tell({ ...dwelled, visit: id })
      return passOf(run.intents)[0] === 'holdout'
    }
    const ids = Array.from({ length: 1_000 }, (_, index) => `v-1-${index}`)
    const held = ids.filter((id) => heldOut(id, 0.2))
    expect(held.length).toBeGreaterThan(150)
    expect(held.length).toBeLessThan(250)
    expect(held.every((id) => heldOut(id, 0.2) && heldOut(id, 0.5))).toBe(true)
    expect(ids.slice(0, 50).some((id) => heldOut(id, 0))).toBe(false)
  })
})

describe('promotion on idle screens', () => {
  it('fills each zone that has an idle screen, taking turns, and records the plays', () => {
    const campaigns = [campaignRow({ id: 'a' }), campaignRow({ id: 'b' })]
    const run = runFlow(promotion, { key: 'screens', rows: hall({}, campaigns) })
    run.tell(minute)
    expect(run.tasks.map((task) => [task.ref, task.command['campaign']])).toEqual([
      ['screen-door', 'a'],
      ['screen-hall', 'b'],
    ])
    expect(run.tell(minute)).toEqual([])
    const done = { task: 't1', member: 'screen-1', result: {} }
    expect(run.tell({ type: 'task.done', ref: 'screen-hall', ...done })).toEqual([
      { type: 'played', campaign: 'b', visit: null },
    ])
    run.tell({ type: 'task.refused', ref: 'screen-door', task: 't2', reason: 'nobody' })
    expect(run.ended).toBe(true)
  })

  it('is silent under pressure, and when told so', () => {
    for (const [rows, policy] of [
      [withQueue({ id: 'cash', waiting: sensed(16) }), {}],
      [hall(), { idleScreens: false }],
    ] as const) {
      const run = runFlow(promotion, { key: 'screens', rows, policy })
      run.tell(minute)
      expect(run.intents).toEqual([])
    }
  })
})

describe('whatever the branch looks like', () => {
  it('asks for at most one promotion, and for none where a reason stands against it', () => {
    fc.assert(
      fc.property(
        fc.record({
          served: fc.boolean(),
          waiting: fc.option(fc.nat(40), { nil: null }),
          needsPerson: fc.boolean(),
          count: fc.nat(4),
          share: fc.constantFrom(0, 0.5, 1),
        }),
        ({ served, waiting, needsPerson, count, share }) => {
          const run = start({
            ...hall({ beingServed: served, marks: { 'promotion.count': count } }, [
              campaignRow({ id: 'x', needsPerson, holdoutShare: share }),
            ]),
            services: [serviceRow({ id: 'cash', waiting: waiting === null ? null : sensed(waiting) })],
          })
          expect(run.tasks.length).toBeLessThanOrEqual(1)
          if (served || waiting === null || waiting > 15 || count >= 2 || share === 1)
            expect(run.tasks).toEqual([])
          if (needsPerson) expect(run.tasks.every((task) => task.who.members === 'people')).toBe(true)
        },
      ),
    )
  })
})
