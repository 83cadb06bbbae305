/** What a robot says and is told, without its vendor's names: each dialect translates in both directions. */
import type { BridgeData, BridgeEvent } from '../bridge.ts'

/** From its navigation. There is no id of the journey: only the place says which one is meant. */
export interface WayNews {
  readonly kind: 'way'
  readonly place: string
  /** `ended` without having arrived. */
  readonly phase: 'moving' | 'arrived' | 'ended'
  /** The first word about a new journey. */
  readonly first?: boolean
  readonly obstacle?: boolean
  /** Why it ended. */
  readonly code?: string
}

export interface VoiceNews {
  readonly kind: 'voice'
  /** As given with the words; some robots leave it out. */
  readonly id?: string
  readonly state: 'speaking' | 'spoken' | 'failed'
}

export type Mode = 'following' | 'driven-by-hand' | 'lifted' | 'patrolling'

export type News =
  | WayNews
  | VoiceNews
  | { readonly kind: 'heard'; readonly text: string; readonly language?: string }
  | { readonly kind: 'battery'; readonly percent: number; readonly charging: boolean }
  | { readonly kind: 'mode'; readonly mode: Mode; readonly on: boolean }
  /** It greeted somebody without being asked. */
  | { readonly kind: 'greeted' }

export interface Order {
  readonly command: string
  readonly data: BridgeData
}

export interface Utterance {
  readonly id: string
  readonly text: string
  /** The vendor's name of the voice. */
  readonly voice: string
}

export interface Dialect {
  readonly vendor: string
  readonly model: string
  /** @returns `bad` when it is not what the vendor documents, undefined when it is of no interest. */
  read(event: BridgeEvent): News | 'bad' | undefined
  goTo(place: string): Order
  /** To its base, where it charges. */
  goHome(): Order
  stop(): readonly Order[]
  speak(words: Utterance): Order
  /** Ends what it says and forgets what it was still to say. */
  hush(): Order
  /** Says it and listens: in one, or, with `say`, first the one and when it is over the other. */
  ask(words: Utterance): { readonly say?: Order; readonly listen: Order }
  stopListening(): Order
  /** Its own greeting; undefined where it has none that can be switched. */
  greeting(on: boolean): Order | undefined
}
