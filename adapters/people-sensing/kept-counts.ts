/** Counts on their way out: not faster than anybody can use them, and repeated where a sensor tells changes only. */
import type { Complaints } from './complaints.ts'
import type { Source } from './config.ts'
import { emit, type IntakeParts } from './outlet.ts'
import type { SensedEvent } from './translators/outcome.ts'

type CountEvent = Extract<SensedEvent, { name: 'zone.count' }>
interface KnownCount {
  readonly source: Source
  readonly event: CountEvent
}

/** Frigate, ONVIF and Axis tell a count when it changes. Milesight and Xovis tell theirs every so often. */
const tellsChangesOnly = ({ vendor }: Source) =>
  vendor === 'frigate' || vendor === 'onvif' || vendor === 'axis'

/** Often enough that one that is late does not make the count unknown. */
const repeatsPerPeriod = 2
/** A sensor that tells its count a thousand times a second must not push the arrivals of others aside. */
const countGapMs = 250

type CountParts = IntakeParts & {
  readonly isFit: (device: string) => boolean
  readonly complaints: Complaints
}

/** One count of a zone at a time: of those that come too fast, the newest goes out when its turn comes. */
const createPacedCounts = (parts: CountParts) => {
  const { clock, complaints } = parts
  const sentAt = new Map<string, number>()
  const waiting = new Map<string, KnownCount>()
  const timers = new Set<() => void>()
  const send = (key: string, { source, event }: KnownCount) => {
    sentAt.set(key, clock.now())
    if (!emit(parts, event)) complaints.note('not-sent', { source: source.name })
  }
  return {
    tell(key: string, known: KnownCount) {
      const waitMs = (sentAt.get(key) ?? Number.NEGATIVE_INFINITY) + countGapMs - clock.now()
      if (waitMs <= 0) {
        waiting.delete(key)
        send(key, known)
        return
      }
      const isFirst = !waiting.has(key)
      waiting.set(key, known)
      if (!isFirst) return
      const cancel = clock.after(Math.min(waitMs, countGapMs), () => {
        timers.delete(cancel)
        const newest = waiting.get(key)
        waiting.delete(key)
        if (newest !== undefined) send(key, newest)
      })
      timers.add(cancel)
    },
    close() {
      for (const cancel of timers) cancel()
      timers.clear()
    },
  }
}

export const createKeptCounts = (parts: CountParts) => {
  const { config, clock, isFit } = parts
  const paced = createPacedCounts(parts)
  const kept = new Map<string, KnownCount>()
  const heardAt = new Map<string, number>()
  /** Frigate itself says when it is gone; of the others only their silence tells. */
  const isAlive = (source: Source, device: string) =>
    source.vendor === 'frigate' || clock.now() - (heardAt.get(device) ?? 0) < config.silentAfterMs
  const repeat = () => {
    for (const [key, { source, event }] of kept)
      if (isFit(event.device) && isAlive(source, event.device)) {
        const { zone, count } = event.data
        paced.tell(key, { source, event: { ...event, data: { zone, count } } })
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
    tell(source: Source, event: CountEvent) {
      const key = `${event.device} ${event.data.zone}`
      if (tellsChangesOnly(source)) kept.set(key, { source, event })
      paced.tell(key, { source, event })
    },
    forget(device: string) {
      for (const [key, { event }] of kept) if (event.device === device) kept.delete(key)
    },
    close() {
      cancel()
      paced.close()
    },
  }
}
