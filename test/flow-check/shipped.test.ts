/** The shipped flows before the check, as `usher flows check` holds them. */
import { describe, expect, it } from 'vitest'
import { checkShipped } from '#cli/flows/check.ts'
import { flows } from '#flows/index.ts'
import { findingRows, isFatal } from '#hub/flow-check/finding.ts'
import { shippedClaims } from '#hub/flow-check/shipped-claims.ts'

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
