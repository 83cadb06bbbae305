/** Days on which it is known to the second what a changed threshold takes away. */
import { type RecordedDay, readDay } from '#cli/journal/read-day.ts'
import { createPolicyChange, type PolicyWishes } from '#cli/what-if/policy-change.ts'
import { runWhatIf } from '#cli/what-if/run-what-if.ts'
import { flows } from '#flows/index.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import type { Stage } from '../../sim/stage.ts'
import { here, hourMs, record } from '../journal/recorded.ts'

const sense = (stage: Stage, device: string) => stage.device(device).device()

/** Somebody is counted at the door, by a camera that follows nobody. */
const counted = (stage: Stage, atMs: number) =>
  stage.clock.at(hourMs + atMs, () =>
    sense(stage, 'camera-1').sense('visitor.detected', { zone: 'entrance', direction: 'in' }),
  )

/** Seconds after midnight at which somebody is counted: one by one, far enough apart to be greeted each. */
export const arrivalsMs = [10_000, 45_000, 120_000, 152_000, 300_000]

export const countedMorning = (stage: Stage): void => {
  for (const atMs of arrivalsMs) counted(stage, atMs)
}

const queueOf = (stage: Stage, atMs: number, waiting: number) =>
  stage.clock.at(hourMs + atMs, () => {
    const told = (service: string, count: number) =>
      sense(stage, 'tickets-1').sense('queue.snapshot', {
        service,
        waiting: count,
        announcedWaitMs: count * 120_000,
        countersOpen: 1,
      })
    told('card', waiting)
    told('cash', 0)
  })

/** Eight hold tickets for `card`, which a kiosk could do. */
export const longQueue = (stage: Stage): void => {
  for (let index = 0; index < 8; index++) {
    const who = { track: `t${index}`, ticket: `A00${index}`, service: 'card' }
    const atMs = hourMs + 1_000 + index * 300
    stage.clock.at(atMs, () =>
      sense(stage, 'camera-1').sense('visitor.moved', { track: who.track, zone: 'waiting' }),
    )
    stage.clock.at(atMs + 2_000, () =>
      sense(stage, 'tickets-1').sense('ticket.issued', { ...who, camera: 'camera-1' }),
    )
  }
  for (let atMs = 5_000; atMs < 140_000; atMs += 12_000) queueOf(stage, atMs, 8)
}

export const willing: BehaviourInput = {
  pace: 0.5,
  stateEveryMs: 600_000,
  people: { accept: 1, decline: 0, intent: 0, interested: 0 },
}

export const recordDay = async (
  play: (stage: Stage) => void,
  { untilMs = 360_000, behaviour = willing }: { untilMs?: number; behaviour?: BehaviourInput } = {},
): Promise<RecordedDay> => readDay(await record({ play, untilMs, behaviour }), 'planted', here)

export const ask = (day: RecordedDay, wishes: PolicyWishes, seeds: readonly string[] = ['1']) =>
  runWhatIf({
    day,
    flows,
    library: { get: () => undefined },
    change: createPolicyChange(wishes, flows),
    seeds,
  }).result
