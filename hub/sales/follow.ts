/** A call ends, or is somebody else's: what was sold in it is over with it. */
import type { CallRow } from '#protocol/calls/rows.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { expertIn } from '../calls/find.ts'
import { endSale } from './end.ts'
import { isUnderWay, openSales } from './find.ts'
import type { SaleDesk } from './port.ts'

/** An expert who fell out has a while to come back; nobody goes on with another's sale. */
const goesOn = (call: CallRow, { seller }: SaleRow): boolean => {
  if (call.state !== 'in-call' && call.state !== 'resuming') return false
  return !seller.startsWith('expert:') || (call.expert !== null && seller === expertIn(call.expert))
}

export const followCall = (desk: SaleDesk, call: CallRow) => {
  for (const sale of openSales(desk)) {
    if (sale.call !== call.id || !isUnderWay(sale) || goesOn(call, sale)) continue
    endSale(desk, { sale: sale.id, by: 'hub', why: 'call' })
  }
}

/** Nothing is recorded at this branch any more. */
export const endAllSales = (desk: SaleDesk) => {
  for (const { id } of openSales(desk)) endSale(desk, { sale: id, by: 'branch-file', why: 'branch-file' })
}
