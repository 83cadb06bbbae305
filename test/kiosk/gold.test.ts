/** The built page of a kiosk before the examiner, in a real browser that it starts, stops and kills. */
import { join } from 'node:path'
import { itReachesGold } from '../adapters/support/gold.ts'

itReachesGold(`--start=exec node ${join(import.meta.dirname, 'support/examined.main.ts')}`)
