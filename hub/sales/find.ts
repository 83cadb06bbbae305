/** Sales as rows: how they are found and changed. */
import type { CallRow } from '#protocol/calls/rows.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import type { ScriptItem } from '#protocol/recording/script.ts'
import { expertIn, managerIn } from '../calls/find.ts'
import { type SaleDesk, type SaleLook, type SaleTables, type SaleTimer, saleOwner } from './port.ts'

export const isOver = ({ state }: Pick<SaleRow, 'state'>): boolean => state === 'over'

/** Whether anything about it can still change by what people do. */
export const isUnderWay = ({ state }: Pick<SaleRow, 'state'>): boolean =>
  state !== 'sealing' && state !== 'over'

/** Somebody may be recorded, or is not at this moment because of something secret. */
export const isRunning = ({ state }: Pick<SaleRow, 'state'>): boolean =>
  state === 'recording' || state === 'paused'

export const openSales = ({ sales }: Pick<SaleTables, 'sales'>): readonly SaleRow[] =>
  sales.values().filter((sale) => !isOver(sale))

export const change = (desk: SaleDesk, sale: SaleRow, to: Partial<SaleRow>): SaleRow => {
  const isNew = to.state !== undefined && to.state !== sale.state
  const next: SaleRow = { ...sale, ...to, n: sale.n + 1, ...(isNew && { since: desk.at }) }
  desk.sales.put(next.id, next)
  return next
}

export const arm = (desk: SaleDesk, sale: string, afterMs: Partial<Readonly<Record<SaleTimer, number>>>) => {
  for (const [name, ms] of Object.entries(afterMs))
    desk.setTimer(saleOwner(sale), name as SaleTimer, desk.at + ms)
}

export const disarm = (desk: SaleDesk, sale: string, ...names: readonly SaleTimer[]) => {
  for (const name of names) desk.clearTimer(saleOwner(sale), name)
}

export const itemOf = (look: SaleTables, sale: string, item: string): ScriptItem | undefined =>
  look.saleScripts.get(sale)?.items.find(({ id }) => id === item)

export interface Who {
  /** The account. */
  readonly by: string
  /** Leads the branch: may sell without an expert, and in calls that they stand in. */
  readonly leads: boolean
}

const inCall = (call: CallRow, { by, leads }: Who): string | undefined => {
  if (call.expert === by) return expertIn(by)
  return leads && call.participants.includes(managerIn(by)) ? managerIn(by) : undefined
}

/** As whom somebody sells in a call, or at the branch without one. @returns undefined: they may not. */
export const sellerFor = (look: SaleLook, call: string | null, who: Who): string | undefined => {
  if (call === null) return who.leads ? managerIn(who.by) : undefined
  const row = look.calls.get(call)
  return row && inCall(row, who)
}

/** Whoever began it, or who may sell in its call by now. */
export const actsAs = (look: SaleLook, sale: SaleRow, who: Who): string | undefined => {
  if (who.leads && sale.seller === managerIn(who.by)) return sale.seller
  return sellerFor(look, sale.call, who)
}

/** A call has its own customer's side. */
export const deviceFor = (
  look: SaleLook,
  { call, device }: { call: string | null; device: string | null },
) => (call === null ? device : (look.calls.get(call)?.device ?? null))

export const scriptFor = ({ plan }: Pick<SaleLook, 'plan'>, product: string) =>
  plan?.scripts.find(({ products }) => products.includes(product))
