/** The adapter with its simulated plant reaches the highest level of the examination. */
import { itReachesGold } from '../support/gold.ts'

itReachesGold('adapters/opc-ua/conformance')
