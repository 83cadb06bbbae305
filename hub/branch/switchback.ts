/**
 * The life of a measuring plan: blocks begin and end at stored timers, so that a hub killed in the middle of one goes on
 * in it. A block in which the branch was not itself (paused, an emergency, a flow set by hand) is marked and not used.
 */
import { minuteMs } from '#protocol/local-time.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { aheadMs, minuteOwner } from './clock.ts'
import { branchOf, fileOf } from './rows.ts'
import { type Arm, type Block, blockAt, nextEdge, type SwitchbackPlan } from './switchback-plan.ts'

const rowKey = 'switchback'
export const switchbackOwner = 'branch/switchback'

/** A block joined later than this is left out: half a block is none. */
const lateMaxMs = minuteMs
/** A hub away for longer was no hub for that block. */
const awayMaxMs = 5 * minuteMs

export interface RunningBlock extends Pick<Block, 'id' | 'pair' | 'toss'> {
  readonly arm: Arm
  /** Hub time. */
  readonly from: number
  readonly until: number
  /** Why it cannot be used; empty while it can. */
  readonly invalid: readonly string[]
  /** Of the settings of the plan's flows, added up: any change shows. */
  readonly revisions: number
}

export interface SwitchbackRow {
  readonly id: string
  readonly plan: SwitchbackPlan
  readonly by: string
  readonly setAt: number
  readonly endedAt: number | null
  readonly endedBy: string | null
  readonly block: RunningBlock | null
}

/** @returns the plan in force or the last one, or undefined where there never was one. */
export const switchbackOf = (state: BranchState): SwitchbackRow | undefined =>
  state.meta.get(rowKey) as SwitchbackRow | undefined

export const runningSwitchback = (state: BranchState): SwitchbackRow | undefined => {
  const row = switchbackOf(state)
  return row?.endedAt === null ? row : undefined
}

const put = (turn: Turn, row: SwitchbackRow) => turn.state.meta.put(rowKey, { ...row })

const settingsOf = (state: BranchState, { flows }: SwitchbackPlan) =>
  flows.map((flow) => state.flowSettings.get(flow))

const revisionsOf = (state: BranchState, plan: SwitchbackPlan) =>
  settingsOf(state, plan).reduce((sum, setting) => sum + (setting?.revision ?? 0), 0)

const endBlock = (turn: Turn, row: SwitchbackRow): SwitchbackRow => {
  if (row.block === null) return row
  const { id, arm, pair, toss, from, until, invalid } = row.block
  turn.record({
    kind: 'effect',
    // Filed under the plan, so that all of it is found together and can be held together.
    task: row.id,
    code: 'effect.block-ended',
    params: {
      block: id,
      arm,
      pair,
      toss,
      from,
      until,
      burnInMs: row.plan.burnInMs,
      flows: row.plan.flows.join(' '),
      invalid: invalid.join(' '),
    },
  })
  return { ...row, block: null }
}

const beginBlock = (turn: Turn, row: SwitchbackRow, block: Block): SwitchbackRow => {
  const ahead = aheadMs(turn)
  const { id, arm, pair, toss } = block
  turn.record({
    kind: 'effect',
    task: row.id,
    code: `effect.block-${arm}`,
    params: { block: id, flows: row.plan.flows.join(', ') },
  })
  const revisions = revisionsOf(turn.state, row.plan)
  const [from, until] = [block.from - ahead, block.until - ahead]
  return { ...row, block: { id, arm, pair, toss, from, until, invalid: [], revisions } }
}

/** Brings the plan to this moment: ends the block that is over, begins the one that begins, and waits for the next edge. */
const bring = (turn: Turn, row: SwitchbackRow): SwitchbackRow => {
  const timeZone = fileOf(turn.state)?.timeZone ?? 'UTC'
  const ahead = aheadMs(turn)
  const wall = turn.at + ahead
  const block = blockAt(row.plan, timeZone, wall)
  let next = row.block !== null && row.block.id !== block?.id ? endBlock(turn, row) : row
  if (block !== undefined && next.block === null && wall - block.from <= lateMaxMs)
    next = beginBlock(turn, next, block)
  const edge = nextEdge(row.plan, timeZone, wall)
  if (edge !== undefined) {
    turn.setTimer(switchbackOwner, 'edge', { deadline: edge - ahead, graced: false })
    return next
  }
  turn.record({ kind: 'effect', task: row.id, code: 'effect.plan-ended' })
  return { ...next, endedAt: turn.at, endedBy: 'calendar' }
}

