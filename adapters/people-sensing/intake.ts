/**
 * Between the vendors' side and the hub: each message goes to the translator of its source, and what comes out to the
 * device that sensed it. It also knows which sensors are out of order, and repeats counts of those that tell changes only.
 */
import type { DeviceHandle } from '../sdk/adapter.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import { type Complaints, createComplaints } from './complaints.ts'
import { devicesOf, type PeopleSensingConfig, type Source } from './config.ts'
import { createHearing, type Hearing, matches, topicsOf } from './hearing.ts'
import type { SensedEvent, VendorMessage } from './translators/outcome.ts'

export interface IntakeParts {
  readonly config: PeopleSensingConfig
  readonly devices: (id: string) => Pick<DeviceHandle, 'emit' | 'fault'>
  readonly log: Pick<Log, 'warn'>
  readonly clock: Clock
}

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
  const { config, clock } = parts
  const now = () => clock.now()
  const complaints = createComplaints({ log: parts.log, now })
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
    const outcome = hearing.hear({ ...arrived, at: now() })
    for (const { code, times } of outcome.troubles) complaints.note(code, { source: source.name, times })
    for (const device of outcome.heard) counts.heard(device)
    for (const { device, reason, isUnfit } of outcome.fitness ?? []) {
      fitness.say(device, reason, isUnfit)
      // What is not seen may change unseen, and what it was is not what it is.
      if (isUnfit) counts.forget(device)
    }
    for (const event of outcome.events) {
      const sent = emit(parts, event)
      if (!sent) complaints.note('not-sent', { source: source.name })
      else if (event.name === 'zone.count') counts.keep(source, event)
    }
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

const emit = ({ devices }: IntakeParts, { device, name, data }: SensedEvent): boolean => {
  const handle = devices(device)
  switch (name) {
    case 'visitor.detected':
      return handle.emit(name, data).sent
    case 'visitor.left':
      return handle.emit(name, data).sent
    case 'zone.count':
      return handle.emit(name, data).sent
  }
}

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

type CountEvent = Extract<SensedEvent, { name: 'zone.count' }>

/** Frigate, ONVIF and Axis tell a count when it changes. Milesight and Xovis tell theirs every so often. */
const tellsChangesOnly = ({ vendor }: Source) =>
  vendor === 'frigate' || vendor === 'onvif' || vendor === 'axis'

/** Often enough that one that is late does not make the count unknown. */
const repeatsPerPeriod = 2

const createKeptCounts = (
  parts: IntakeParts & { readonly isFit: (device: string) => boolean; readonly complaints: Complaints },
) => {
  const { config, clock, isFit, complaints } = parts
  const kept = new Map<string, { source: Source; event: CountEvent }>()
  const heardAt = new Map<string, number>()
  /** Frigate itself says when it is gone; of the others only their silence tells. */
  const isAlive = (source: Source, device: string) =>
    source.vendor === 'frigate' || clock.now() - (heardAt.get(device) ?? 0) < config.silentAfterMs
  const repeat = () => {
    for (const { source, event } of kept.values())
      if (isFit(event.device) && isAlive(source, event.device)) {
        const { zone, count } = event.data
        const again: CountEvent = { ...event, data: { zone, count } }
        if (!emit(parts, again)) complaints.note('not-sent', { source: source.name })
      }
  }
  let cancel = () => {}
  const wait = () => {
    cancel = clock.after(config.countPeriodMs / repeatsPerPeriod, () => {
      repeat()
      wait()
    })
  }
  wait()
  return {
    heard: (device: string) => void heardAt.set(device, clock.now()),
    keep(source: Source, event: CountEvent) {
      if (tellsChangesOnly(source)) kept.set(`${event.device} ${event.data.zone}`, { source, event })
    },
    forget(device: string) {
      for (const [key, { event }] of kept) if (event.device === device) kept.delete(key)
    },
    close: () => cancel(),
  }
}
