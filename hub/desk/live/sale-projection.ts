/** What pages see of recorded sales without asking. */
import type { LiveSale } from '#protocol/desk/live/sale-rows.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'

export const liveSale = ({
  id,
  at,
  call,
  device,
  seller,
  product,
  state,
  since,
  outcome,
  n,
}: SaleRow): LiveSale => ({ id, at, call, device, seller, product, state, since, outcome, n })
