/** Charging by turns: the lobby stays served, the emptiest goes first, and nobody waits for nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isItsTurn } from '#flows/device-care/charging.ts'
import { deviceCare } from '#flows/device-care/flow.ts'
import { CarePolicy } from '#flows/device-care/policy.ts'
import { lobby, minutePassed, robot, stateCame } from '#flows/device-care/samples.ts'
import { chargingClaim, type RobotSeen } from '#flows/device-care/view.ts'
import type { Rows } from '#flows/samples/model.ts'
import { faithful } from '#hub/broker/memory-bus.ts'
import { batteryLowPercent, chargedEnoughPercent } from '#protocol/battery.ts'
import type { TaskAnswer } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import type { DeviceRow } from '#protocol/model.ts'
import { simBranch } from '../../sim/branch.ts'
import { Stage } from '../../sim/stage.ts'
import { runFlow } from '../kit/run-flow.ts'

const minute = 60_000

const fleet = (...batteries: readonly (readonly [number, boolean?])[]) =>
  batteries.map(([percent, charging = false], index) =>
    robot({ id: `robot-${index + 1}`, battery: { percent, charging } }),
  )
const inLobby = (devices: readonly DeviceRow[], rows: Rows = {}): Rows => lobby({}, { devices, ...rows })
const sent = (id: string, rows: Rows, policy = {}) => {
  const run = runFlow(deviceCare, { key: id, rows, policy })
  return run.tell({ ...stateCame, device: id } as typeof stateCame).some(({ type }) => type === 'task')
}
const allSent = (rows: Rows, policy = {}) =>
  (rows.devices ?? []).map(({ id }) => id).filter((id) => sent(id, rows, policy))

describe('robots that are low together', () => {
  it('go by turns, also where they look at the same moment; of equals the first', () => {
    expect(allSent(inLobby(fleet([20], [20], [20])))).toEqual(['robot-1'])
    expect(allSent(inLobby(fleet([22], [24], [20])))).toEqual(['robot-3'])
    expect(allSent(inLobby(fleet([20], [21], [22], [23])))).toEqual(['robot-1', 'robot-2'])
    expect(allSent(inLobby(fleet([20], [21], [22], [23])), { chargingShare: 1 })).toHaveLength(4)
  })

  it('wait for who is on the way or charges, until that one may be asked again', () => {
    const claims = [chargingClaim('robot-1')]
    expect(allSent(inLobby(fleet([20], [20]), { claims })).filter((id) => id !== 'robot-1')).toEqual([])
    expect(allSent(inLobby(fleet([chargedEnoughPercent - 1, true], [20])))).toEqual([])
    expect(allSent(inLobby(fleet([chargedEnoughPercent, true], [20])))).toEqual(['robot-2'])
  })

  it('do not wait when they could not be asked for anything else', () => {
    const empty = batteryLowPercent - 1
    expect(allSent(inLobby(fleet([empty], [empty], [empty])))).toHaveLength(3)
    expect(allSent(inLobby(fleet([empty], [batteryLowPercent], [20])))).toEqual(['robot-1'])
  })

  it('do not wait for one that is out of the game, nor alone', () => {
    const [first, second] = fleet([18], [20])
    if (first === undefined || second === undefined) throw new Error('no fleet')
    expect(allSent(inLobby([{ ...first, link: 'lost' }, second]))).toEqual(['robot-2'])
    expect(allSent(inLobby([{ ...first, willingness: 'out-of-service' }, second]))).toEqual(['robot-2'])
    const version = { vendor: 'a', model: 'b', version: '2', since: 0, by: 'li', was: null }
    const declined = { ...first, firmware: { ...version, standing: 'declined' as const } }
    expect(allSent(inLobby([declined, second]))).toEqual(['robot-1', 'robot-2'])
    expect(allSent(inLobby([second]))).toEqual(['robot-2'])
  })
})

describe('the turn', () => {
  const low = inLobby(fleet([20], [20]))
  const released = (intents: readonly Intent[]) =>
    intents.some((intent) => intent.type === 'release' && intent.claim === chargingClaim('robot-1'))
  const answer = (type: TaskAnswer['type']): TaskAnswer =>
    ({ type, ref: 'dock-1', task: 't', member: 'robot-1', reason: 'x', result: {} }) as TaskAnswer
  const going = () => {
    const run = runFlow(deviceCare, { key: 'robot-1', rows: low })
    expect(run.tell(stateCame)).toMatchObject([
      { type: 'task', claims: [{ key: chargingClaim('robot-1'), kind: 'lease', keep: true }] },
    ])
    return run
  }

  it('is held from the offer until the robot is seen to charge', () => {
    const run = going()
    expect(released(run.tell(answer('task.done')))).toBe(false)
    run.set(inLobby(fleet([20, true], [20])))
    expect(released(run.tell(stateCame))).toBe(true)
    expect(run.ended).toBe(true)
  })

  it('is given up when the robot does not get there', () => {
    for (const end of ['task.refused', 'task.failed', 'task.expired', 'task.cancelled'] as const)
      expect(released(going().tell(answer(end)))).toBe(true)
  })

  it('that has not come is looked at by the minute, not by the second', () => {
    const run = runFlow(deviceCare, { key: 'robot-2', rows: low })
    expect(run.tell({ ...stateCame, device: 'robot-2' } as typeof stateCame)).toEqual([])
    expect(run.timers.every(({ deadline }) => deadline - run.at >= minute)).toBe(true)
    run.set(inLobby(fleet([45, true], [19])))
    expect(run.tell(minutePassed)).toMatchObject([{ capability: 'dock' }])
  })
})

it('never leaves fewer at work than the share, but for those that cannot work, and never keeps one for nothing', () => {
  const seen = fc.array(
    fc.record({ percent: fc.integer({ min: 0, max: 100 }), charging: fc.boolean(), leaving: fc.boolean() }),
    { minLength: 1, maxLength: 8 },
  )
  fc.assert(
    fc.property(seen, fc.constantFrom(0.1, 0.34, 0.5, 0.75, 1), (rows, chargingShare) => {
      const policy = CarePolicy.parse({ chargingShare })
      const robots: RobotSeen[] = rows.map((row, index) => ({ id: `r-${index}`, ...row }))
      const works = ({ percent, charging, leaving }: RobotSeen) =>
        charging ? percent >= chargedEnoughPercent : percent >= batteryLowPercent && !leaving
      const low = robots.filter((one) => !one.charging && works(one) && one.percent <= policy.lowPercent)
      const goes = low.filter(({ id }) => isItsTurn(id, { robots }, policy))
      const most = Math.max(1, Math.floor(robots.length * chargingShare))
      const away = robots.length - robots.filter(works).length
      if (goes.length > 0) expect(away + goes.length).toBeLessThanOrEqual(most)
      if (goes.length < low.length) expect(away + goes.length).toBeGreaterThanOrEqual(most)
      const stays = low.filter((one) => !goes.includes(one))
      for (const one of goes)
        for (const other of stays) expect(one.percent).toBeLessThanOrEqual(other.percent)
    }),
  )
})

it('two robots that begin the day alike are never both away, and both are charged', {
  timeout: 60_000,
}, async () => {
  const branch = simBranch({ holdoutShare: null })
  const battery = { percent: 27, drainPerMinute: 0.2, chargePerMinute: 0.5 }
  const stage = new Stage({
    seed: 'alike',
    branch: {
      ...branch,
      places: branch.places.map((place) =>
        place.kind === 'charger' ? { ...place, id: 'charger-1' } : place,
      ),
    },
    flows: [deviceCare],
    fate: () => faithful,
    behaviour: () => ({ battery }),
    commitMs: () => 2,
  })
  stage.startHub()
  stage.startDevices()
  const away: string[][] = []
  for (let at = 0; at < 150; at++)
    stage.clock.at(at * minute + 30_000, () => {
      const devices = stage.hub()?.engine.state.devices.values() ?? []
      away.push(
        devices
          .filter(({ battery: now }) => now?.charging === true && now.percent < chargedEnoughPercent)
          .map(({ id }) => id),
      )
    })
  await stage.clock.run(stage.clock.nowMs() + 150 * minute)
  expect(stage.bugs).toEqual([])
  expect(new Set(away.flat())).toEqual(new Set(['robot-1', 'robot-2']))
  expect(away.filter((both) => both.length > 1)).toEqual([])
})
