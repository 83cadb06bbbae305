/** What the inspector and the recorders found, as it is kept. */
import { findingsMax, uncovered } from '#protocol/recording/missing.ts'
import type { Finding, SaleRow } from '#protocol/recording/sale.ts'
import { change } from './find.ts'
import type { SaleDesk } from './port.ts'

type Seen = Pick<Finding, 'code' | 'about' | 'at' | 'speaker'>

export const isSame = (one: Pick<Finding, 'code' | 'about' | 'at'>, other: typeof one): boolean =>
  one.code === other.code && one.about === other.about && one.at === other.at

/** A note is enough; of a time that no copy has, it is not: of nobody who lacks it then. */
export const maySettle = (
  sale: SaleRow,
  { code, about, at }: Pick<Finding, 'code' | 'about' | 'at'>,
): boolean =>
  code !== 'gap' ||
  !sale.recorders.some(
    ({ name, gaps }) =>
      name === about && gaps.some((gap) => gap.from <= at && at <= gap.to && uncovered(sale, gap)),
  )

/** @returns the findings with this one; as they were where it is among them already. */
export const find = ({ findings }: Pick<SaleRow, 'findings'>, seen: Seen): readonly Finding[] => {
  const before = findings.find((one) => isSame(one, seen))
  if (before?.settled === null) return findings
  // What was put right, and is found once more, stands in the way once more.
  if (before !== undefined)
    return findings.map((one) =>
      one === before && one.settled?.by === 'speech' ? { ...one, settled: null } : one,
    )
  if (findings.length >= findingsMax) return findings
  return [...findings, { id: String(findings.length + 1), ...seen, settled: null }]
}

export const put = (desk: SaleDesk, sale: SaleRow, findings: readonly Finding[]): SaleRow =>
  findings === sale.findings ? sale : change(desk, sale, { findings })
