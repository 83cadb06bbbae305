/**
 * Hands what was told to the flow instances it concerns, in the order (flow, key), and collects what they want. An
 * instance that throws is parked with its reason; the others and the batch go on.
 */
import type { AnyFlow } from '#flows/define.ts'
import type { Fact, FactType } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import type { FlowSettingRow } from '#protocol/model.ts'
import { aboutOf, noteResting, restsFrom } from '../branch/resting.ts'
import type { Origin } from '../dispatch/origin.ts'
import type { FlowSet } from './flow-set.ts'
import { begin, isGraced, type Step, step } from './instance.ts'
import type { Told } from './open-turn.ts'
import { clearTimers, noteUnheard, park } from './park.ts'
import { retireVersion } from './retire.ts'
import { seenBy } from './sight.ts'
import type { InstanceRow } from './state.ts'
import type { Turn } from './turn.ts'

export interface Wish {
  readonly origin: Origin
  readonly intent: Intent
}

interface Heard {
  readonly event: { readonly type: string }
  /** The version whose rules sent it here; null: it is for this instance, whatever its version. */
  readonly by: AnyFlow | null
}

interface Delivery {
  readonly flow: string
  readonly key: string
  readonly heard: Heard[]
}

export const instanceId = (flow: string, key: string) => `${flow}/${key}`

export const flowOf = (instance: string) => instance.slice(0, instance.indexOf('/'))
const keyOf = (instance: string) => instance.slice(instance.indexOf('/') + 1)

const nothing: readonly string[] = []

/** The instances of the flow that a fact concerns, each once. */
const keysOf = (turn: Turn, flow: AnyFlow, fact: Fact): Iterable<string> => {
  const key = flow.key(fact)
  const further = flow.keys?.(fact, turn.view) ?? nothing
  if (further.length === 0) return key === undefined ? nothing : [key]
  return new Set(key === undefined ? further : [key, ...further])
}

const inOrder = (a: Delivery, b: Delivery) =>
  a.flow !== b.flow ? (a.flow < b.flow ? -1 : 1) : a.key < b.key ? -1 : 1

const route = (turn: Turn, flows: FlowSet, told: readonly Told[]): readonly Delivery[] => {
  const deliveries = new Map<string, Delivery>()
  const add = (flow: string, key: string, heard: Heard) => {
    const id = instanceId(flow, key)
    const known = deliveries.get(id)
    if (known === undefined) deliveries.set(id, { flow, key, heard: [heard] })
    else known.heard.push(heard)
  }
  for (const item of told) {
    if ('instance' in item) {
      add(flowOf(item.instance), keyOf(item.instance), { event: item.event, by: null })
      continue
    }
    for (const flow of flows.listening(item.fact.type)) {
      const heard = { event: item.fact, by: flow }
      for (const key of keysOf(turn, flow, item.fact)) add(flow.id, key, heard)
    }
  }
  const all = [...deliveries.values()]
  return all.length < 2 ? all : all.sort(inOrder)
}

/** An instance of a flow: the one in the table, or one about to begin. */
interface Running {
  readonly flow: AnyFlow
  readonly row: InstanceRow
}

interface Hearing extends Running {
  readonly policy: unknown
}

const keep = (turn: Turn, { flow, row }: Running, made: Step): InstanceRow => {
  if (made.snapshot === row.snapshot && made.timers.length === 0 && !made.ended) return row
  const open = new Set(row.timers)
  for (const timer of made.timers) {
    if ('clear' in timer) {
      open.delete(timer.clear)
      turn.clearTimer(row.id, timer.clear)
      continue
    }
    const { name, delayMs, event } = timer.set
    open.add(name)
    turn.setTimer(row.id, name, { deadline: turn.at + delayMs, graced: isGraced(flow, name), event })
  }
  const next: InstanceRow = { ...row, snapshot: made.snapshot, timers: [...open].sort() }
  if (made.ended) {
    turn.state.instances.drop(row.id)
    clearTimers(turn, next)
    retireVersion(turn, row)
  } else turn.state.instances.put(row.id, next)
  return next
}

const reasonOf = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

/** Steps an instance by one event, starting it first where it does not exist yet. */
const receive = (turn: Turn, hearing: Hearing, event: Heard['event']): readonly Intent[] => {
  const { flow, row, policy } = hearing
  const seen = seenBy({ turn, flow, key: row.key, policy }, event)
  if (row.snapshot === '' && flow.worthStarting?.(seen as never, row.key) === false) return []
  const intents: Intent[] = []
  let now = row
  if (now.snapshot === '') {
    const made = begin(flow, now.key, turn.at)
    intents.push(...made.intents)
    now = keep(turn, { flow, row: now }, made)
  }
  const made = step(flow, now.snapshot, seen)
  keep(turn, { flow, row: now }, made)
  return [...intents, ...made.intents]
}

const newInstance = (turn: Turn, flow: AnyFlow, key: string): InstanceRow => ({
  id: instanceId(flow.id, key),
  flow: flow.id,
  key,
  version: flow.version,
  snapshot: '',
  startedAt: turn.at,
  timers: [],
  parked: null,
})

/** @returns the version that takes the event: the instance's own, or for a new instance the one in force. */
const takerOf = (
  flows: FlowSet,
  known: InstanceRow | undefined,
  { flow, by }: { flow: string; by: Heard['by'] },
) => {
  if (known === undefined) return by !== null && by === flows.get(flow) ? by : undefined
  if (by !== null) return by.version === known.version ? by : undefined
  return flows.version(flow, known.version)
}

const mayBegin = (
  turn: Turn,
  flow: AnyFlow,
  { event, setting }: { event: Heard['event']; setting: FlowSettingRow },
) => {
  if (setting.autonomy === 'off' || !flow.starts.includes(event.type as never)) return false
  if (!restsFrom(turn.state, flow, event.type as FactType)) return true
  noteResting(turn, flow.id, aboutOf({ ...event }))
  return false
}

/** What an event that threw had wanted is not carried out. */
const deliver = (turn: Turn, flows: FlowSet, { flow: id, key, heard }: Delivery): readonly Wish[] => {
  const wishes: Wish[] = []
  const instance = instanceId(id, key)
  for (const { event, by } of heard) {
    const known = turn.state.instances.get(instance)
    const flow = takerOf(flows, known, { flow: id, by })
    if (known !== undefined && (known.parked !== null || (flow === undefined && by === null))) {
      noteUnheard(turn, instance, event)
      continue
    }
    if (flow === undefined) continue
    const setting = flows.setting(turn, flow)
    if (known === undefined && !mayBegin(turn, flow, { event, setting })) continue
    const row = known ?? newInstance(turn, flow, key)
    const origin: Origin = {
      flow: id,
      instance,
      version: flow.version,
      policyRevision: setting.revision,
      policySetBy: setting.setBy,
    }
    try {
      const policy = flows.policy(flow, setting)
      for (const intent of receive(turn, { flow, row, policy }, event)) wishes.push({ origin, intent })
    } catch (error) {
      park(turn, turn.state.instances.get(instance) ?? row, reasonOf(error))
    }
  }
  return wishes
}

export const runFlows = (turn: Turn, flows: FlowSet, told: readonly Told[]): readonly Wish[] =>
  route(turn, flows, told).flatMap((delivery) => deliver(turn, flows, delivery))
