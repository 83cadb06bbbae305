/** What proves diversion: its samples, and what must hold in them. */
import { samples } from '#flows/diversion/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const diversionProof: FlowProof = {
  lives: 150,
  resident: ['calm', 'pressed', 'unknown'],
  scenarios: samples,
}
