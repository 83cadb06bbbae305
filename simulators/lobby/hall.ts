/** What a visitor finds when they come in: the parts of the branch that people deal with. */
import type { EventData, EventName } from '#protocol/events.ts'
import type { Point } from './branch.ts'
import type { Cameras } from './cameras.ts'
import type { Crowd } from './crowd.ts'
import type { DayClock } from './day-clock.ts'
import type { Draw } from './draws.ts'
import type { Floor } from './floor.ts'
import type { Heat } from './heat.ts'
import type { Kiosks } from './kiosks.ts'
import type { QueueSystem } from './queue-system.ts'
import type { Scenario } from './scenario.ts'

export interface Hall {
  readonly scenario: Scenario
  readonly clock: DayClock
  readonly draw: Draw
  readonly floor: Floor
  readonly heat: Heat
  readonly queue: QueueSystem
  readonly kiosks: Kiosks
  readonly cameras: Cameras
  readonly crowd: Crowd
  readonly ticketMachine: string
  readonly sense: <N extends EventName>(device: string, name: N, data: EventData<N>) => void
  /** One more or one fewer who waits for a service. */
  readonly waits: (service: string, by: 1 | -1) => void
  /** Everybody who was waiting has been sent home: nobody sits down any more. */
  readonly isLocked: () => boolean
}

/** The door of the entrance or of the exit; without one, somewhere there. */
export const doorOf = ({ scenario, floor }: Hall, kind: 'entrance' | 'exit'): Point => {
  const zone = floor.zoneOf(kind)
  const door = scenario.branch.places.find((place) => place.kind === 'door' && place.zone === zone)
  return floor.pointOf(door?.id ?? '') ?? floor.spotIn(zone, 'door')
}

export const ticketMachineZone = ({ scenario, floor, ticketMachine }: Hall): string =>
  scenario.branch.devices.find(({ id }) => id === ticketMachine)?.zone ?? floor.zoneOf('entrance')

/** Where a counter's customers stand. */
export const counterSpot = (
  { scenario, floor }: Hall,
  counter: string | null,
): { readonly zone: string; readonly point: Point } => {
  const declared = scenario.branch.counters.find(({ id }) => id === counter)
  const zone = declared?.zone ?? floor.zoneOf('counters')
  return { zone, point: floor.pointOf(counter ?? '') ?? floor.spotIn(zone, 'counter') }
}
