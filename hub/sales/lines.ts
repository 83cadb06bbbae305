/** Sales in a list, the newest first. */
import type { SaleLine } from '#protocol/desk/sale-routes.ts'
import { isOpenItem } from '#protocol/recording/missing.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import type { SaleTables } from './port.ts'

export const saleLines = (
  { sales, saleScripts }: SaleTables,
  isWanted: (sale: SaleRow) => boolean = () => true,
): SaleLine[] =>
  sales
    .values()
    .filter(isWanted)
    .toSorted((a, b) => b.at - a.at)
    .map((sale) => ({
      id: sale.id,
      at: sale.at,
      call: sale.call,
      seller: sale.seller,
      product: sale.product,
      title: { ...saleScripts.get(sale.id)?.title },
      state: sale.state,
      outcome: sale.outcome,
      open: sale.items.filter(isOpenItem).length,
      unsettled: sale.findings.filter(({ settled }) => settled === null).length,
    }))
