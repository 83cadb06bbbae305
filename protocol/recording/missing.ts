/** What stands between a recorded sale and its sale step: the same for the hub that refuses it and the page that says so. */
import type { Finding, Gap, RecorderName, SaleItem, SaleRow } from './sale.ts'

export type Missing =
  /** It is not recorded now. */
  | { readonly what: 'state'; readonly state: SaleRow['state'] }
  | { readonly what: 'item'; readonly item: string }
  | { readonly what: 'finding'; readonly finding: string; readonly code: Finding['code'] }
  /** One that is not on, or a kind (`hub`, `page`) of which there is none. */
  | { readonly what: 'recorder'; readonly recorder: string }
  /** A time that no recorder has: nothing puts that right but recording it anew. */
  | { readonly what: 'gap'; readonly recorder: RecorderName }
  /** As much was found as is kept: what came after it nobody knows. */
  | { readonly what: 'full' }

/** Whoever finds more has stopped reading long before: nothing is sold on what nobody keeps. */
export const findingsMax = 200

type Recorded = Pick<SaleRow, 'recorders'>

const overlap = (one: Gap, other: Gap) => one.from < other.to && other.from < one.to

const pageOf = (participant: string): RecorderName => `page:${participant}`

/** Whose it is: a page records itself alone. */
const whose = (name: RecorderName, gap: Gap): string | undefined =>
  name === 'hub' ? gap.of : name.slice('page:'.length)

/** What each copy of somebody lacks: the hub's own, and that of their page. Of nobody in particular: what everybody lacks. */
const isLostIn = ({ recorders }: Recorded, name: RecorderName, gap: Gap): boolean => {
  const of = whose(name, gap)
  const copies = recorders.filter((one) => one.name === 'hub' || of === undefined || one.name === pageOf(of))
  const lacks = (other: Gap) =>
    (of === undefined || other.of === undefined || other.of === of) && overlap(gap, other)
  return copies.every(({ gaps }) => gaps.some(lacks))
}

/** No copy has it. */
export const uncovered = (sale: Recorded, gap: Gap): boolean =>
  sale.recorders.some(({ name, gaps }) => gaps.some((one) => one === gap) && isLostIn(sale, name, gap))

export const lostFor = (sale: Recorded): readonly RecorderName[] =>
  sale.recorders.filter(({ gaps }) => gaps.some((gap) => uncovered(sale, gap))).map(({ name }) => name)

/** One in the call and a second copy: nothing counts before both run. */
const kinds = ['hub', 'page'] as const
const kindOf = (name: RecorderName) => (name === 'hub' ? 'hub' : 'page')

export const recordersMissing = ({ recorders }: Recorded): readonly string[] => [
  ...kinds.filter((kind) => !recorders.some(({ name }) => kindOf(name) === kind)),
  ...recorders.flatMap(({ name, state }) => (state === 'on' ? [] : [name])),
]

export const isOpenItem = ({ state }: SaleItem): boolean => state === 'open'

/** @returns nothing: the sale step may be done. */
export const missingOf = (
  sale: Pick<SaleRow, 'state' | 'items' | 'findings' | 'recorders'>,
): readonly Missing[] => [
  ...(sale.state === 'recording' ? [] : [{ what: 'state' as const, state: sale.state }]),
  ...sale.items.filter(isOpenItem).map(({ id }) => ({ what: 'item' as const, item: id })),
  ...sale.findings
    .filter(({ settled }) => settled === null)
    .map(({ id, code }) => ({ what: 'finding' as const, finding: id, code })),
  ...recordersMissing(sale).map((recorder) => ({ what: 'recorder' as const, recorder })),
  ...lostFor(sale).map((recorder) => ({ what: 'gap' as const, recorder })),
  ...(sale.findings.length >= findingsMax ? [{ what: 'full' as const }] : []),
]
