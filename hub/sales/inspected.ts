/** What the inspector heard. Words are not among it: what was said is in the sealed recording alone. */
import type { Finding, SaleItem, SaleRow } from '#protocol/recording/sale.ts'
import type { Speaker } from '#protocol/recording/script.ts'
import { change, isRunning } from './find.ts'
import { find, isSame, put } from './findings.ts'
import type { SaleDesk } from './port.ts'

/** One thing that was found, as it is known by: what, about what and when. */
export interface Found {
  readonly code: Exclude<Finding['code'], 'gap' | 'inspector-lost'>
  readonly about: string
  /** Hub time of the words. */
  readonly at: number
  readonly speaker: Speaker | null
}

/** What the inspector makes of the words so far, where that differs from what it said before. */
export interface Inspected {
  readonly heard: readonly { readonly item: string; readonly at: number }[]
  /** A late line showed that it was not, or the customer took it back. */
  readonly unheard: readonly string[]
  readonly found: readonly Found[]
  /** It holds no longer: said again at its place, or a late line put it right. */
  readonly cleared: readonly Found[]
}

interface Of {
  readonly sale: string
}

/** What is heard counts more than a tick of the same. */
const itemsAfter = (sale: SaleRow, { heard, unheard }: Inspected): readonly SaleItem[] =>
  sale.items.map((item) => {
    const mark = heard.find((one) => one.item === item.id)
    if (mark !== undefined) return { ...item, state: 'heard', at: mark.at, by: 'speech' }
    // What was sold, was sold with it.
    const isGone = unheard.includes(item.id) && item.state === 'heard' && sale.sold === null
    return isGone ? { ...item, state: 'open', at: null, by: null } : item
  })

const cleared = (desk: SaleDesk, findings: readonly Finding[], gone: Inspected['cleared']) =>
  findings.map((one) =>
    one.settled === null && gone.some((other) => isSame(one, other))
      ? { ...one, settled: { by: 'speech', at: desk.at, note: '' } }
      : one,
  )

const tell = (desk: SaleDesk, sale: SaleRow, { heard, unheard, found, cleared: gone }: Inspected) => {
  const { id } = sale
  for (const { item } of heard) desk.note(sale, { code: 'sale.heard', params: { sale: id, item } })
  for (const item of unheard) desk.note(sale, { code: 'sale.unheard', params: { sale: id, item } })
  for (const { code, about } of found)
    desk.note(sale, { code: 'sale.found', params: { sale: id, finding: code, about } })
  for (const { code, about } of gone)
    desk.note(sale, { code: 'sale.cleared', params: { sale: id, finding: code, about } })
}

export const onInspected = (desk: SaleDesk, { sale: id, ...inspected }: Of & Inspected) => {
  const sale = desk.sales.get(id)
  if (sale === undefined || !isRunning(sale)) return
  let findings = cleared(desk, sale.findings, inspected.cleared)
  for (const seen of inspected.found) findings = [...find({ findings }, seen)]
  const next = change(desk, sale, { items: itemsAfter(sale, inspected), findings })
  tell(desk, next, inspected)
}

/** Nobody listened for a while: whoever sells ticks what was said meanwhile, and says that nothing else was. */
export const onInspector = (desk: SaleDesk, { sale: id, state }: Of & { readonly state: 'on' | 'lost' }) => {
  const sale = desk.sales.get(id)
  if (sale === undefined || !isRunning(sale) || sale.inspector === 'none' || sale.inspector === state) return
  const next = change(desk, sale, { inspector: state })
  desk.note(next, { code: `inspector.${state}`, params: { sale: id } })
  if (state === 'on') return
  put(desk, next, find(next, { code: 'inspector-lost', about: 'speech', at: desk.at, speaker: null }))
}
