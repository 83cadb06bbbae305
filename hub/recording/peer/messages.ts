/** What passes between the hub and the process that records one sale. */
import type { Participant, Room, SignalFrom, SignalTo } from '#protocol/calls/signalling.ts'
import type { Piece } from './part-writer.ts'

export type ToRecorder =
  /** @param nowMs hub time, by which everything it tells is timed */
  | { readonly kind: 'begin'; readonly nowMs: number }
  | { readonly kind: 'room'; readonly room: Room }
  | { readonly kind: 'signal'; readonly signal: SignalFrom }
  /** Off, nothing that comes in is kept for a moment. */
  | { readonly kind: 'write'; readonly on: boolean }
  /** What is left is sent, then it ends. */
  | { readonly kind: 'stop' }

export interface Alive {
  readonly participant: Participant
  readonly link: string
  /** When something came last, in hub time; null: never. */
  readonly audioAt: number | null
  readonly videoAt: number | null
}

export interface PieceOf extends Piece {
  readonly participant: Participant
  /** Names the connection: its parts are counted from 0. */
  readonly run: string
}

export type FromRecorder =
  | { readonly kind: 'ready' }
  | { readonly kind: 'say'; readonly signal: SignalTo }
  | { readonly kind: 'piece'; readonly piece: PieceOf }
  | { readonly kind: 'alive'; readonly legs: readonly Alive[] }
  | { readonly kind: 'stopped' }
