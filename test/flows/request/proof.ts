/** What proves request: its samples, and what must hold in them. */
import { samples } from '#flows/request/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const requestProof: FlowProof = {
  scenarios: samples,
  lives: 150,
  atMost: { greet: 1, guide: 1, announce: 1, display: 1, promote: 1, dock: 1, 'call-staff': 1 },
}
