/** Which settings of the flows are held against something that is measured, and so can be set on a chart of it. */
import type { TrendMeasure } from '../../../live/trends.ts'

export type Measure = TrendMeasure

export interface Measured {
  readonly measure: Measure
  readonly settings: readonly string[]
}

const byFlow: Readonly<Record<string, readonly Measured[]>> = {
  diversion: [
    { measure: 'waiting', settings: ['enterLength', 'leaveLength'] },
    { measure: 'announced', settings: ['enterWaitMs', 'leaveWaitMs', 'counterWaitMs'] },
  ],
  promotion: [
    { measure: 'waiting', settings: ['silentAboveWaiting'] },
    { measure: 'announced', settings: ['silentAboveWaitMs'] },
  ],
  'counter-vacancy': [{ measure: 'longest', settings: ['waitMs'] }],
}

export const measuredOf = (flow: string): readonly Measured[] => byFlow[flow] ?? []
