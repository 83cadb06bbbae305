/** What goes wrong in a simulated day: on the line, on the disk, in the hub, in the devices and with the clock. */
import type { DecideFate } from '#hub/broker/memory-bus.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import type { Dice } from './chance.ts'

/** A line that loses, doubles, delays, reorders and breaks, until the troubles end. */
export const createTroubledLine = (dice: Dice, isTroubled: () => boolean): DecideFate => {
  let count = 0
  return ({ qos }) => {
    count += 1
    if (!isTroubled()) return { copiesAfterMs: [5] }
    const luck = dice.share(`line/${count}`)
    const delayMs = dice.between(`line/${count}/delay`, 1, 400)
    if (luck < 0.03) return { copiesAfterMs: [], cut: 'before' }
    if (luck < 0.05) return { copiesAfterMs: [delayMs], cut: 'after' }
    // MQTT over TCP loses nothing while the line is up, except at QoS 0 under pressure.
    if (luck < 0.08) return { copiesAfterMs: qos === 0 ? [] : [delayMs] }
    if (luck < 0.14)
      return { copiesAfterMs: [delayMs, delayMs + dice.between(`line/${count}/again`, 1, 3_000)] }
    if (luck < 0.3) return { copiesAfterMs: [delayMs] }
    return { copiesAfterMs: [2] }
  }
}

const vices: readonly BehaviourInput[] = [
  {},
  {},
  { slow: { answerMs: 3_000, beginMs: 1_000, actMs: 4_000 } },
  { refuses: { share: 0.4 } },
  { fails: { share: 0.4 } },
  { dies: { share: 0.3, when: 'begun' } },
  { dies: { share: 0.3, when: 'acted' } },
  { dies: { share: 0.3, when: 'mid-task' } },
  { dies: { share: 0.3, when: 'accepted' } },
  { reports: { share: 0.5, how: 'twice' } },
  { reports: { share: 0.5, how: 'reordered' } },
  { reports: { share: 0.4, how: 'never' } },
  { drops: { everyMs: 20_000, forMs: 4_000 } },
  { rubbish: { everyMs: 5_000, what: 'mixed' } },
  { skewMs: -3_600_000 },
  { busy: { share: 0.3 } },
]

export const behaviourOf = (dice: Dice, device: string): BehaviourInput => ({
  pace: 0.3,
  stateEveryMs: 45_000,
  ...dice.pick(`vice/${device}`, vices),
})

export interface Trouble {
  readonly atMs: number
  readonly what: 'kill-hub' | 'disk-full' | 'disk-broken' | 'step-clock' | 'kill-device'
  readonly forMs: number
  readonly amount: number
}

const kinds: readonly Trouble['what'][] = [
  'kill-hub',
  'kill-hub',
  'kill-hub',
  'disk-full',
  'disk-broken',
  'step-clock',
  'kill-device',
  'kill-device',
]
const steps = [3_600_000, -3_600_000, 315_360_000_000, -315_360_000_000, 7_000]

export const planTroubles = (dice: Dice, untilMs: number): readonly Trouble[] => {
  const count = dice.between('troubles', 0, 12)
  return Array.from({ length: count }, (_, index) => ({
    atMs: dice.between(`trouble/${index}/at`, 1_000, untilMs),
    what: dice.pick(`trouble/${index}/what`, kinds),
    forMs: dice.between(`trouble/${index}/for`, 50, 8_000),
    amount: dice.pick(`trouble/${index}/step`, steps),
  }))
}
