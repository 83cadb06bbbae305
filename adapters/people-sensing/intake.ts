/**
 * Between the vendors' side and the hub: each message goes to the translator of its source, and what comes out to the
 * device that sensed it. It also knows which sensors are out of order, and repeats counts of those that tell changes only.
 */
import { createComplaints } from './complaints.ts'
import { devicesOf, type Source } from './config.ts'
import { createHearing, type Hearing, matches, topicsOf } from './hearing.ts'
import { createKeptCounts } from './kept-counts.ts'
import { emit, type IntakeParts } from './outlet.ts'
import type { VendorMessage } from './translators/outcome.ts'

export type Arrived = Omit<VendorMessage, 'at'>

export interface Intake {
  /** From the vendor's broker: it belongs to every source that asks for the topic. */
  published(message: Arrived): void
  /** From a sensor that pushes. */
  pushed(source: string, message: Arrived): void
  /** Whether the vendor's broker is there, and why not. */
  brokerIs(reason: string | undefined): void
  /** What was too large to be read at all. */
  tooLarge(source: string): void
  counts(): Readonly<Record<string, number>>
  close(): void
}

/** Room for a count that comes with a picture, which is not read. */
export const payloadMax = 4_000_000

interface Listening {
  readonly source: Source
  readonly hearing: Hearing
  readonly filters: readonly string[]
}

export const createIntake = (parts: IntakeParts): Intake => {
  const { config, clock, timeOfDay } = parts
  const complaints = createComplaints({ log: parts.log, now: () => clock.now() })
  const fitness = createFitness(parts.devices)
  const counts = createKeptCounts({ ...parts, isFit: fitness.isFit, complaints })
  const listening: Listening[] = config.sources.map((source) => ({
    source,
    hearing: createHearing(source, config.staleAfterMs),
    filters: topicsOf(source),
  }))

  const hear = ({ source, hearing }: Listening, arrived: Arrived) => {
    if (arrived.payload.length > payloadMax) {
      complaints.note('too-large', { source: source.name })
      return
    }
    const outcome = hearing.hear({ ...arrived, at: timeOfDay() })
    for (const { code, times } of outcome.troubles) complaints.note(code, { source: source.name, times })
    for (const device of outcome.heard) counts.heard(device)
    for (const { device, reason, isUnfit } of outcome.fitness ?? []) {
      fitness.say(device, reason, isUnfit)
      // What is not seen may change unseen, and what it was is not what it is.
      if (isUnfit) counts.forget(device)
    }
    for (const event of outcome.events)
      if (event.name === 'zone.count') counts.tell(source, event)
      else if (!emit(parts, event)) complaints.note('not-sent', { source: source.name })
  }
  const onBroker = listening.filter(({ filters }) => filters.length > 0)
  return {
    published(message) {
      for (const one of onBroker)
        if (one.filters.some((filter) => matches(filter, message.topic))) hear(one, message)
    },
    pushed(name, message) {
      for (const one of listening) if (one.source.name === name) hear(one, message)
    },
    brokerIs(reason) {
      for (const device of new Set(onBroker.flatMap(({ source }) => devicesOf(source)))) {
        for (const known of brokerReasons) fitness.say(device, known, known === reason)
        if (reason !== undefined) counts.forget(device)
      }
    },
    tooLarge: (source) => complaints.note('too-large', { source }),
    counts: complaints.all,
    close: counts.close,
  }
}

export const brokerReasons = ['vendor-broker-unreachable', 'vendor-broker-refuses'] as const

/** A device may be out of order for several reasons; the hub is told one of them at a time. */
const createFitness = (devices: IntakeParts['devices']) => {
  const reasons = new Map<string, Set<string>>()
  return {
    isFit: (device: string) => (reasons.get(device)?.size ?? 0) === 0,
    say(device: string, reason: string, isUnfit: boolean) {
      const known = reasons.get(device) ?? new Set<string>()
      if (known.has(reason) === isUnfit) return
      if (isUnfit) known.add(reason)
      else known.delete(reason)
      reasons.set(device, known)
      devices(device).fault([...known][0])
    },
  }
}
