/** What recorders say: that they run or are gone, what they lack, and that all is sealed. */
import { recordersMissing } from '#protocol/recording/missing.ts'
import type { Gap, RecorderName, RecorderRow, RecorderState, SaleRow } from '#protocol/recording/sale.ts'
import { seal } from './end.ts'
import { change, disarm, isOver, isUnderWay, openSales } from './find.ts'
import { find, put } from './findings.ts'
import { start } from './pause.ts'
import type { SaleDesk } from './port.ts'

interface Of {
  readonly sale: string
  readonly recorder: RecorderName
}

const known = ({ recorders }: SaleRow, name: RecorderName): RecorderRow | undefined =>
  recorders.find((one) => one.name === name)

const withRecorder = ({ recorders }: SaleRow, row: RecorderRow): readonly RecorderRow[] =>
  [...recorders.filter(({ name }) => name !== row.name), row].toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** A call has two to four, and one in the hub. */
const recordersMax = 5

/** Nobody is recorded who has not said yes. */
const mayRecord = ({ consent }: SaleRow) => consent !== null

export const onRecorder = (
  desk: SaleDesk,
  { sale: id, recorder, state, why }: Of & { state: RecorderState; why?: string },
) => {
  const sale = desk.sales.get(id)
  if (sale === undefined || isOver(sale) || !mayRecord(sale)) return
  const before = known(sale, recorder)
  if (before?.state === state || (before === undefined && sale.recorders.length >= recordersMax)) return
  const row: RecorderRow = { name: recorder, state, since: desk.at, gaps: before?.gaps ?? [] }
  const next = change(desk, sale, { recorders: withRecorder(sale, row) })
  desk.note(next, {
    code: `recorder.${state}`,
    params: { sale: id, recorder, ...(why !== undefined && { why }) },
  })
  if (next.state !== 'starting' || recordersMissing(next).length > 0) return
  disarm(desk, id, 'start')
  start(desk, next)
}

/** Ascending and apart. */
const joined = (gaps: readonly Gap[], gap: Gap): readonly Gap[] => {
  const touches = (one: Gap) => one.of === gap.of && one.from <= gap.to && gap.from <= one.to
  const whole = gaps
    .filter(touches)
    .reduce((sum, one) => ({ ...gap, from: Math.min(sum.from, one.from), to: Math.max(sum.to, one.to) }), gap)
  return [...gaps.filter((one) => !touches(one)), whole].toSorted((a, b) => a.from - b.from)
}

/** More are one: nobody reads hundreds. */
const gapsMax = 50

const bounded = (gaps: readonly Gap[]): readonly Gap[] => {
  const [first] = gaps
  const last = gaps.at(-1)
  return gaps.length <= gapsMax || first === undefined || last === undefined
    ? gaps
    : [{ from: first.from, to: last.to }]
}

export const onGap = (desk: SaleDesk, { sale: id, recorder, from, to, of }: Of & Gap) => {
  const sale = desk.sales.get(id)
  if (sale === undefined || isOver(sale) || to <= from) return
  const before = known(sale, recorder)
  if (before === undefined) return
  const gaps = bounded(joined(before.gaps, { from, to, ...(of !== undefined && { of }) }))
  if (JSON.stringify(gaps) === JSON.stringify(before.gaps)) return
  const next = change(desk, sale, { recorders: withRecorder(sale, { ...before, gaps }) })
  put(desk, next, find(next, { code: 'gap', about: recorder, at: from, speaker: null }))
  desk.note(next, { code: 'recorder.gap', params: { sale: id, recorder, of: of ?? '', from, to } })
}

export const onSealed = (desk: SaleDesk, { sale, manifest }: { sale: string; manifest: string }) =>
  seal(desk, { sale, manifest })

/** Nobody who recorded before a start of the hub is known to do so after it, until they say so. */
export const awaitRecorders = (desk: SaleDesk) => {
  for (const sale of openSales(desk).filter(isUnderWay)) {
    const recorders = sale.recorders.map(
      (row): RecorderRow =>
        row.state === 'on' || row.state === 'starting' ? { ...row, state: 'lost', since: desk.at } : row,
    )
    const inspector = sale.inspector === 'none' ? 'none' : 'waiting'
    change(desk, sale, { recorders, inspector })
  }
}
