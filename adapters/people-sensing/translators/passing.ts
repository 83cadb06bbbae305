/** People who passed a line, counted and not followed: in, they came; out, they left. */
import type { Findings, TimeRules } from './outcome.ts'
import { ageOf } from './stamp.ts'

export interface Passing {
  readonly device: string
  readonly zone: string
  readonly direction: 'in' | 'out'
  readonly count: number
  readonly at: number
  readonly stamp: number | undefined
}

export const tellPassing = (
  passing: Passing,
  on: { readonly findings: Findings; readonly rules: TimeRules },
): void => {
  const { device, zone, direction, count } = passing
  if (count < 1) return
  const age = ageOf(passing.at, passing.stamp, on.rules)
  on.findings.trouble(age.trouble)
  if (age.isStale) return
  if (direction === 'in')
    on.findings.event({
      device,
      name: 'visitor.detected',
      data: { zone, count, direction: 'in', ...age.observed },
    })
  else on.findings.event({ device, name: 'visitor.left', data: { zone, count, ...age.observed } })
}

export const opposite = (direction: 'in' | 'out'): 'in' | 'out' => (direction === 'in' ? 'out' : 'in')
