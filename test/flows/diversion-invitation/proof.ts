/** What proves diversion-invitation: its samples, and what must hold in them. */
import { samples } from '#flows/diversion-invitation/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const diversionInvitationProof: FlowProof = {
  lives: 200,
  // An emergency ends by hand; until then the queue system is not told.
  resident: ['retrying'],
  atMost: { 'offer-service': 1 },
  scenarios: samples,
}
