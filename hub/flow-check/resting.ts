/**
 * Whether a flow that takes the place of a measured one still rests in the blocks without it. What no longer does works
 * on in the time it is compared with, and the measured effect comes out too small, without a sign of it.
 */
import type { AnyFlow } from '#flows/define.ts'
import type { FactType } from '#protocol/flow-events.ts'
import { measurableFlows } from '../branch/switchback-plan.ts'
import { type Finding, finding } from './finding.ts'

/** How the shipped flow of this name rests, as words that go from process to process. */
export interface RestsAs {
  readonly standing: boolean
  readonly notes: readonly FactType[]
}

export const restsAs = (shipped: readonly AnyFlow[], id: string): RestsAs | null => {
  const resting = measurableFlows.includes(id) ? shipped.find((flow) => flow.id === id)?.resting : undefined
  if (resting === undefined) return null
  return { standing: resting.standing !== undefined, notes: resting.notes ?? [] }
}

export const restingFindings = (flow: AnyFlow, shipped: RestsAs | null): readonly Finding[] => {
  if (shipped === null) return []
  const { standing, notes = [] } = flow.resting ?? {}
  const dropped = shipped.notes.filter((fact) => flow.listens.includes(fact) && !notes.includes(fact))
  return [
    ...(shipped.standing && standing === undefined
      ? [
          finding('resting.dropped', {
            at: 'resting.standing',
            says: 'as shipped, instances that stay begin nothing in a block without; here they go on',
          }),
        ]
      : []),
    ...dropped.map((fact) =>
      finding('resting.dropped', {
        at: 'resting.notes',
        says: `as shipped, it takes note of ${fact} in a block without; here it does not`,
      }),
    ),
  ]
}
