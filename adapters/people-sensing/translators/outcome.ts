/**
 * What a translator is: one message of a vendor and what is remembered go in, what was sensed comes out. It knows no
 * socket, no clock and no log, so that what it lets through can be proved.
 */
import type { EventData } from '#protocol/events.ts'
import type { TroubleCode } from '../troubles.ts'

/** One message as it came from the vendor's side. */
export interface VendorMessage {
  /** When it arrived here, ms since 1970. */
  readonly at: number
  /** MQTT topic, or the path of the HTTP request. */
  readonly topic: string
  readonly payload: string
  /** The broker kept it and gives it to whoever subscribes: how old it is, only its own time can say. */
  readonly retained: boolean
  /** Sent again because an answer was missed [MQTT-3.3.1-1]; over HTTP a sensor does not say. */
  readonly again: boolean
}

export type SensedEvent =
  | {
      readonly device: string
      readonly name: 'visitor.detected'
      readonly data: Pick<
        EventData<'visitor.detected'>,
        'zone' | 'track' | 'count' | 'direction' | 'observedAgoMs'
      >
    }
  | { readonly device: string; readonly name: 'visitor.left'; readonly data: EventData<'visitor.left'> }
  | { readonly device: string; readonly name: 'zone.count'; readonly data: EventData<'zone.count'> }

/** Something was not as it should be; `times` where one message shows it of several things. */
export interface Trouble {
  readonly code: TroubleCode
  readonly times?: number
}

/** What the vendor says of the sensor itself: a reason why it senses nothing, or that it does again. */
export interface Fitness {
  readonly device: string
  readonly reason: string
  readonly isUnfit: boolean
}

export interface Outcome<State> {
  readonly state: State
  readonly events: readonly SensedEvent[]
  readonly troubles: readonly Trouble[]
  readonly fitness?: readonly Fitness[]
  /** Which devices were heard in it, whether or not they sensed anything. */
  readonly heard: readonly string[]
}

/** How far a sensor's own time is believed. */
export interface TimeRules {
  /** `unknown`: its clock may be wrong, so its times only tell what came before what. */
  readonly clock: 'synchronised' | 'unknown'
  /** Arrivals and counts older than this are no news. */
  readonly staleAfterMs: number
}

export interface Translator<Config, State> {
  start(config: Config): State
  translate(message: VendorMessage, state: State, config: Config & TimeRules): Outcome<State>
}

/** Collects the outcome of one message. */
export const createFindings = () => {
  const events: SensedEvent[] = []
  const troubles: Trouble[] = []
  const fitness: Fitness[] = []
  const heard = new Set<string>()
  return {
    event: (event: SensedEvent) => void events.push(event),
    trouble: (code: TroubleCode | undefined, times = 1) => {
      if (code !== undefined) troubles.push(times === 1 ? { code } : { code, times })
    },
    fit: (device: string, reason: string, isUnfit: boolean) => void fitness.push({ device, reason, isUnfit }),
    heard: (device: string) => void heard.add(device),
    outcome: <S>(state: S): Outcome<S> => ({ state, events, troubles, fitness, heard: [...heard] }),
  }
}
export type Findings = ReturnType<typeof createFindings>
