/**
 * A simulated device at its desk: what every device does with the hub's messages, and what this one was told to do
 * badly: answering late, refusing, being busy, dying.
 */
import type { Attempt, Attempts, Offer } from '#adapters/sdk/attempts.ts'
import { nameOf } from '#adapters/sdk/attempts.ts'
import type { Life } from '#adapters/sdk/life.ts'
import { createTaskDesk, type TaskDesk } from '#adapters/sdk/task-desk.ts'
import { capabilities, isCapability, vendorCapability } from '#protocol/capabilities.ts'
import type { Acting } from './acting.ts'
import type { Behaviour } from './behaviour.ts'
import type { Body } from './body.ts'
import type { Log } from './log.ts'
import type { Chance } from './ports.ts'
import type { SimulatedReporting } from './reporting.ts'

interface Deps {
  readonly id: string
  readonly life: Life
  readonly log: Log
  readonly attempts: Attempts
  readonly acting: Acting
  readonly reporting: SimulatedReporting
  readonly body: Body
  readonly behaviour: Behaviour
  readonly chance: Chance
  readonly busyChanged: () => void
}

export interface Tasks {
  receive(payload: string): void
  /** After a restart: says truly how everything ended that was open when it died. */
  settleEarlierLife(): void
  /** The attempt that occupies the device has ended. */
  free(attempt: Attempt): void
  /** Whether it acts, or has promised to, for a task. */
  occupied(): boolean
  /** Whether it acts right now. */
  acts(): boolean
  /** All movement is stopped: what moves, halts. */
  halt(): void
  /** Something more important than any task needs the device: a person touches the kiosk. */
  giveWay(code: string): void
}

/** How soon a queue system looks at the next request that waits. */
const turnMs = 20

export const createTasks = (deps: Deps): Tasks => {
  const { life, log, attempts, acting, reporting, body, behaviour, busyChanged } = deps
  const desk: TaskDesk = createTaskDesk({
    life,
    attempts,
    reporting,
    performing: acting,
    received: (message, attempt) =>
      log.write({ kind: 'received', message, ...nameOf(attempt), ...attempt.about }),
    // Only for a device that keeps time: a message that lay somewhere on its way is too old, by its own clock.
    isStale: (sentAt, withinMs) => behaviour.keepsTime && life.now() + behaviour.skewMs - sentAt > withinMs,
    refusal: (attempt, offer) => refusal(deps, { attempt, offer, isTaken: desk.taken().length > 0 }),
    // A queue system takes requests one after the other and turns none away.
    waitMs: (offer) => (offer.capability === 'manage-ticket' && desk.taken().length > 0 ? turnMs : undefined),
    answerAfterMs: behaviour.slow?.answerMs ?? 0,
    beginAfterMs: behaviour.slow?.beginMs ?? 0,
    promised: (attempt) => !acting.mayDie('accepted', attempt),
    interrupted: (attempt) => log.write({ kind: 'finished', ...nameOf(attempt), outcome: 'failed' }),
    changed: busyChanged,
  })
  const moves = ({ about: { capability } }: Attempt) =>
    body.moves && capability !== undefined && isCapability(capability) && capabilities[capability].moves
  return {
    receive: (payload) => void desk.receive(payload),
    settleEarlierLife: () => desk.settleEarlierLife(),
    free: (attempt) => desk.free(attempt),
    occupied: () => desk.taken().length > 0,
    acts: () => desk.acting().length > 0,
    halt: () => desk.giveWay('movement-stopped', moves),
    giveWay: (code) => desk.giveWay(code),
  }
}

const refusal = (
  deps: Deps,
  { attempt, offer, isTaken }: { attempt: Attempt; offer: Offer; isTaken: boolean },
): string | undefined => {
  const { body, behaviour } = deps
  const unfit = body.unfitFor(offer.capability)
  if (unfit !== undefined) return unfit
  const schema = isCapability(offer.capability)
    ? capabilities[offer.capability].command
    : vendorCapability.command
  if (!schema.safeParse(offer.command).success) return 'bad-command'
  if (offer.capability === 'manage-ticket' && offer.command['action'] === 'transfer') return 'unsupported'
  if (misbehaves(deps, attempt, { what: 'busy', share: behaviour.busy?.share })) return 'busy'
  if (misbehaves(deps, attempt, { what: 'refuses', share: behaviour.refuses?.share }))
    return behaviour.refuses?.code
  const inUse = body.state().busy === true && offer.command['wipe'] !== true
  return isTaken || inUse ? 'busy' : undefined
}

const misbehaves = (
  { chance, id, log }: Deps,
  attempt: Attempt,
  { what, share }: { what: string; share: number | undefined },
) => {
  if (share === undefined || chance(id, what, attempt.task, `${attempt.attempt}`) >= share) return false
  log.write({ kind: 'misbehaved', behaviour: what, task: attempt.task })
  return true
}
