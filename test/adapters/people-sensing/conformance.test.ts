/** The adapter, with the vendors' side simulated, under the examiner that vendors run themselves. */
import { itReachesGold } from '../support/gold.ts'

itReachesGold('adapters/people-sensing/conformance', ['--device', 'people-sensing-1'])
