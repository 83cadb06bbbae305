/**
 * Hands what was told to the flow instances it concerns, in the order (flow, key), and collects what they want. An
 * instance that throws is parked with its reason; the others and the batch go on.
 */

import type { AnyFlow } from '#flows/define.ts'
import type { FactType } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import type { FlowSettingRow } from '#protocol/model.ts'
import { aboutOf, noteResting, restsFrom } from '../branch/resting.ts'
import type { Origin } from '../dispatch/origin.ts'
import { begin, type Step, step } from './instance.ts'
import type { Told } from './open-turn.ts'
import { clearTimers, noteUnheard, park } from './park.ts'
import type { InstanceRow } from './state.ts'
import type { Turn } from './turn.ts'

export interface Wish {
  readonly origin: Origin
  readonly intent: Intent
}

/** What holds for a flow that nobody has set. */
const unset = (flow: AnyFlow): FlowSettingRow => ({
  id: flow.id,
  autonomy: 'automatic',
  policy: {},
  revision: 0,
  setBy: 'default',
  setAt: 0,
})

export interface FlowSet {
  readonly list: readonly AnyFlow[]
  get(id: string): AnyFlow | undefined
  /** How the flow is set in this branch. */
  setting(turn: Turn, flow: AnyFlow): FlowSettingRow
  /** The whole policy: what was set, completed with the flow's defaults. */
  policy(flow: AnyFlow, setting: FlowSettingRow): unknown
}

export const createFlowSet = (flows: readonly AnyFlow[]): FlowSet => {
  const list = flows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const byId = new Map(list.map((flow) => [flow.id, flow]))
  const whole = new WeakMap<object, unknown>()
  const policy = (flow: AnyFlow, { policy: set }: FlowSettingRow): unknown => {
    const known = whole.get(set)
    if (known !== undefined) return known
    // What an older version of the flow allowed and this one does not: its defaults are safe.
    const parsed = flow.policy.safeParse(set)
    const made: unknown = parsed.success ? parsed.data : flow.policy.parse({})
    whole.set(set, made)
    return made
  }
  const defaults = new Map(list.map((flow) => [flow.id, unset(flow)]))
  const setting = (turn: Turn, flow: AnyFlow) =>
    turn.state.flowSettings.get(flow.id) ?? defaults.get(flow.id) ?? unset(flow)
  return { list, get: (id) => byId.get(id), setting, policy }
}

interface Delivery {
  readonly flow: AnyFlow
  readonly key: string
  readonly events: { readonly type: string }[]
}

export const instanceId = (flow: string, key: string) => `${flow}/${key}`

export const flowOf = (instance: string) => instance.slice(0, instance.indexOf('/'))
const keyOf = (instance: string) => instance.slice(instance.indexOf('/') + 1)

const route = (turn: Turn, flows: FlowSet, told: readonly Told[]): readonly Delivery[] => {
  const deliveries = new Map<string, Delivery>()
  const add = (flow: AnyFlow, key: string, event: { readonly type: string }) => {
    const id = instanceId(flow.id, key)
    const known = deliveries.get(id)
    if (known === undefined) deliveries.set(id, { flow, key, events: [event] })
    else known.events.push(event)
  }
  for (const item of told) {
    if ('instance' in item) {
      const flow = flows.get(flowOf(item.instance))
      if (flow === undefined) noteUnheard(turn, item.instance, item.event)
      else add(flow, keyOf(item.instance), item.event)
      continue
    }
    for (const flow of flows.list) {
      if (!flow.listens.includes(item.fact.type)) continue
      const key = flow.key(item.fact)
      const further = flow.keys?.(item.fact, turn.view) ?? []
      for (const one of new Set(key === undefined ? further : [key, ...further])) add(flow, one, item.fact)
    }
  }
  return [...deliveries.values()].toSorted((a, b) =>
    a.flow.id !== b.flow.id ? (a.flow.id < b.flow.id ? -1 : 1) : a.key < b.key ? -1 : 1,
  )
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
  const open = new Set(row.timers)
  for (const timer of made.timers) {
    if ('clear' in timer) {
      open.delete(timer.clear)
      turn.clearTimer(row.id, timer.clear)
      continue
    }
    const { name, delayMs, event } = timer.set
    open.add(name)
    // XState names the timer of `after: { waitForAnswer: … }` xstate.after.waitForAnswer.<state>.
    const graced = flow.gracedDelays.some((delay) => name.includes(`.${delay}.`))
    turn.setTimer(row.id, name, { deadline: turn.at + delayMs, graced, event })
  }
  const next: InstanceRow = { ...row, snapshot: made.snapshot, timers: [...open].sort() }
  if (made.ended) {
    turn.state.instances.drop(row.id)
    clearTimers(turn, next)
  } else turn.state.instances.put(row.id, next)
  return next
}

const reasonOf = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

/** Steps an instance by one event, starting it first where it does not exist yet. */
const receive = (
  turn: Turn,
  { flow, row, policy }: Hearing,
  event: { readonly type: string },
): readonly Intent[] => {
  const intents: Intent[] = []
  let now = row
  if (now.snapshot === '') {
    const made = begin(flow, now.key, turn.at)
    intents.push(...made.intents)
    now = keep(turn, { flow, row: now }, made)
  }
  const seen = {
    ...event,
    at: turn.at,
    view: flow.view(turn.view, now.key),
    policy,
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

/** What an event that threw had wanted is not carried out. */
const deliver = (turn: Turn, flows: FlowSet, { flow, key, events }: Delivery): readonly Wish[] => {
  const wishes: Wish[] = []
  const id = instanceId(flow.id, key)
  const setting = flows.setting(turn, flow)
  const policy = flows.policy(flow, setting)
  const origin: Origin = {
    flow: flow.id,
    instance: id,
    version: flow.version,
    policyRevision: setting.revision,
    policySetBy: setting.setBy,
  }
  for (const event of events) {
    const known = turn.state.instances.get(id)
    if (known !== undefined && known.parked !== null) {
      noteUnheard(turn, id, event)
      continue
    }
    if (known === undefined && (setting.autonomy === 'off' || !flow.starts.includes(event.type as never)))
      continue
    if (known === undefined && restsFrom(turn.state, flow, event.type as FactType)) {
      noteResting(turn, flow.id, aboutOf({ ...event }))
      continue
    }
    const row = known ?? newInstance(turn, flow, key)
    try {
      for (const intent of receive(turn, { flow, row, policy }, event)) wishes.push({ origin, intent })
    } catch (error) {
      park(turn, turn.state.instances.get(id) ?? row, reasonOf(error))
    }
  }
  return wishes
}

export const runFlows = (turn: Turn, flows: FlowSet, told: readonly Told[]): readonly Wish[] =>
  route(turn, flows, told).flatMap((delivery) => deliver(turn, flows, delivery))
