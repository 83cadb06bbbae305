/** A page in Chromium before the examiner, which starts, stops and kills the browser with all that it keeps. */
import { join } from 'node:path'
import { itReachesGold } from '../support/gold.ts'

itReachesGold(`--start=exec node ${join(import.meta.dirname, 'support/examined.main.ts')}`)
