/** The adapter with its robot reaches the highest level of the examination. */
import { itReachesGold } from '../support/gold.ts'

itReachesGold('test/adapters/rosbridge/conformance')
