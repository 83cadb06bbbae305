/** The adapter with its simulated CMS and displays reaches the highest level of the examination. */
import { itReachesGold } from '../support/gold.ts'

itReachesGold('adapters/xibo/conformance')
