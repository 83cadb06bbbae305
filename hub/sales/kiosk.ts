/** What a kiosk is told of the sale at it: what the customer is asked, and that it is recorded. */
import type { KioskSale } from '#protocol/recording/kiosk-sale.ts'
import { isUnderWay } from './find.ts'
import type { SaleTables } from './port.ts'

export const kioskSale = ({ sales, saleScripts }: SaleTables, device: string): KioskSale | undefined => {
  const sale = sales.values().find((one) => one.device === device && isUnderWay(one))
  if (sale === undefined) return undefined
  const { id, state, seller } = sale
  return { sale: id, state, title: { ...saleScripts.get(id)?.title }, seller }
}
