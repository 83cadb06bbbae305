/** What proves the branch's side of calls: its samples, and what must hold in them. */
import { samples } from '#flows/escalation/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const escalationProof: FlowProof = {
  lives: 150,
  // Lasts as long as the call, whose end the expert desk tells.
  resident: ['open'],
  scenarios: samples,
}
