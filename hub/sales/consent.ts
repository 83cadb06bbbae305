/**
 * Whether the customer may be recorded: asked for itself, apart from camera and microphone. Nobody's silence is a yes, and a no
 * holds whenever it comes.
 */
import { endSale } from './end.ts'
import { arm, change, disarm } from './find.ts'
import type { SaleDesk } from './port.ts'

interface Answer {
  readonly sale: string
  readonly given: boolean
  /** The kiosk, or whoever sells, from what the customer said. */
  readonly by: string
}

export const consent = (desk: SaleDesk, { sale: id, given, by }: Answer) => {
  if (!given) return endSale(desk, { sale: id, by, why: 'refused' })
  const sale = desk.sales.get(id)
  if (sale?.state !== 'consent') return
  disarm(desk, id, 'consent')
  arm(desk, id, { start: desk.waits.startMs })
  const next = change(desk, sale, { state: 'starting', consent: { by, at: desk.at } })
  desk.note(next, { code: 'sale.consented', params: { sale: id, by } })
}

export const onConsentOver = (desk: SaleDesk, id: string) => {
  if (desk.sales.get(id)?.state === 'consent') endSale(desk, { sale: id, by: 'hub', why: 'unanswered' })
}
