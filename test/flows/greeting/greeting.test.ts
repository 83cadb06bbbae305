import { greeting } from '#flows/greeting/flow.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { greetingProof } from './proof.ts'

describeFlow(greeting, greetingProof)
