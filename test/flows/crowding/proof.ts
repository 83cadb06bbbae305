/** What proves crowding: its samples, and what must hold in them. */
import { samples } from '#flows/crowding/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const crowdingProof: FlowProof = {
  resident: ['crowded', 'easing', 'blocking'],
  scenarios: samples,
}
