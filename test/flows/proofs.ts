/** Every shipped flow with the situations that prove it. */
import type { AnyFlow } from '#flows/define.ts'
import { flows } from '#flows/index.ts'
import { assistanceProof } from './assistance/proof.ts'
import { counterVacancyProof } from './counter-vacancy/proof.ts'
import { crowdingProof } from './crowding/proof.ts'
import { deviceCareProof } from './device-care/proof.ts'
import { diversionProof } from './diversion/proof.ts'
import { diversionInvitationProof } from './diversion-invitation/proof.ts'
import { emergencyProof } from './emergency/proof.ts'
import { escalationProof } from './escalation/proof.ts'
import { greetingProof } from './greeting/proof.ts'
import type { FlowProof } from './kit/describe-flow.ts'
import { promotionProof } from './promotion/proof.ts'
import { requestProof } from './request/proof.ts'
import { ticketCallProof } from './ticket-call/proof.ts'

const proofs: Readonly<Record<string, FlowProof>> = {
  assistance: assistanceProof,
  'counter-vacancy': counterVacancyProof,
  crowding: crowdingProof,
  'device-care': deviceCareProof,
  diversion: diversionProof,
  'diversion-invitation': diversionInvitationProof,
  emergency: emergencyProof,
  escalation: escalationProof,
  greeting: greetingProof,
  promotion: promotionProof,
  request: requestProof,
  'ticket-call': ticketCallProof,
}

/** @throws where a flow is shipped without a proof. */
export const provenFlows = (): readonly { readonly flow: AnyFlow; readonly proof: FlowProof }[] =>
  flows.map((flow) => {
    const proof = proofs[flow.id]
    if (proof === undefined) throw new Error(`${flow.id} has no proof`)
    return { flow, proof }
  })
