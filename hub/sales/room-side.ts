/** What the line of the calls knows of sales that have a room of their own. */
import type { Participant } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import { partyIn } from '../calls/engine-side.ts'
import type { CallSide, Presence } from '../calls/line/side.ts'
import type { Telling } from '../calls/telling.ts'
import type { Engine } from '../engine/open-engine.ts'
import { openSales } from './find.ts'
import { hasOwnRoom, type InSaleRoom, peopleOf } from './room.ts'

export interface RoomSideParts {
  readonly engine: Pick<Engine, 'state'>
  readonly telling: Telling
}

class SaleSide implements CallSide {
  readonly #parts: RoomSideParts

  constructor(parts: RoomSideParts) {
    this.#parts = parts
  }

  isOpen(room: string): boolean {
    const sale = this.#find(room)
    return sale !== undefined && hasOwnRoom(sale)
  }

  partyOf(room: string, participant: Participant) {
    const sale = this.#find(room)
    if (sale === undefined || !peopleOf(sale).includes(participant)) return undefined
    return partyIn(this.#parts.engine.state, participant)
  }

  areApart(): boolean {
    return false
  }

  onJoined(sale: string, participant: Participant): void {
    this.#parts.telling.tell(said({ sale, participant, is: 'here' }))
  }

  onLeft(sale: string, participant: Participant): void {
    this.#parts.telling.tell(said({ sale, participant, is: 'gone' }))
  }

  /** What ended meanwhile is over for whoever hangs up as well. */
  async onHangUp(sale: string, participant: Participant): Promise<void> {
    try {
      await this.#parts.telling.submit(said({ sale, participant, is: 'hung-up' }))
    } catch (error) {
      if (!(error instanceof UsherError) || !['sale.over', 'sale.unknown'].includes(error.code)) throw error
    }
  }

  /** Nobody sees a page together here. */
  pairOf() {
    return { kiosk: null, expert: null }
  }

  onFact(): void {}

  present(): readonly Presence[] {
    return openSales(this.#parts.engine.state)
      .filter(hasOwnRoom)
      .flatMap((sale) => peopleOf(sale).map((participant) => ({ call: sale.id, participant })))
  }

  #find(room: string) {
    return this.#parts.engine.state.sales.get(room)
  }
}

const said = (in_: InSaleRoom) => ({ name: 'sale.room', ...in_, by: 'hub' }) as const

/** Rooms of calls and of sales on one line: a room is a sale's where a sale has its name. */
export const withSaleRooms = (calls: CallSide, parts: RoomSideParts): CallSide => {
  const sales = new SaleSide(parts)
  const of = (room: string): CallSide => (parts.engine.state.sales.get(room) === undefined ? calls : sales)
  return {
    isOpen: (room) => of(room).isOpen(room),
    partyOf: (room, ...who) => of(room).partyOf(room, ...who),
    areApart: (room, ...who) => of(room).areApart(room, ...who),
    onJoined: (room, ...who) => of(room).onJoined(room, ...who),
    onLeft: (room, ...who) => of(room).onLeft(room, ...who),
    onHangUp: (room, ...who) => of(room).onHangUp(room, ...who),
    pairOf: (room) => of(room).pairOf(room),
    onFact: (room, ...what) => of(room).onFact(room, ...what),
    present: () => [...calls.present(), ...sales.present()],
  }
}
