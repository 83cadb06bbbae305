/** A sale and its script, as one: for whoever sells, and afterwards for whoever wants to know. */
import { missingOf } from '#protocol/recording/missing.ts'
import type { ReportFinding, ReportItem, SaleReport } from '#protocol/recording/report.ts'
import type { Finding, SaleItem, SaleRow } from '#protocol/recording/sale.ts'
import type { Script } from '#protocol/recording/script.ts'
import { maySettle } from './findings.ts'
import type { SaleTables } from './port.ts'

const itemOf = (script: Script | undefined, row: SaleItem): ReportItem => {
  const item = script?.items.find(({ id }) => id === row.id)
  return {
    ...row,
    title: { ...item?.title },
    speaker: item?.speaker ?? 'seller',
    kind: item?.kind ?? 'wording',
    wording: [...(item?.wordings[0] ?? [])],
    mayTick: item?.mayTick ?? false,
  }
}

const findingOf = (script: Script | undefined, sale: SaleRow, row: Finding): ReportFinding => {
  const of = [...(script?.items ?? []), ...(script?.forbidden ?? [])].find(({ id }) => id === row.about)
  return { ...row, title: { ...of?.title }, maySettle: maySettle(sale, row) }
}

/** @returns undefined: there is no such sale, or it is older than the hub remembers. */
export const saleReport = (tables: SaleTables, id: string): SaleReport | undefined => {
  const sale = tables.sales.get(id)
  if (sale === undefined) return undefined
  const script = tables.saleScripts.get(id)
  const { visit: _, termEnds: __, ...row } = sale
  return {
    ...row,
    title: { ...script?.title },
    items: sale.items.map((item) => itemOf(script, item)),
    findings: sale.findings.map((finding) => findingOf(script, sale, finding)),
    recorders: sale.recorders.map((recorder) => ({ ...recorder, gaps: [...recorder.gaps] })),
    missing: [...missingOf(sale)],
  }
}
