/** What proves counter-vacancy: its samples, and what must hold in them. */
import { samples } from '#flows/counter-vacancy/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const counterVacancyProof: FlowProof = {
  lives: 150,
  resident: ['manned', 'alerted'],
  scenarios: samples,
}
