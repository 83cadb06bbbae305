/** Recorded sales as text. */
import type { SaleLine } from '#protocol/desk/sale-routes.ts'
import type { ReportFinding, ReportItem, SaleReport } from '#protocol/recording/report.ts'
import { type Tongue, titled } from '../io/language.ts'
import { printableLines } from '../io/printable.ts'
import { table } from '../io/table.ts'
import { clockTime, dateTime } from '../io/time.ts'

export const salesText = (lines: readonly SaleLine[], tongue: Tongue): string =>
  lines.length === 0
    ? 'No sale was recorded in the last seven days.'
    : table(lines, [
        { title: 'sale', cell: ({ id }) => id },
        { title: 'at', cell: ({ at }) => dateTime(at) },
        { title: 'product', cell: ({ product }) => product },
        { title: 'script', cell: ({ title }) => titled(title, tongue) },
        { title: 'seller', cell: ({ seller }) => seller },
        { title: 'is', cell: ({ state, outcome }) => outcome ?? state },
        { title: 'open', cell: ({ open }) => open },
        { title: 'unsettled', cell: ({ unsettled }) => unsettled },
      ])

const named = (tongue: Tongue, { id, title }: { id: string; title: Readonly<Record<string, string>> }) =>
  titled(title, tongue) || id

const itemsText = (items: readonly ReportItem[], tongue: Tongue): string =>
  table(items, [
    { title: 'item', cell: (item) => named(tongue, item) },
    { title: 'said by', cell: ({ speaker }) => speaker },
    { title: 'is', cell: ({ state }) => state },
    { title: 'at', cell: ({ at }) => (at === null ? null : clockTime(at)) },
    { title: 'by', cell: ({ by }) => by },
  ])

const settledText = ({ settled }: ReportFinding): string =>
  settled === null ? 'open' : settled.note === '' ? settled.by : `${settled.by}: ${settled.note}`

const findingsText = (findings: readonly ReportFinding[], tongue: Tongue): string =>
  findings.length === 0
    ? 'Nothing was found.'
    : table(findings, [
        { title: 'finding', cell: ({ code }) => code },
        { title: 'about', cell: ({ about, title }) => named(tongue, { id: about, title }) },
        { title: 'at', cell: ({ at }) => clockTime(at) },
        { title: 'settled', cell: settledText, widthMax: 80 },
      ])

const recorderText = ({ name, state, gaps }: SaleReport['recorders'][number]): string =>
  gaps.length === 0
    ? `${name} ${state}`
    : `${name} ${state}, gaps ${gaps.map(({ from, to }) => `${clockTime(from)}-${clockTime(to)}`).join(' ')}`

export const reportText = (report: SaleReport, tongue: Tongue): string => {
  const { id, at, product, script, version, seller, state, outcome, consent, sold, recorders, sealed } =
    report
  const act = (one: SaleReport['sold']) => (one === null ? 'no' : `${clockTime(one.at)} by ${one.by}`)
  const lines = [
    `${id}: ${product}, by script ${script} version ${version}`,
    `began ${dateTime(at)} by ${seller}; ${outcome ?? state}`,
    `may be recorded: ${act(consent)}; sold: ${act(sold)}`,
    `recorders: ${recorders.map(recorderText).join('; ') || 'none'}`,
    `sealed: ${sealed === null ? 'no' : `${dateTime(sealed.at)}, manifest ${sealed.manifest}`}`,
    '',
    itemsText(report.items, tongue),
    '',
    findingsText(report.findings, tongue),
  ]
  return printableLines(lines.join('\n'))
}
