/** The adapter, with a simulated queue system, under the examiner that vendors run themselves. */
import { itReachesGold } from '../support/gold.ts'

itReachesGold('adapters/queue-system/conformance')
