/** Everything a simulated day leaves behind, as one hash: journal, record, decisions, figures, the devices' logs. */
import { createHash } from 'node:crypto'
import type { SimulatedDay } from '#cli/simulate/day.ts'

export const dayStoryDigest = ({ entries, record, decisions, figures, logs, tasks }: SimulatedDay): string =>
  createHash('sha256')
    .update(JSON.stringify([entries(), record, decisions, figures, logs, tasks]))
    .digest('hex')
