/** A product is to be sold: its script is taken as it is now, and the customer is asked whether it may be recorded. */
import type { SaleRow } from '#protocol/recording/sale.ts'
import { arm, deviceFor, scriptFor, sellerFor, type Who } from './find.ts'
import type { SaleDesk } from './port.ts'

export interface BeginSale extends Who {
  readonly call: string | null
  readonly device: string | null
  readonly product: string
  readonly termEnds: string | null
}

export const begin = (desk: SaleDesk, asked: BeginSale) => {
  const script = scriptFor(desk, asked.product)
  const seller = sellerFor(desk, asked.call, asked)
  if (script === undefined || seller === undefined) return
  const call = asked.call === null ? undefined : desk.calls.get(asked.call)
  const id = desk.id('sale')
  const sale: SaleRow = {
    id,
    at: desk.at,
    call: asked.call,
    device: deviceFor(desk, asked),
    visit: call?.visit ?? null,
    ticket: call?.ticket ?? null,
    seller,
    product: asked.product,
    script: script.id,
    version: script.version,
    state: 'consent',
    since: desk.at,
    n: 0,
    consent: null,
    paused: null,
    secret: false,
    items: script.items.map((item) => ({ id: item.id, state: 'open', at: null, by: null })),
    findings: [],
    recorders: [],
    inspector: desk.waits.inspector === 'none' ? 'none' : 'waiting',
    termEnds: asked.termEnds,
    sold: null,
    outcome: null,
    endedBy: null,
    sealed: null,
  }
  desk.saleScripts.put(id, script)
  desk.sales.put(id, sale)
  arm(desk, id, { consent: desk.waits.consentMs, longest: desk.waits.longestMs })
  const params = { sale: id, product: asked.product, script: script.id, version: script.version, by: seller }
  desk.note(sale, { code: 'sale.begun', params })
}
