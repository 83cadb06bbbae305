/** What proves greeting: its samples, and what must hold in them. */
import { samples } from '#flows/greeting/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const greetingProof: FlowProof = {
  atMost: { greet: 1, guide: 1 },
  scenarios: samples,
}
