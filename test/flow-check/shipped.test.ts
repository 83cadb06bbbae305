/** The shipped flows before the check, as `usher flows check` holds them. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkShipped, readmeFindings } from '#cli/flows/check.ts'
import { flows } from '#flows/index.ts'
import { findingRows, isFatal } from '#hub/flow-check/finding.ts'
import { shippedClaims } from '#hub/flow-check/shipped-claims.ts'

it('a page that does not show the machine, or none, is found', () => {
  const [flow] = flows
  if (flow === undefined) throw new Error('no flow')
  const elsewhere = join(import.meta.dirname, '../../flows/greeting')
  expect(readmeFindings(flow).map(({ says }) => says)).toEqual([])
  expect(readmeFindings(flow, elsewhere).map(({ says }) => says)).toEqual(['its diagram is not the machine'])
  expect(readmeFindings(flow, import.meta.dirname).map(({ says }) => says)).toEqual(['there is none'])
})

describe('the shipped flows', () => {
  it('pass, with nothing to look at, and each excuse names its reason', { timeout: 60_000 }, async () => {
    const reports = await checkShipped(() => Promise.resolve([]))
    expect(reports.map(({ flow }) => flow)).toEqual(flows.map(({ id }) => id))
    const open = reports.flatMap(({ flow, findings }) =>
      findings.filter(({ excused }) => excused === null).map(({ code, at }) => `${flow} ${code} ${at}`),
    )
    expect(open).toEqual([])
    expect(reports.flatMap(({ findings }) => findings.filter(isFatal))).toEqual([])
    expect(reports.flatMap(({ claims }) => claims)).toEqual(shippedClaims)
    for (const { excuses = [] } of flows)
      for (const { finding, because } of excuses) {
        expect(Object.keys(findingRows)).toContain(finding)
        expect(because.length).toBeGreaterThan(30)
      }
  })
})
