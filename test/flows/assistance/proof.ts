/** What proves assistance: its samples, and what must hold in them. */
import { samples } from '#flows/assistance/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const assistanceProof: FlowProof = {
  lives: 150,
  // Stays until an expert ends it: a request is never silently dropped. An emergency ends by hand.
  resident: ['escalated', 'withExpert', 'waitingOut'],
  scenarios: samples,
}
