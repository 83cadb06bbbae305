/** What changes in the library by itself when a day begins: what had its last day yesterday is on no screen any more. */
import type { Turn } from '../engine/turn.ts'
import { forgetOldPlays } from './content-plays.ts'
import { refreshConfigs } from './device-config.ts'
import { branchDay } from './view.ts'

const dayKey = 'content-day'

/** Asked each minute. A hub that was down at midnight sends all configs anew when it starts. */
export const followContentDay = (turn: Turn): void => {
  const { state } = turn
  if (state.contentItems.size === 0) return
  const day = branchDay(state, turn.at)
  if (state.meta.get(dayKey)?.['day'] === day) return
  state.meta.put(dayKey, { day })
  forgetOldPlays(turn, day)
  refreshConfigs(turn)
  turn.stir()
}
