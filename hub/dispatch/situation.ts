/** The branch as the choice looks at it: at a moment, with what is held and who was asked lately. */
import { isWithin, localTime } from '#protocol/local-time.ts'
import type { Turn } from '../engine/turn.ts'
import type { Situation } from './eligible.ts'

/** All that a choice depends on: a turn is one, and so is a look at the committed state. */
export type Sight = Pick<Turn, 'state' | 'view' | 'at' | 'settings'>

const isQuiet = ({ view: { branch }, at }: Sight): boolean => {
  if (branch.quiet.length === 0) return false
  const { time } = localTime(at, branch)
  return branch.quiet.some((span) => isWithin(time, span))
}

export const situationOf = (sight: Sight): Situation => ({
  view: sight.view,
  at: sight.at,
  quiet: isQuiet(sight),
  interruptionsMax: sight.settings.interruptionsMax,
  claim: (key) => sight.state.claims.get(key),
  task: (id) => sight.state.tasks.get(id),
  member: (id) => sight.state.members.get(id),
})
