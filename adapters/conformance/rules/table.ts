/** Every rule of the examination, in the order in which it is run: first the plain things, last what hurts. */
import type { Rule } from '../rule.ts'
import { birthRules } from './birth.ts'
import { cancelRules } from './cancels.ts'
import { messageRules, resendRules } from './messages.ts'
import { orderRules } from './orders.ts'
import { bootRules, presenceRules, roughPresenceRules, stopRules } from './presence.ts'
import { refusalRules } from './refusals.ts'
import { repeatRules } from './repeats.ts'
import { restartRules } from './restarts.ts'
import { roughRules } from './rough.ts'
import { reportRules, taskRules } from './tasks.ts'

export const rules: readonly Rule[] = [
  ...birthRules,
  ...taskRules,
  ...refusalRules,
  ...cancelRules,
  ...repeatRules,
  ...presenceRules,
  ...stopRules,
  ...orderRules,
  ...restartRules,
  ...resendRules,
  ...roughPresenceRules,
  ...roughRules,
  ...reportRules,
  ...messageRules,
  ...bootRules,
]
