/**
 * How the participants of one call find each other: over socket.io at `callLine`, each with a ticket of its own. The hub
 * passes on what they say to each other and keeps nothing of it. Participants are known by name, never by their socket, so
 * that a hub that starts again during a call finds the same people, and what they see and hear goes on meanwhile.
 * Perfect negotiation (W3C WebRTC 1.0, 10.7); who is polite follows from the names.
 */
import { z } from 'zod'
import type { BrowseSaid } from './browse.ts'

/** Path of the socket. */
export const callLine = '/calls'
export const callPartyMax = 4

/**
 * `kiosk:k-1`, `manager:li-na`, `expert:wang`, `lead:zhou`: role and id. Who leads experts listens, and is seen to.
 * `recorder:hub` hears and sees, and is nobody.
 */
export const Participant = z.string().regex(/^(kiosk|manager|expert|lead|recorder):[a-z0-9][a-z0-9-]{0,63}$/)
export type Participant = z.infer<typeof Participant>

/** The hub's own recorder: never a tile, always shown as recording. */
export const recorderParticipant: Participant = 'recorder:hub'

/** What is recorded of the call now; every page shows it, and records itself as the second copy while it is `on`. */
export const RoomRecording = z.object({
  sale: z.string(),
  /** `starting`: nothing counts yet. `paused`: nothing is written anywhere. `closing`: what a page still has is waited for. */
  state: z.enum(['starting', 'on', 'paused', 'closing']),
})
export type RoomRecording = z.infer<typeof RoomRecording>

/**
 * `auth` of the handshake. Made by the hub for one participant of one call, or of one sale without a call, which has a room by
 * its own name; good for some hours and for that room alone.
 */
export const CallHello = z.object({ ticket: z.string().min(20).max(512) })
export type CallHello = z.infer<typeof CallHello>

export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
})
export type IceServer = z.infer<typeof IceServer>

/** What one says about oneself, for the others to show. */
export const Shown = z.object({
  camera: z.boolean(),
  microphone: z.boolean(),
  /** The customer hears music, or nothing; the others are out of their hearing. */
  held: z.boolean(),
})
export type Shown = z.infer<typeof Shown>

/** To one page: who is there, in the order of coming. Comes first, after each change, and after a new start of the hub. */
export const Room = z.object({
  call: z.string(),
  me: Participant,
  participants: z.array(
    z.object({
      id: Participant,
      title: z.record(z.string(), z.string()),
      shown: Shown,
      /** Experts speak among themselves: nothing goes from this page to them, or from them to it. Absent: together. */
      apart: z.boolean().optional(),
    }),
  ),
  /** Credentials for a relay are short-lived: each room message may bring new ones. */
  iceServers: z.array(IceServer),
  /** Only over a relay: for networks that let nothing else through. */
  relayOnly: z.boolean(),
  /** Absent: nothing is. */
  recording: RoomRecording.optional(),
})
export type Room = z.infer<typeof Room>

/** An SDP description or an ICE candidate as the browser made it. */
export const Signal = z.union([
  z.object({
    description: z.object({
      type: z.enum(['offer', 'answer', 'pranswer', 'rollback']),
      sdp: z.string().max(64_000),
    }),
  }),
  z.object({
    candidate: z
      .object({
        candidate: z.string().max(2_000),
        sdpMid: z.string().max(64).nullish(),
        sdpMLineIndex: z.int().nullish(),
        usernameFragment: z.string().max(256).nullish(),
      })
      .nullable(),
  }),
])
export type Signal = z.infer<typeof Signal>

const Run = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

/** `signal` from a page, to a participant of the same call; the hub passes it on as `signal` with `from`. */
export const SignalTo = z.object({
  to: Participant,
  /** Names the sender's run of the page: another load of it begins anew. */
  run: Run,
  /** The receiver's run that it is meant for; another one leaves it alone. Absent: it is the first. */
  forRun: Run.optional(),
  signal: Signal,
})
export type SignalTo = z.infer<typeof SignalTo>
export type SignalFrom = Omit<SignalTo, 'to'> & { readonly from: Participant }

/** `refused`: a message that was not passed on, with a code; the call goes on. */
export const Refused = z.object({ code: z.string(), text: z.string() })
/** `over`: the call has ended, or this ticket is good no longer; the socket is closed behind it. */
export const CallOver = z.object({ why: z.enum(['ended', 'left', 'replaced', 'ticket', 'stopping']) })
export type CallOver = z.infer<typeof CallOver>

export interface CallFromHub {
  room: (room: Room) => void
  signal: (signal: SignalFrom) => void
  /** From the kiosk to the expert who has the call, and back. */
  browse: (said: BrowseSaid) => void
  refused: (refused: z.infer<typeof Refused>) => void
  over: (over: CallOver) => void
}
export interface CallFromPage {
  signal: (signal: SignalTo) => void
  shown: (shown: Shown) => void
  browse: (said: BrowseSaid) => void
  /** Leaves for good; for the customer it ends the call. Answered when it is on record. */
  'hang-up': (answer: () => void) => void
}
