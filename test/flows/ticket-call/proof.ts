/** What proves calls on screens: its samples, and what must hold in them. */
import { samples } from '#flows/ticket-call/samples.ts'
import type { FlowProof } from '../kit/describe-flow.ts'

export const ticketCallProof: FlowProof = { scenarios: samples }
