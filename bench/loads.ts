/** The two loads. Every contestant gets the same bytes on the same topics from the same client. */
import { topics } from '#protocol/topics.ts'
import { branchId, otherZones, screenZone, sensor, ticketZone } from './branch.ts'

/** `mix`: one event in twenty makes a task. `each`: every event does. */
export type Load = 'mix' | 'each'
export const loads: readonly Load[] = ['mix', 'each']
export const loadTitles: Readonly<Record<Load, string>> = { mix: 'branch mix', each: '1:1' }

const mixSize = 20
const visitors = 40

export interface LoadEvent {
  readonly topic: string
  readonly payload: string
}

export interface Numbering {
  readonly boot: string
  readonly n: number
}

const eventOf = (name: string, data: Readonly<Record<string, unknown>>): LoadEvent => ({
  topic: topics.event(branchId, sensor, name),
  payload: JSON.stringify(data),
})

const zoneAt = (index: number) => otherZones[index % otherZones.length] ?? 'waiting'

/** Whom the mix moves about: sent once, before anything is measured. */
export const firstEvents = (boot: string): readonly LoadEvent[] =>
  Array.from({ length: visitors }, (_, index) =>
    eventOf('visitor.detected', { zone: zoneAt(index), track: `t-${index}`, boot, n: index }),
  )

export const makesTask = (load: Load, index: number): boolean =>
  load === 'each' || index % mixSize === mixSize - 1

/** @param index counts the events of a run, from its warm-up on. */
export const loadEvent = (load: Load, index: number, numbering: Numbering): LoadEvent => {
  if (load === 'each') return eventOf('visitor.detected', { zone: ticketZone, count: 1, ...numbering })
  if (makesTask(load, index)) return eventOf('visitor.detected', { zone: screenZone, count: 1, ...numbering })
  if (index % 2 === 0)
    return eventOf('zone.count', { zone: zoneAt(index >> 1), count: index % 30, ...numbering })
  // Each one goes on to the other zone with every round.
  const round = Math.floor(index / (2 * visitors))
  const visitor = (index >> 1) % visitors
  return eventOf('visitor.moved', { track: `t-${visitor}`, zone: zoneAt(visitor + round), ...numbering })
}
