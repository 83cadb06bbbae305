/** The adapter before the examiner, with a virtual vehicle of `vda-5050-lib` behind it: it keeps the whole contract. */
import { itReachesGold } from '../support/gold.ts'

itReachesGold('test/adapters/vda-5050/conformance')
