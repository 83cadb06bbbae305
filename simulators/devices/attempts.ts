/**
 * What a device remembers of every attempt it was offered, so that a repeated message gets the last answer again and
 * nothing is done twice. It is rebuilt from the device's own log after a restart.
 */
import { Report, type TaskMessage } from '#protocol/messages.ts'
import { parseTopic } from '#protocol/topics.ts'
import type { JournalEntry } from './journal-entry.ts'

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

/** Ended attempts beyond this many are forgotten, oldest first; a hub repeats only recent ones. */
const rememberedMax = 20_000

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

export const createAttempts = (earlier: readonly JournalEntry[]): Attempts => {
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
  for (const entry of earlier) {
    if (entry.kind === 'acknowledged') recallHeard(attempts, entry)
    else if ('attempt' in entry) recall(attempts, entry)
  }
  return attempts
}

const forgetOldest = (byKey: Map<string, Attempt>) => {
  for (const [key, attempt] of byKey) {
    if (attempt.phase !== 'ended') continue
    byKey.delete(key)
    return
  }
}

const recall = (attempts: Attempts, entry: Extract<JournalEntry, { attempt: number }>) => {
  const attempt = attempts.find(entry) ?? attempts.remember(entry)
  if (entry.kind === 'begun') attempt.phase = 'begun'
  if (entry.kind === 'finished') {
    attempt.phase = 'ended'
    // Kept for the case that it died before it could report; a report that follows in the log replaces it.
    attempt.last = { status: entry.outcome, ...(entry.result !== undefined && { result: entry.result }) }
  }
  if (entry.kind === 'reported') {
    const { attempt: _attempt, epoch: _epoch, boot: _boot, n: _n, ...body } = entry.report
    attempt.last = body
    if (body.status === 'accepted') attempt.phase = 'accepted'
    else if (body.status !== 'started') attempt.phase = 'ended'
  }
}

const recallHeard = (attempts: Attempts, { topic, payload }: { topic: string; payload: string }) => {
  const parts = parseTopic(topic)
  if (parts?.channel !== 'report') return
  const report = Report.safeParse(JSON.parse(payload)).data
  if (report === undefined || !isFinal(report)) return
  const attempt = attempts.find({ task: parts.task, attempt: report.attempt, epoch: report.epoch })
  if (attempt !== undefined) attempt.heard = true
}

export const isFinal = (report: ReportBody | undefined): boolean =>
  report !== undefined &&
  report.status !== 'accepted' &&
  report.status !== 'started' &&
  report.status !== 'progress'
