/** The template is what every vendor starts from: as it stands it reaches the highest level, with its own simulator. */
import { itReachesGold } from '../support/gold.ts'

itReachesGold('adapters/template')
