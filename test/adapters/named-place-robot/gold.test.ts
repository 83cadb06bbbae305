/** The adapter with its simulated robot reaches the highest level of the examination. */
import { itReachesGold } from '../support/gold.ts'

itReachesGold('adapters/named-place-robot/conformance')
