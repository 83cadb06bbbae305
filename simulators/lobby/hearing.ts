/** What the devices really did, from their own logs: the branch reacts to that, and the record keeps it. */
import type { JournalEntry } from '../devices/journal-entry.ts'
import type { Answers } from './answers.ts'
import type { DayClock } from './day-clock.ts'
import type { Floor } from './floor.ts'
import type { RecordKeeper } from './keep-record.ts'
import type { Kiosks } from './kiosks.ts'
import type { QueueSystem } from './queue-system.ts'
import type { Scenario } from './scenario.ts'

interface Deps {
  readonly scenario: Scenario
  readonly clock: DayClock
  readonly floor: Floor
  readonly keeper: RecordKeeper
  readonly queue: QueueSystem
  readonly kiosks: Kiosks
  readonly answers: Answers
  readonly stream: (device: string, name: string, data: object) => void
}

/** A robot that leads somebody stays with them no longer than this. */
const leadsForMs = 90_000

export interface Hearing {
  hear(entry: JournalEntry): void
  /** Where each robot was last. */
  readonly robots: ReadonlyMap<string, string>
}

export const createHearing = (deps: Deps): Hearing => {
  const { scenario, clock, floor, keeper, queue, kiosks, answers, stream } = deps
  const robots = new Map<string, string>()
  for (const { id, kind, place, zone } of scenario.branch.devices)
    if (kind === 'robot') robots.set(id, place ?? zone ?? id)

  const visitorOf = (visit: string | undefined) => (visit === undefined ? undefined : answers.byVisit(visit))

  const acts = (entry: Extract<JournalEntry, { kind: 'begun' | 'finished' }>) => {
    const doing = entry.kind === 'begun' ? (entry.capability ?? null) : undefined
    keeper.device(entry.device, 'busy', doing)
    if (entry.kind === 'begun') keeper.device(entry.device, 'charging', undefined)
    if (entry.capability !== 'guide') return
    const visitor = visitorOf(entry.visit)
    if (entry.kind === 'begun') visitor?.follow(leadsForMs)
    else if (visitor?.doing === 'following') visitor.fetchNumber()
  }

  const moved = ({ device, to, capability, visit }: Extract<JournalEntry, { kind: 'moved' }>) => {
    robots.set(device, to)
    const point = floor.pointOf(to) ?? floor.centreOf(to)
    if (point !== undefined) stream(device, 'position', point)
    const place = scenario.branch.places.find(({ id }) => id === to)
    if (place?.kind === 'charger') keeper.device(device, 'charging', null)
    const zone = place?.zone ?? to
    const visitor = capability === 'guide' ? visitorOf(visit) : undefined
    // The first way of a guide is the one to its visitor.
    if (visitor !== undefined && zone !== visitor.zone) visitor.ledTo(zone)
  }

  const hear = (entry: JournalEntry) => {
    switch (entry.kind) {
      case 'ticketed':
        if (entry.ticket !== undefined) queue.obey(entry.ticket, entry.action)
        return
      case 'session':
        // Two events of the kiosk's own for each use of it.
        keeper.sensed()
        keeper.device(entry.device, 'busy', entry.state === 'started' ? 'session' : undefined)
        kiosks.hear(entry.device, entry.state)
        return
      case 'begun':
      case 'finished':
        acts(entry)
        return
      case 'moved':
        moved(entry)
        return
      case 'blocked':
        keeper.device(entry.device, 'blocked', entry.state === 'on' ? null : undefined)
        return
      case 'said':
      case 'shown':
        if (entry.capability === 'greet' && entry.step === 'task')
          visitorOf(entry.visit)?.record.greeted.push({ atMs: clock.now(), device: entry.device })
        return
      default:
    }
  }
  return { hear, robots }
}
