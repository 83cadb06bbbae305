/**
 * Another version of a flow comes in force. Its running instances are brought over or left to finish on theirs, as the
 * entry says; an instance that the migration does not know finishes on its own, so that nothing in flight is lost.
 */
import type { AnyFlow } from '#flows/define.ts'
import { UsherError } from '#protocol/errors.ts'
import { type DeployedFlow, forgetCode, putCode, putDeployed, standing, type VersionRef } from './deployed.ts'
import type { DeployBody } from './entry.ts'
import { carriedPolicy, type FlowSet } from './flow-set.ts'
import { retireVersion } from './retire.ts'
import type { InstanceRow } from './state.ts'
import type { Turn } from './turn.ts'
import { bringTo } from './versions.ts'

/** Older ones can no longer be gone back to. */
const formerMax = 10
/** How many version numbers are remembered as taken. */
const knownMax = 200

const isSame = (a: VersionRef, b: VersionRef) => a.version === b.version && a.digest === b.digest

const without = (refs: readonly VersionRef[], ref: VersionRef) => refs.filter((one) => !isSame(one, ref))

/** The row after the change, all running instances still on their versions. */
const switched = (
  before: DeployedFlow | undefined,
  active: VersionRef,
  { back }: DeployBody,
): DeployedFlow => {
  if (before === undefined) return { revision: 1, active, former: [], finishing: [], known: [active] }
  const { former, finishing, known } = before
  return {
    revision: before.revision + 1,
    active,
    former: back ? without(former, active) : [...former, before.active].slice(-formerMax),
    finishing: without([...without(finishing, before.active), before.active], active),
    known: [...without(known, active), active].slice(-knownMax),
  }
}

const runningOf = (turn: Turn, flow: string): readonly InstanceRow[] =>
  turn.state.instances.values().filter((row) => row.flow === flow)

interface Outcome {
  readonly migrated: number
  readonly left: number
}

const bringOver = (turn: Turn, flow: AnyFlow, flows: FlowSet): Outcome => {
  let migrated = 0
  let left = 0
  for (const row of runningOf(turn, flow.id)) {
    if (row.version === flow.version) continue
    const refused = bringTo(turn, flow, { row, flows })
    if (refused === undefined) migrated++
    else if (row.parked === null) {
      left++
      const params = { instance: row.id, reason: refused.slice(0, 300) }
      turn.record({ kind: 'policy', flow: flow.id, code: 'instance.left', params })
    }
  }
  return { migrated, left }
}

const leave = (turn: Turn, flow: AnyFlow): Outcome => ({
  migrated: 0,
  left: runningOf(turn, flow.id).filter((row) => row.version !== flow.version && row.parked === null).length,
})

/** The code of versions that can neither run nor come back is no longer kept. */
const dropCode = (turn: Turn, before: DeployedFlow | undefined, now: DeployedFlow) => {
  const kept = new Set([now.active, ...now.former, ...now.finishing].map(({ digest }) => digest))
  for (const { digest } of before === undefined ? [] : [before.active, ...before.former])
    if (digest !== null && !kept.has(digest)) forgetCode(turn.state.meta, digest)
}

/** What a manager has set stays set, but for what the new version does not know. */
const carryPolicy = (turn: Turn, flow: AnyFlow) => {
  const row = turn.state.flowSettings.get(flow.id)
  if (row === undefined) return
  const { dropped } = carriedPolicy(flow, row.policy)
  if (dropped.length === 0) return
  const params = { settings: dropped.join(', ') }
  turn.record({ kind: 'policy', flow: flow.id, code: 'policy.not-carried', params })
}

export const deployFlow = (turn: Turn, flows: FlowSet, body: DeployBody) => {
  const { meta } = turn.state
  const { flow: id, version, digest, files, by } = body
  const before = standing(meta, id)
  const active: VersionRef = { version, digest, at: turn.at, by }
  if (digest !== null && files !== null) putCode(meta, { digest, files })
  const row = switched(before, active, body)
  putDeployed(meta, id, row)
  dropCode(turn, before, row)
  const flow = flows.get(id)
  if (flow === undefined) throw new UsherError('flow.not-stored', `${id}, version ${version}`)
  carryPolicy(turn, flow)
  const outcome = body.running === 'migrate' ? bringOver(turn, flow, flows) : leave(turn, flow)
  turn.record({
    kind: 'policy',
    flow: id,
    code: body.back ? 'flow.rolled-back' : 'flow.deployed',
    params: { version, from: before?.active.version ?? 0, by, digest: digest ?? 'shipped', ...outcome },
  })
  for (const ref of row.finishing) retireVersion(turn, { flow: id, version: ref.version })
  turn.stir()
}
