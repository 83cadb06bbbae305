import { diversionInvitation } from '#flows/diversion-invitation/flow.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { diversionInvitationProof } from './proof.ts'

describeFlow(diversionInvitation, diversionInvitationProof)
