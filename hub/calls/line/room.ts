/** Who is in one call now, by name: a page that is loaded again, or comes back, takes the seat of the one before it. */
import { callPartyMax, type Participant, type Room, type Shown } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import { createPace, type Pace } from '../../desk/live/pace.ts'
import type { LineLimits } from './side.ts'
import type { CallSocket } from './socket.ts'

export interface Seat {
  readonly participant: Participant
  readonly pace: Pace
  readonly browsePace: Pace
  /** undefined: the page is gone, and waited for. */
  socket: CallSocket | undefined
  shown: Shown
  /** The desk knows that they are here. */
  isTold: boolean
  callOffLeaving: (() => void) | undefined
}

const hidden: Shown = { camera: false, microphone: false, held: false }

export class CallRoom {
  readonly call: string
  readonly #limits: Pick<LineLimits, 'perSecond' | 'burst' | 'browse'>
  /** In the order in which their pages came. */
  readonly #seats = new Map<Participant, Seat>()

  constructor(call: string, limits: Pick<LineLimits, 'perSecond' | 'burst' | 'browse'>) {
    this.call = call
    this.#limits = limits
  }

  get isEmpty(): boolean {
    return this.#seats.size === 0
  }

  all(): readonly Seat[] {
    return [...this.#seats.values()]
  }

  find(participant: Participant): Seat | undefined {
    return this.#seats.get(participant)
  }

  /** @throws UsherError `call.full` */
  checkPlace(participant: Participant): void {
    if (!this.#seats.has(participant) && this.#seats.size >= callPartyMax) throw new UsherError('call.full')
  }

  /** A newer page is the last one of the row: it is the one that calls the others. */
  seat(participant: Participant): Seat {
    const seat = this.#seats.get(participant) ?? {
      participant,
      pace: createPace(this.#limits),
      browsePace: createPace(this.#limits.browse),
      socket: undefined,
      shown: hidden,
      isTold: false,
      callOffLeaving: undefined,
    }
    this.#seats.delete(participant)
    this.#seats.set(participant, seat)
    return seat
  }

  remove(participant: Participant): Seat | undefined {
    const seat = this.#seats.get(participant)
    seat?.callOffLeaving?.()
    this.#seats.delete(participant)
    return seat
  }

  participants(
    titleOf: (participant: Participant) => Readonly<Record<string, string>>,
  ): Room['participants'] {
    return this.all().map(({ participant: id, shown }) => ({ id, title: { ...titleOf(id) }, shown }))
  }
}
