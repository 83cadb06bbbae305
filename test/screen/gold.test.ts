/** The built page of a screen before the examiner, in a real browser that it starts, stops and kills. */
import { join } from 'node:path'
import { itReachesGold } from '../adapters/support/gold.ts'

itReachesGold(`--start=exec node ${join(import.meta.dirname, 'examined.main.ts')}`)
