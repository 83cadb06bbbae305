/**
 * Where a sale is recorded: in the room of its call, or, at the branch without one, in a room of its own by its own name. In that
 * one stand whoever sells and the kiosk, and nobody before the customer has said yes.
 */
import type { SaleRow } from '#protocol/recording/sale.ts'
import { kioskIn } from '../calls/find.ts'
import { ticketMs } from '../calls/kiosk.ts'
import type { Pass } from '../calls/line/ticket.ts'
import { endSale } from './end.ts'
import { arm, disarm, isUnderWay } from './find.ts'
import type { SaleDesk } from './port.ts'

export const roomOf = ({ id, call }: Pick<SaleRow, 'id' | 'call'>): string => call ?? id

/** Whether people can stand in a room of its own now. */
export const hasOwnRoom = (sale: SaleRow): boolean =>
  sale.call === null && sale.consent !== null && isUnderWay(sale)

export const peopleOf = ({ seller, device }: SaleRow): readonly string[] =>
  device === null ? [seller] : [seller, kioskIn(device)]

/** @returns null: it has no room of its own, not yet or no longer, or they are not of it */
export const saleRoomPass = (sale: SaleRow, participant: string): Pass | null => {
  if (sale.consent === null || !hasOwnRoom(sale) || !peopleOf(sale).includes(participant)) return null
  return { call: sale.id, participant, until: sale.consent.at + ticketMs }
}

/** `hung-up`: for good; it ends what is recorded, whoever of the two does it. */
export interface InSaleRoom {
  readonly sale: string
  readonly participant: string
  readonly is: 'here' | 'gone' | 'hung-up'
}

/** Nobody is recorded on and on whom nobody sells anything to. */
export const onRoom = (desk: SaleDesk, { sale: id, participant, is }: InSaleRoom) => {
  const sale = desk.sales.get(id)
  if (sale === undefined || !hasOwnRoom(sale) || !peopleOf(sale).includes(participant)) return
  if (is === 'hung-up') return endSale(desk, { sale: id, by: participant, why: 'ended' })
  if (participant !== sale.seller) return
  if (is === 'here') disarm(desk, id, 'alone')
  else arm(desk, id, { alone: desk.waits.aloneMs })
}

export const onAloneOver = (desk: SaleDesk, id: string) =>
  endSale(desk, { sale: id, by: 'hub', why: 'alone' })
