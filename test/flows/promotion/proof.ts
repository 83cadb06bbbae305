/** What proves promotion: its samples, and what must hold in them. */
import { samples } from '#flows/promotion/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const promotionProof: FlowProof = {
  atMost: { 'call-staff': 1 },
  scenarios: samples,
}
