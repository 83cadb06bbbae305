/** What proves emergency: its samples, and what must hold in them. */
import { samples } from '#flows/emergency/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const emergencyProof: FlowProof = {
  resident: ['leading'],
  scenarios: samples,
}
