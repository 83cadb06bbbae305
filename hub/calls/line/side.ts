/** What the line of the calls knows of the desk, and tells it. The desk decides who is in a call; the line carries it out. */
import type { BrowseFact, BrowseSaid } from '#protocol/calls/browse.ts'
import type {
  IceServer,
  Participant,
  Room,
  RoomRecording,
  SignalFrom,
  SignalTo,
} from '#protocol/calls/signalling.ts'

export interface CallParty {
  readonly title: Readonly<Record<string, string>>
}

export interface Presence {
  readonly call: string
  readonly participant: Participant
}

/** Who sees the page of a kiosk together. */
export interface BrowsePair {
  /** null: the customer's side is no kiosk. */
  readonly kiosk: Participant | null
  /** null: nobody has the call just now. */
  readonly expert: Participant | null
}

export interface CallSide {
  /** Whether people can stand in it now. */
  isOpen(call: string): boolean
  /** undefined: not in this call, or no longer. */
  partyOf(call: string, participant: Participant): CallParty | undefined
  /** Whether one of them waits while experts speak among themselves. */
  areApart(call: string, one: Participant, other: Participant): boolean
  /** A page of theirs is there, for the first time or anew. */
  onJoined(call: string, participant: Participant): void
  /** Their page has been gone for longer than a short loss of the line lasts. */
  onLeft(call: string, participant: Participant): void
  /** They have left for good. @returns once it is on record */
  onHangUp(call: string, participant: Participant): Promise<unknown>
  pairOf(call: string): BrowsePair
  /** Of what the kiosk and the expert did with the page; `about`: the field, or the item of the library. */
  onFact(call: string, fact: BrowseFact, about: string | null): void
  /** Who stood in a call when the hub stopped: they are waited for, and told as left when they do not come back. */
  present(): readonly Presence[]
}

/** The other half of the people, where they come in at another hub. */
export interface FarSide {
  /** Who is there, as it was told last. */
  seen(call: string): Room['participants']
  /** Who is here now. */
  here(call: string, seen: Room['participants']): void
  /** To somebody there. */
  say(call: string, from: Participant, said: SignalTo): void
  /** To the other one of those who see a page together, where they are there. */
  browse(call: string, from: Participant, said: BrowseSaid): void
}

/** The recorder of one call: it hears who is there and what they say to it. */
export interface RecorderEar {
  onRoom(room: Room): void
  onSignal(signal: SignalFrom): void
}

export interface RecorderSeat {
  say(signal: SignalTo): void
  leave(): void
}

/** What is recorded of a call, as pages are told. */
export type RecordingOf = (call: string) => RoomRecording | undefined

/** How browsers reach each other where the straight way is closed. */
export interface IceSide {
  iceFor(presence: Presence): { readonly iceServers: readonly IceServer[]; readonly relayOnly: boolean }
  /** So often everybody gets new credentials; undefined: there are none that end. */
  readonly renewEveryMs: number | undefined
}

export interface LineLimits {
  /** A page that comes back within it never left. */
  readonly leftAfterMs: number
  /** The same for those who stood in a call when the hub stopped. */
  readonly backWithinMs: number
  /** Messages of one participant: the beginning of a call needs some dozens at once, then hardly any. */
  readonly perSecond: number
  readonly burst: number
  /** So many bytes weigh as much as one message more. */
  readonly bytesPerMessage: number
  /** The same for the page of a kiosk: half a dozen changes a second, or a pointer that moves, and whole pages now and then. */
  readonly browse: { readonly perSecond: number; readonly burst: number; readonly bytesPerMessage: number }
  /** Refused one after the other: whoever goes on is no page of ours. */
  readonly refusedMax: number
  /** Pages at once. A branch has some dozens of places for a call. */
  readonly pagesMax: number
}

export const lineLimits: LineLimits = {
  leftAfterMs: 8_000,
  backWithinMs: 30_000,
  perSecond: 20,
  burst: 200,
  bytesPerMessage: 8 * 1_024,
  browse: { perSecond: 12, burst: 60, bytesPerMessage: 16 * 1_024 },
  refusedMax: 200,
  pagesMax: 400,
}
