/** While something secret is typed or said, nothing is recorded and nothing counts. */
import type { SaleRow } from '#protocol/recording/sale.ts'
import { change, isRunning, isUnderWay } from './find.ts'
import type { SaleDesk } from './port.ts'

interface Act {
  readonly sale: string
  readonly by: string
}

type Held = Pick<SaleRow, 'paused' | 'secret'>

/** Paused as long as either of the two wants it. */
const follow = (desk: SaleDesk, sale: SaleRow, held: Partial<Held>): SaleRow => {
  const next = { ...sale, ...held }
  const isHeld = next.paused !== null || next.secret
  return change(desk, sale, { ...held, ...(isRunning(sale) && { state: isHeld ? 'paused' : 'recording' }) })
}

export const pause = (desk: SaleDesk, { sale: id, reason, by }: Act & { readonly reason: string }) => {
  const sale = desk.sales.get(id)
  if (sale === undefined) return
  const next = follow(desk, sale, { paused: { by, reason } })
  desk.note(next, { code: 'sale.paused', params: { sale: id, by, reason } })
}

export const resume = (desk: SaleDesk, { sale: id, by }: Act) => {
  const sale = desk.sales.get(id)
  if (sale === undefined) return
  const next = follow(desk, sale, { paused: null })
  desk.note(next, { code: 'sale.resumed', params: { sale: id, by } })
}

/** By itself: the customer types what nobody may see. */
export const secret = (desk: SaleDesk, { sale: id, on, by }: Act & { readonly on: boolean }) => {
  const sale = desk.sales.get(id)
  if (sale === undefined || !isUnderWay(sale) || sale.secret === on) return
  const next = follow(desk, sale, { secret: on })
  desk.note(next, { code: on ? 'sale.secret' : 'sale.secret-over', params: { sale: id, by } })
}

/** Every recorder runs. */
export const start = (desk: SaleDesk, sale: SaleRow): SaleRow =>
  change(desk, sale, { state: sale.secret ? 'paused' : 'recording' })
