import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterLook,
  type CareContext,
  concernsOf,
  hasOpenAlert,
  isWell,
  nextCheckMs,
  toClear,
  toRaise,
} from '#flows/device-care/decide.ts'
import { deviceCare } from '#flows/device-care/flow.ts'
import { CarePolicy } from '#flows/device-care/policy.ts'
import {
  charging,
  critical,
  faulted,
  linkChanged,
  lobby,
  lost,
  low,
  manifest,
  minutePassed,
  robot,
  silent,
  stateCame,
  stuck,
  updating,
  well,
} from '#flows/device-care/samples.ts'
import { modelOf, type Rows } from '#flows/samples/model.ts'
import { deviceRow, monday } from '#flows/samples/rows.ts'
import type { FlowEvent, TaskAnswer } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { deviceCareProof } from './proof.ts'

const minute = 60_000
const answer = (type: TaskAnswer['type'], ref = 'dock-1'): TaskAnswer =>
  ({ type, ref, task: 't', member: 'robot-1', reason: 'x', result: {} }) as TaskAnswer

describeFlow(deviceCare, deviceCareProof)

const start = (rows: Rows, event: FlowEvent = stateCame, policy = {}) => {
  const run = runFlow(deviceCare, { key: 'robot-1', rows, policy })
  return { run, first: run.tell(event) }
}
const alerts = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'alert' ? [intent.key] : []))
const cleared = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'alert.clear' ? [intent.key] : []))
const docks = (intents: readonly Intent[]) => intents.filter((intent) => intent.type === 'task')

describe('a device', () => {
  it('that is well has no instance', () => {
    const { run, first } = start(well)
    expect(first).toEqual([])
    expect(run.ended).toBe(true)
  })

  it.each([
    ['lost', lost, minute],
    ['stuck', stuck, 45_000],
    ['updating', updating, 15 * minute],
  ])(
    'that is %s is tolerated for a time, then an alert, cleared when it is well',
    (ailment, rows, graceMs) => {
      const { run, first } = start(rows)
      expect(alerts(first)).toEqual([])
      expect(alerts(run.wait(graceMs - 1))).toEqual([])
      expect(alerts(run.wait(1))).toEqual([`device-${ailment}:robot-1`])
      expect(run.state).toBe('alerted')
      run.set(well)
      expect(cleared(run.tell(stateCame))).toContain(`device-${ailment}:robot-1`)
    },
  )

  it('that comes back in time is never mentioned', () => {
    const { run } = start(lost)
    run.wait(30_000)
    run.set(well)
    expect(run.tell(linkChanged)).toEqual([])
    expect(run.ended).toBe(true)
  })

  it('that is faulted is an alert at once', () => {
    expect(alerts(start(faulted).first)).toEqual(['device-faulted:robot-1'])
  })

  it('that updates may be away: lost and silent are tolerated meanwhile', () => {
    const { run } = start(lobby({ health: 'updating', link: 'lost', manifest, heardAt: monday - 600_000 }))
    expect(alerts(run.wait(15 * minute - 1))).toEqual([])
    expect(alerts(run.wait(1))).toEqual(['device-updating:robot-1'])
  })

  it('that said how long its update takes is given that long', () => {
    const { run } = start(lobby({ health: 'updating', link: 'offline', updatingForMs: 40 * minute }))
    expect(alerts(run.wait(40 * minute - 1))).toEqual([])
    expect(alerts(run.wait(1))).toEqual(['device-updating:robot-1'])
  })

  it('that is connected but silent is noticed by the minute', () => {
    expect(deviceCare.keys?.(minutePassed, modelOf(silent))).toEqual(['robot-1'])
    expect(alerts(start(silent, minutePassed).first)).toEqual(['device-silent:robot-1'])
    const spoke = lobby({ manifest, heardAt: monday - 29_999 })
    expect(alerts(start(spoke, minutePassed).first)).toEqual([])
  })

  it('out of service is known to be so, and one held by a person is not stuck', () => {
    expect(start(lobby({ link: 'lost', health: 'faulted', willingness: 'out-of-service' })).run.ended).toBe(
      true,
    )
    expect(start(lobby({ blockedSince: monday - minute, willingness: 'held' })).run.ended).toBe(true)
  })

  it('is alerted of with low priority at night', () => {
    expect(start({ ...faulted, branch: { mode: 'closed' } }).first).toMatchObject([{ priority: 'low' }])
    expect(start(faulted).first).toMatchObject([{ priority: 'high' }])
  })
})

