/** All broken devices, each with the one rule that must find it. */
import { answerFaults } from './answer-faults.ts'
import { birthFaults } from './birth-faults.ts'
import type { Fault } from './fault.ts'
import { memoryFaults } from './memory-faults.ts'
import { orderFaults } from './order-faults.ts'
import { repeatFaults } from './repeat-faults.ts'
import { roughFaults } from './rough-faults.ts'

export const faults: Readonly<Record<string, Fault>> = {
  ...birthFaults,
  ...answerFaults,
  ...repeatFaults,
  ...orderFaults,
  ...memoryFaults,
  ...roughFaults,
}
