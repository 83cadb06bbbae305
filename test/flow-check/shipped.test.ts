/** The shipped flows before the check: what `usher flows check` says of them. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readmeFindings, reportText } from '#cli/flows/check.ts'
import { flows } from '#flows/index.ts'
import type { FlowReport } from '#hub/flow-check/check-flow.ts'
import { findingRows, isFatal } from '#hub/flow-check/finding.ts'
import { shippedClaims } from '#hub/flow-check/shipped-claims.ts'
import { usher } from '../cli/support.ts'

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
    const { code, said } = await usher('flows', 'check', '--json')
    expect(code).toBe(0)
    const reports = JSON.parse(said) as readonly FlowReport[]
    expect(reports.map(({ flow }) => flow)).toEqual(flows.map(({ id }) => id))
    const open = reports.flatMap(({ flow, findings }) =>
      findings.filter(({ excused }) => excused === null).map(({ code, at }) => `${flow} ${code} ${at}`),
    )
    expect(open).toEqual([])
    for (const { flow, version } of reports)
      expect(reportText(reports)).toMatch(new RegExp(`^${flow} +${version} .*sound`, 'm'))
    expect(reports.flatMap(({ findings }) => findings.filter(isFatal))).toEqual([])
    expect(reports.flatMap(({ claims }) => claims)).toEqual(shippedClaims)
    for (const { excuses = [] } of flows)
      for (const { finding, because } of excuses) {
        expect(Object.keys(findingRows)).toContain(finding)
        expect(because.length).toBeGreaterThan(30)
      }
  })
})