describe('a robot with little battery', () => {
  it('is sent to the nearest charger, and people are told when it is critical', () => {
    const { first } = start(low)
    expect(docks(first)).toMatchObject([
      {
        capability: 'dock',
        command: { to: { place: 'charger-2', zone: 'waiting' }, charge: true },
        who: { members: 'devices', only: ['robot-1'] },
        priority: 3,
      },
    ])
    expect(alerts(first)).toEqual([])
    expect(alerts(start(critical).first)).toEqual(['device-battery:robot-1'])
    expect(docks(start(critical).first)).toMatchObject([{ priority: 6 }])
  })

  it('is not sent twice while it goes, but again when it did not get there', () => {
    const { run } = start(low)
    expect(docks(run.tell(stateCame))).toEqual([])
    run.tell(answer('task.failed'))
    expect(docks(run.wait(2 * minute))).toMatchObject([{ ref: 'dock-2' }])
  })

  it('that charges is well', () => {
    const { run } = start(critical)
    run.set(charging)
    expect(cleared(run.tell(stateCame))).toEqual(['device-battery:robot-1'])
  })

  it.each([
    ['an emergency', { ...low, branch: { mode: 'emergency' as const } }],
    ['no charger', { ...low, places: [] }],
    ['a person who holds it', lobby({ battery: { percent: 20, charging: false }, willingness: 'held' })],
    ['no way to dock', { ...low, devices: [robot({ manifest, battery: { percent: 20, charging: false } })] }],
  ])('stays with %s', (_, rows) => {
    expect(docks(start(rows).first)).toEqual([])
  })
})

describe('alerts', () => {
  const many = (count: number): Rows => ({
    devices: [
      robot({ link: 'lost' }),
      ...Array.from({ length: count - 1 }, (_, index) =>
        deviceRow({ id: `screen-${index}`, kind: 'screen', link: 'lost' }),
      ),
    ],
  })

  it('of many lost at once are one for the branch, cleared by the last that comes back', () => {
    const { run } = start(many(4))
    expect(alerts(run.wait(minute))).toEqual(['devices-lost'])
    const back = (rest: number): Rows => ({ devices: [robot(), ...(many(rest + 1).devices ?? []).slice(1)] })
    run.set(back(2))
    expect(cleared(run.tell(linkChanged))).toEqual(['device-lost:robot-1'])

    const last = start(many(4))
    last.run.wait(minute)
    last.run.set(back(0))
    expect(cleared(last.run.tell(linkChanged))).toEqual(['device-lost:robot-1', 'devices-lost'])
  })

  it('of a few are one each', () => {
    expect(alerts(start(many(3)).run.wait(minute))).toEqual(['device-lost:robot-1'])
  })

  it("of devices behind a lost gateway are the gateway's alone", () => {
    const gateway = deviceRow({ id: 'gateway-1', kind: 'gateway', link: 'lost' })
    const behind = robot({ link: 'lost', gateway: 'gateway-1' })
    expect(start({ devices: [gateway, behind] }).run.ended).toBe(true)
  })

  it('are repeated while it lasts, and throttled when it comes and goes', () => {
    const { run } = start(faulted)
    expect(alerts(run.wait(90 * minute))).toHaveLength(3)
    run.set(well)
    run.tell(stateCame)
    expect(run.state).toBe('recovered')
    run.wait(minute)
    run.set(faulted)
    expect(alerts(run.tell(stateCame))).toEqual([])
    run.set(well)
    run.tell(stateCame)
    run.set(faulted)
    expect(alerts(run.tell(stateCame))).toEqual([])
    expect(alerts(run.wait(10 * minute))).toEqual(['device-faulted:robot-1'])
  })
})

describe('judgements', () => {
  const policy = CarePolicy.parse({})
  const times = fc.integer({ min: monday - 7_200_000, max: monday })
  const device = fc.record({
    link: fc.constantFrom('online' as const, 'offline' as const, 'lost' as const, 'unknown' as const),
    linkAt: times,
    health: fc.constantFrom('ok' as const, 'degraded' as const, 'faulted' as const, 'updating' as const),
    healthAt: times,
    willingness: fc.constantFrom('open' as const, 'held' as const, 'out-of-service' as const),
    blockedSince: fc.option(times),
    heardAt: fc.option(times),
    battery: fc.option(fc.record({ percent: fc.nat(100), charging: fc.boolean() })),
  })

  it('raise only what is due, clear all that is gone, and always look again', () => {
    const fresh: CareContext = { device: 'robot-1', told: [], docks: 0, docking: false, dockedAt: null }
    fc.assert(
      fc.property(fc.array(fc.tuple(device, fc.nat(1_800_000)), { maxLength: 12 }), (steps) => {
        let context = fresh
        let at = monday
        for (const [row, ms] of steps) {
          at += ms
          const view = deviceCare.view(
            modelOf({ at, devices: [robot(row)], places: well.places ?? [] }),
            'robot-1',
          )
          const look = { at, view, policy }
          const present = concernsOf(look)
          for (const ailment of toRaise(context, look)) {
            expect(present.find((one) => one.ailment === ailment)?.dueAt).toBeLessThanOrEqual(at)
          }
          for (const ailment of toClear(context, look)) {
            expect(present.map((one) => one.ailment)).not.toContain(ailment)
          }
          context = afterLook(context, look)
          expect(nextCheckMs(context, look)).toBeGreaterThan(0)
          if (isWell(look)) expect(hasOpenAlert(context)).toBe(false)
        }
      }),
    )
  })

  it('cannot be set to report a robot before it is sent to charge', () => {
    expect(CarePolicy.safeParse({ lowPercent: 20, criticalPercent: 20 }).success).toBe(false)
  })
})