export const setPlan = (turn: Turn, plan: SwitchbackPlan, by: string) => {
  const row: SwitchbackRow = {
    id: turn.id('plan'),
    plan,
    by,
    setAt: turn.at,
    endedAt: null,
    endedBy: null,
    block: null,
  }
  put(turn, row)
  turn.record({
    kind: 'effect',
    task: row.id,
    code: 'effect.planned',
    params: { by, flows: plan.flows.join(', '), from: plan.from, until: plan.until },
    more: { plan },
  })
}

export const stopPlan = (turn: Turn, by: string) => {
  const row = runningSwitchback(turn.state)
  if (row === undefined) return
  const spoiled = row.block && { ...row.block, invalid: [...row.block.invalid, 'stopped'] }
  const ended = endBlock(turn, { ...row, block: spoiled })
  turn.clearTimer(switchbackOwner, 'edge')
  put(turn, { ...ended, endedAt: turn.at, endedBy: by })
  turn.record({ kind: 'effect', task: row.id, code: 'effect.stopped', params: { by } })
  turn.stir()
}

/** Since when the hub was away, told by the minute it should have passed. */
const wasAway = (turn: Turn) => {
  const minute = turn.state.timers.get(`${minuteOwner}#tick`)
  return turn.entry.body.kind === 'start' && minute !== undefined && turn.at - minute.deadline > awayMaxMs
}

/** What makes this moment unlike an ordinary one, in the words of the record. */
const troubles = (turn: Turn, row: SwitchbackRow, block: RunningBlock): readonly string[] => {
  const { body } = turn.entry
  const { mode, paused, stopped } = branchOf(turn.state)
  const settings = settingsOf(turn.state, row.plan)
  return [
    ...(mode === 'open' ? [] : [`mode.${mode}`]),
    ...(paused === null ? [] : ['paused']),
    ...(stopped === null ? [] : ['movement-stopped']),
    ...(settings.some((setting) => setting !== undefined && setting.autonomy !== 'automatic') ||
    revisionsOf(turn.state, row.plan) !== block.revisions
      ? ['flow-set']
      : []),
    ...(body.kind === 'deploy' && row.plan.flows.includes(body.flow) ? ['flow-deployed'] : []),
    ...(body.kind === 'clock' && Math.abs(body.stepMs) > lateMaxMs ? ['clock-step'] : []),
    ...(wasAway(turn) ? ['hub-away'] : []),
  ]
}

const spoilBy = (turn: Turn, row: SwitchbackRow, reasons: readonly string[]): SwitchbackRow => {
  const { block } = row
  if (block === null) return row
  const more = reasons.filter((reason) => !block.invalid.includes(reason))
  if (more.length === 0) return row
  for (const reason of more)
    turn.record({
      kind: 'effect',
      task: row.id,
      code: 'effect.block-spoiled',
      params: { block: block.id, reason },
    })
  return { ...row, block: { ...block, invalid: [...block.invalid, ...more] } }
}

/** What happens at the very edge is the next block's. */
const spoil = (turn: Turn, row: SwitchbackRow): SwitchbackRow =>
  row.block === null || turn.at >= row.block.until ? row : spoilBy(turn, row, troubles(turn, row, row.block))

const mayHaveMoved = ({ entry: { body } }: Turn) =>
  body.kind === 'start' ||
  body.kind === 'clock' ||
  body.kind === 'config' ||
  (body.kind === 'timer' && body.owner === switchbackOwner) ||
  (body.kind === 'command' && body.command.name === 'effect.plan')

/** After each entry: what it did to the branch concerns the block it fell into. */
export const followSwitchback = (turn: Turn) => {
  const row = runningSwitchback(turn.state)
  if (row === undefined) return
  // A hub that was away spoils the block it left before that block ends.
  const before = wasAway(turn) ? spoilBy(turn, row, ['hub-away']) : row
  const now = spoil(turn, mayHaveMoved(turn) ? bring(turn, before) : before)
  if (now !== row) put(turn, now)
  if (now.block?.id !== row.block?.id) turn.stir()
}
