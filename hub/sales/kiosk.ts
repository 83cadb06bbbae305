/** What a kiosk is told of the sale at it: what the customer is asked, that it is recorded, and where it comes in. */
import type { KioskSale } from '#protocol/recording/kiosk-sale.ts'
import { kioskIn } from '../calls/find.ts'
import { unsigned } from '../calls/ticket.ts'
import { isUnderWay } from './find.ts'
import type { SaleTables } from './port.ts'
import { saleRoomPass } from './room.ts'

export const kioskSale = ({ sales, saleScripts }: SaleTables, device: string): KioskSale | undefined => {
  const sale = sales.values().find((one) => one.device === device && isUnderWay(one))
  if (sale === undefined) return undefined
  const { id, state, seller } = sale
  const pass = saleRoomPass(sale, kioskIn(device))
  const ticket = pass === null ? null : unsigned(pass)
  return { sale: id, state, title: { ...saleScripts.get(id)?.title }, seller, ticket }
}
