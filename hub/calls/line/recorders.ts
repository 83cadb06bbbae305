/**
 * The hub's own recorders, one a call at most. They take part in this process and not over a socket: nobody else can be one,
 * no ticket for it exists, and they take no place of a person.
 */
import { type Room, recorderParticipant, type SignalFrom } from '#protocol/calls/signalling.ts'
import type { RecorderEar } from './side.ts'

export class Recorders {
  readonly #ears = new Map<string, RecorderEar>()

  /** @returns what makes it leave: false where another one has taken its place */
  seat(call: string, ear: RecorderEar): () => boolean {
    this.#ears.set(call, ear)
    return () => this.#ears.get(call) === ear && this.#ears.delete(call)
  }

  /** @returns whether there is one that heard it */
  hears(call: string, said: SignalFrom): boolean {
    const ear = this.#ears.get(call)
    ear?.onSignal(said)
    return ear !== undefined
  }

  tell(call: string, room: Room): void {
    this.#ears.get(call)?.onRoom(room)
  }

  shown(call: string): Room['participants'] {
    if (!this.#ears.has(call)) return []
    const title = { zh: '录制', en: 'Recording' }
    const shown = { camera: false, microphone: false, held: false }
    return [{ id: recorderParticipant, title, shown }]
  }
}
