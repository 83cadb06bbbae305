/**
 * What a device remembers of every attempt it was offered, so that a repeated message gets the last answer again and
 * nothing is done twice. It is rebuilt after a restart from what the device wrote down.
 */
import type { Report, TaskMessage } from '#protocol/messages.ts'

export type Offer = Extract<TaskMessage, { kind: 'offer' }>
export type ReportBody = Omit<Report, 'attempt' | 'epoch' | 'boot' | 'n'>

export interface AttemptName {
  readonly task: string
  readonly attempt: number
  readonly epoch: number
}

export interface Attempt extends AttemptName {
  readonly offer: Offer | undefined
  readonly about: { readonly capability?: string; readonly visit?: string; readonly ticket?: string }
  phase: 'offered' | 'accepted' | 'begun' | 'ended'
  /** By the device's monotonic clock: after that it must not begin. */
  startBy: number
  /** The hub's start came, perhaps before the answer to the offer was out. */
  startAsked: boolean
  last: ReportBody | undefined
  /** Of an earlier life: whether the hub acknowledged that it heard how it ended. */
  heard: boolean
}

/** What of an attempt must outlive the device, in the order it happened. */
export type Recollection =
  | { readonly kind: 'epoch'; readonly epoch: number }
  | ({ readonly kind: 'offered' | 'begun' | 'heard' } & AttemptName)
  | ({ readonly kind: 'reported'; readonly report: ReportBody } & AttemptName)

/** Ended attempts beyond this many are forgotten, oldest first; a hub repeats only recent ones. */
export const rememberedMax = 20_000

export interface Attempts {
  find(name: AttemptName): Attempt | undefined
  remember(name: AttemptName, offer?: Offer): Attempt
  all(): readonly Attempt[]
  /** The highest epoch ever heard of: an older hub is not obeyed. */
  epoch(): number
  heardEpoch(epoch: number): void
}

const keyOf = (name: AttemptName) => `${name.task}/${name.attempt}/${name.epoch}`
const word = (value: unknown) => (typeof value === 'string' ? value : undefined)

const aboutOf = (offer: Offer | undefined): Attempt['about'] => {
  if (offer === undefined) return {}
  const visit = word(offer.command['visit'])
  const ticket = word(offer.command['ticket'])
  return {
    capability: offer.capability,
    ...(visit !== undefined && { visit }),
    ...(ticket !== undefined && { ticket }),
  }
}

export const createAttempts = (earlier: Iterable<Recollection>): Attempts => {
  const byKey = new Map<string, Attempt>()
  let epoch = 0

  const attempts: Attempts = {
    find: (name) => byKey.get(keyOf(name)),
    remember(name, offer) {
      const attempt: Attempt = {
        task: name.task,
        attempt: name.attempt,
        epoch: name.epoch,
        offer,
        about: aboutOf(offer),
        phase: 'offered',
        startBy: Number.POSITIVE_INFINITY,
        startAsked: false,
        last: undefined,
        heard: false,
      }
      byKey.set(keyOf(name), attempt)
      if (byKey.size > rememberedMax) forgetOldest(byKey)
      attempts.heardEpoch(name.epoch)
      return attempt
    },
    all: () => [...byKey.values()],
    epoch: () => epoch,
    heardEpoch(heard) {
      epoch = Math.max(epoch, heard)
    },
  }
  for (const recollection of earlier) recall(attempts, recollection)
  return attempts
}

const forgetOldest = (byKey: Map<string, Attempt>) => {
  for (const [key, attempt] of byKey) {
    if (attempt.phase !== 'ended') continue
    byKey.delete(key)
    return
  }
}

const recall = (attempts: Attempts, recollection: Recollection) => {
  if (recollection.kind === 'epoch') {
    attempts.heardEpoch(recollection.epoch)
    return
  }
  if (recollection.kind === 'heard') {
    const attempt = attempts.find(recollection)
    if (attempt !== undefined) attempt.heard = true
    return
  }
  const attempt = attempts.find(recollection) ?? attempts.remember(recollection)
  if (recollection.kind === 'begun') attempt.phase = 'begun'
  if (recollection.kind !== 'reported') return
  attempt.last = recollection.report
  attempt.phase = phaseAfter(recollection.report, attempt.phase)
}

const phaseAfter = (report: ReportBody, before: Attempt['phase']): Attempt['phase'] => {
  if (report.status === 'accepted') return before === 'offered' ? 'accepted' : before
  return report.status === 'started' ? before : 'ended'
}

export const isFinal = (report: ReportBody | undefined): boolean =>
  report !== undefined &&
  report.status !== 'accepted' &&
  report.status !== 'started' &&
  report.status !== 'progress'

export const nameOf = ({ task, attempt, epoch }: AttemptName): AttemptName => ({ task, attempt, epoch })
