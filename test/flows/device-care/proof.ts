/** What proves device-care: its samples, and what must hold in them. */
import { samples } from '#flows/device-care/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const deviceCareProof: FlowProof = {
  lives: 200,
  resident: ['watching', 'alerted'],
  scenarios: samples,
}
