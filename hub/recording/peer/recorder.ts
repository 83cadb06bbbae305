/** The recorder of one sale, in a process of its own: a connection to everybody in the call, and what comes in as pieces. */
import {
  type Participant,
  type Room,
  recorderParticipant,
  type SignalFrom,
} from '#protocol/calls/signalling.ts'
import { Leg } from './leg.ts'
import type { FromRecorder, ToRecorder } from './messages.ts'

export interface RecorderParts {
  readonly tell: (what: FromRecorder) => void
  readonly monotonicMs: () => number
  readonly newRun: () => string
}

const tellEvery = 2

export class Recorder {
  readonly #parts: RecorderParts
  readonly #legs = new Map<Participant, Leg>()
  #room: Room | undefined
  #offsetMs = 0
  #isWriting = false
  #looks = 0

  constructor(parts: RecorderParts) {
    this.#parts = parts
  }

  hear(told: ToRecorder): void {
    if (told.kind === 'begin') this.#offsetMs = told.nowMs - this.#parts.monotonicMs()
    else if (told.kind === 'room') this.#follow(told.room)
    else if (told.kind === 'signal') this.#hearSignal(told.signal)
    else if (told.kind === 'write') this.#write(told.on)
    else {
      this.#write(false)
      for (const leg of this.#legs.values()) leg.close()
    }
  }

  /** Five times a second. */
  look(): void {
    for (const leg of this.#legs.values()) leg.look()
    this.#looks += 1
    if (this.#looks % tellEvery === 0)
      this.#parts.tell({ kind: 'alive', legs: [...this.#legs.values()].map((leg) => leg.alive()) })
  }

  readonly #nowMs = () => this.#parts.monotonicMs() + this.#offsetMs

  #follow(room: Room) {
    this.#room = room
    const there = room.participants.map(({ id }) => id).filter((id) => id !== recorderParticipant)
    for (const leg of this.#legs.values()) leg.roomChanged()
    for (const id of there) if (!this.#legs.has(id)) this.#legs.set(id, this.#meet(id))
    for (const [id, leg] of this.#legs)
      if (!there.includes(id)) {
        this.#legs.delete(id)
        leg.close()
      }
  }

  #meet(other: Participant): Leg {
    const { tell, newRun } = this.#parts
    return new Leg({
      other,
      room: () => this.#room as Room,
      nowMs: this.#nowMs,
      newRun,
      isWriting: () => this.#isWriting,
      send: (signal) => tell({ kind: 'say', signal }),
      onPiece: (run, piece) => tell({ kind: 'piece', piece: { participant: other, run, ...piece } }),
    }).open()
  }

  #hearSignal(signal: SignalFrom) {
    this.#legs.get(signal.from)?.hear(signal)
  }

  #write(on: boolean) {
    if (on === this.#isWriting) return
    this.#isWriting = on
    for (const leg of this.#legs.values()) leg.writing(on)
  }
}
