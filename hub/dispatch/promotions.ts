/**
 * What promotions count, whoever wanted them: a flow, a person by hand, a flow of a bank's own. Counted from tasks, as
 * they end, because only the dispatcher knows whether a member may have begun; so no order of reports, merges and
 * cancels takes a promotion that a visitor may have seen out of the caps.
 */
import { promotedMark, promotedWords } from '#flows/promoted.ts'
import type { MarkValue } from '#protocol/model.ts'
import type { Content } from '#protocol/targets.ts'
import { requestFlow } from '../branch/asked.ts'
import { measuredAs } from '../branch/measured-promotions.ts'
import { awayVisit, putAway } from '../branch/tracks.ts'
import { branchDay } from '../branch/view.ts'
import { putVisit } from '../branch/visits.ts'
import type { Turn } from '../engine/turn.ts'
import type { Attempt, TaskRow } from './rows.ts'
import { isPerson } from './traits.ts'

const isPromotion = ({ intent }: TaskRow) => intent.capability === 'promote'

/** It had its start, or said that it began; and did not say that it had not. */
const mayHaveBegun = ({ startSentAt, startedAt, end }: Attempt): boolean =>
  (startSentAt !== null || startedAt !== null) && end !== 'refused' && end !== 'not-started'

/** After a restore nobody knows what became of a task of which no attempt is on record. */
const timesBegun = (task: TaskRow): number =>
  task.attempts.filter(mayHaveBegun).length || (task.phase === 'unknown' ? 1 : 0)

const countForDay = (turn: Turn, campaign: string, times: number) => {
  const day = branchDay(turn.state, turn.at)
  const row = turn.state.plays.get(campaign)
  const today = row?.day === day ? row : { campaign, day, count: 0, begun: 0 }
  turn.state.plays.put(campaign, { ...today, begun: (today.begun ?? today.count) + times })
}

const numberOf = (value: MarkValue | undefined): number => (typeof value === 'number' ? value : 0)

const countForVisit = (
  turn: Turn,
  task: TaskRow,
  { campaign, times }: { campaign: string; times: number },
) => {
  const id = task.intent.subject.visit ?? ''
  const here = turn.state.visits.get(id)
  // Who has just left may come back, and has seen it all the same.
  const visit = here ?? awayVisit(turn.state, id)
  if (visit === undefined) return
  const { marks } = visit
  const shown = promotedMark.shown(campaign)
  const changed: Readonly<Record<string, number>> = {
    [promotedMark.count]: numberOf(marks[promotedMark.count]) + times,
    [shown]: numberOf(marks[shown]) + times,
    [promotedMark.at]: turn.at,
  }
  const seen = { marks: { ...marks, ...changed } }
  if (here === undefined) putAway(turn.state, { ...visit, ...seen })
  else putVisit(turn, visit.id, seen)
  for (const [name, value] of Object.entries(changed))
    turn.record({
      kind: 'mark',
      flow: task.flow,
      visit: visit.id,
      code: 'mark.set',
      params: { name, value },
    })
}

const channelOf = (turn: Turn, task: TaskRow): string => {
  const member = task.attempts.at(-1)?.member
  if (member === undefined) return 'none'
  return isPerson(member) ? 'person' : (turn.view.device(member)?.kind ?? 'other')
}

/** Called once with every task that ends. */
export const countPromotion = (turn: Turn, ended: TaskRow) => {
  const { campaign, visit } = ended.intent.subject
  if (campaign === undefined || !isPromotion(ended)) return
  const times = timesBegun(ended)
  if (times > 0) {
    countForDay(turn, campaign, times)
    countForVisit(turn, ended, { campaign, times })
  }
  const response = ended.result?.['response']
  turn.record({
    kind: 'campaign',
    task: measuredAs,
    flow: ended.flow,
    ...(visit !== undefined && { visit }),
    code: 'promotion.ended',
    params: {
      campaign,
      phase: ended.phase,
      begun: times,
      channel: channelOf(turn, ended),
      ...(typeof response === 'string' && { response }),
    },
  })
}

const campaignOf = ({ view }: Pick<Turn, 'view'>, { intent: { subject } }: TaskRow) =>
  subject.campaign === undefined ? undefined : view.campaigns().find(({ id }) => id === subject.campaign)

/**
 * What is shown must be what two people agreed to, at the moment it is shown: this file, these words, this day. A picture
 * that says nothing itself stands beside what its campaign says.
 */
export const isContentGone = (turn: Pick<Turn, 'view'>, task: TaskRow): boolean => {
  const { item, media, words = [] } = (task.intent.command['content'] ?? {}) as Partial<Content>
  if (item === undefined) return false
  const inForce = turn.view.content(item)
  if (inForce === undefined || (inForce.media?.sha256 ?? null) !== (media?.sha256 ?? null)) return true
  const said = promotedWords(inForce, campaignOf(turn, task) ?? {})
  return words.some(({ language, text }) => said[language] !== text)
}

/** A person's own wish was held against the caps when it was asked for, and may be beyond them for a reason. */
const isAboveCap = (turn: Pick<Turn, 'view'>, task: TaskRow): boolean => {
  if (!isPromotion(task) || task.flow === requestFlow) return false
  const row = campaignOf(turn, task)
  return row !== undefined && turn.view.taken(row.id) >= row.perDay
}

/** @returns why a task that is not in the table yet may not be queued, or null. */
export const promotionRefusal = (turn: Pick<Turn, 'view'>, task: TaskRow): string | null => {
  if (isContentGone(turn, task)) return 'content-not-approved'
  return isAboveCap(turn, task) ? 'cap-day' : null
}
