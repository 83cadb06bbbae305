/** What whoever sells says for the inspector: that something was said, and that something was put right. */
import type { SaleItem } from '#protocol/recording/sale.ts'
import { change } from './find.ts'
import type { SaleDesk } from './port.ts'

interface OfItem {
  readonly sale: string
  readonly item: string
}

const setItem = (desk: SaleDesk, { sale: id, item }: OfItem, to: Omit<SaleItem, 'id'>) => {
  const sale = desk.sales.get(id)
  if (sale === undefined) return
  const items = sale.items.map((one) => (one.id === item ? { ...one, ...to } : one))
  const code = to.state === 'ticked' ? 'sale.ticked' : 'sale.unticked'
  desk.note(change(desk, sale, { items }), { code, params: { sale: id, item } })
}

export const tick = (desk: SaleDesk, { by, ...of }: OfItem & { readonly by: string }) =>
  setItem(desk, of, { state: 'ticked', at: desk.at, by })

export const untick = (desk: SaleDesk, of: OfItem) => setItem(desk, of, { state: 'open', at: null, by: null })

interface Settle {
  readonly sale: string
  readonly finding: string
  readonly note: string
  readonly by: string
}

export const settle = (desk: SaleDesk, { sale: id, finding, note, by }: Settle) => {
  const sale = desk.sales.get(id)
  if (sale === undefined) return
  const findings = sale.findings.map((one) =>
    one.id === finding ? { ...one, settled: { by, at: desk.at, note } } : one,
  )
  const params = { sale: id, finding: sale.findings.find((one) => one.id === finding)?.code ?? '', by, note }
  desk.note(change(desk, sale, { findings }), { code: 'sale.settled', params })
}
