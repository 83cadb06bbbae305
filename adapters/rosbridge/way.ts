/** How a drive goes and how it ended, in the hub's words, from what nav2 reports. */
import type { ProgressOf } from '../sdk/adapter.ts'
import type { GoalEnd } from './goal.ts'
import { goalStatus } from './wire/protocol.ts'
import { readResult, type WayFeedback } from './wire/ros-messages.ts'

type Progress = ProgressOf<'guide'>

/** Closer to the goal by so much since it had to recover: it gets on again. */
const getsOnMetres = 0.3

export interface Way {
  /** @returns what is new to the hub; undefined: nothing. */
  feedback(feedback: WayFeedback): Progress | undefined
  /** It had to recover and has not got on since. */
  isBlocked(): boolean
}

export const createWay = (): Way => {
  let longest = 0
  let recoveries = 0
  let stuckAt: number | undefined
  let told = ''
  const isBlocked = () => stuckAt !== undefined
  return {
    isBlocked,
    feedback({ metresLeft, secondsLeft, recoveries: tries }) {
      // Before the first path is planned, nothing is left.
      const left = metresLeft === undefined || metresLeft === 0 ? undefined : metresLeft
      longest = Math.max(longest, left ?? 0)
      if (tries > recoveries) stuckAt = left ?? longest
      else if (stuckAt !== undefined && left !== undefined && stuckAt - left >= getsOnMetres)
        stuckAt = undefined
      recoveries = tries
      const percent = left === undefined ? undefined : Math.floor((1 - left / longest) * 100)
      const seconds = secondsLeft === undefined || secondsLeft === 0 ? '' : `, ${secondsLeft} s left`
      const step = isBlocked() ? `recovering (${tries})` : `driving${seconds}`
      const news = { ...(percent !== undefined && { percent: Math.min(99, Math.max(0, percent)) }), step }
      const key = JSON.stringify(news)
      if (key === told) return undefined
      told = key
      return news
    },
  }
}

/** Error codes of nav2's servers (nav2_msgs, iron and later): FollowPath 100, ComputePathToPose 200, docking 900. */
const errorCodes: Readonly<Record<number, string>> = {
  102: 'not-localised',
  104: 'blocked',
  105: 'blocked',
  106: 'blocked',
  107: 'navigation-timeout',
  202: 'not-localised',
  203: 'outside-map',
  204: 'outside-map',
  205: 'blocked',
  206: 'blocked',
  207: 'navigation-timeout',
  208: 'no-route',
  904: 'dock-not-found',
  906: 'not-charging',
}

export type Verdict =
  | { readonly done: true }
  /** `begun: false`: the robot did nothing. */
  | { readonly done: false; readonly code: string; readonly note: string; readonly begun: boolean }

/** Judged by the status alone: `result` is true for goals that were cancelled, too. */
export const judgeEnd = (end: GoalEnd, about: { readonly isForeign: boolean }): Verdict => {
  if (end.kind === 'rejected') return { done: false, code: 'goal-rejected', note: end.note, begun: false }
  if (end.kind === 'lost')
    return {
      done: false,
      code: 'goal-lost',
      note: 'The robot knows nothing of the goal any more.',
      begun: true,
    }
  const { error_code: error = 0, error_msg: text = '', success } = readResult(end.values)
  const failed = (code: string, note: string) => ({
    done: false as const,
    code,
    note: [note, error === 0 ? '' : `(${error})`, text].filter(Boolean).join(' '),
    begun: true,
  })
  if (end.status === goalStatus.succeeded && success !== false) return { done: true }
  if (end.status === goalStatus.canceled)
    return failed('stopped-by-hand', 'The goal was cancelled at the robot.')
  const known = errorCodes[error]
  if (known !== undefined) return failed(known, 'The robot did not get there.')
  if (end.status === goalStatus.aborted && about.isForeign)
    return failed('taken-over', 'The robot has a goal of somebody else.')
  return failed(
    'navigation-failed',
    end.status === goalStatus.unknown ? 'How the goal ended is not known.' : 'The robot gave the goal up.',
  )
}
