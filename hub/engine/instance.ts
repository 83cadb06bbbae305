/**
 * One step of one flow instance: XState's pure `transition` from the parse of the stored JSON, so that whatever would
 * change across a restart (Date, Map, undefined) fails at once and everywhere. Delays come back as `xstate.raise`, and
 * leaving a state as `xstate.cancel` (statelyai/xstate 5331: restored actors would drop them).
 */
import {
  type AnyActorLogic,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventObject,
  type Snapshot,
  transition,
} from 'xstate'
import type { AnyFlow, StoredInstance } from '#flows/define.ts'
import type { Intent } from '#protocol/intents.ts'
import { canonicalAgain, canonicalJson } from './canonical.ts'

export interface SetDelay {
  readonly name: string
  readonly delayMs: number
  readonly event: EventObject
}

/** XState names the timer of `after: { waitForAnswer: … }` xstate.after.waitForAnswer.<state>. */
export const isGraced = ({ gracedDelays }: AnyFlow, timer: string): boolean =>
  gracedDelays.some((delay) => timer.includes(`.${delay}.`))

export interface Step {
  /** Canonical JSON of the persisted snapshot. */
  readonly snapshot: string
  readonly ended: boolean
  /** In order: a timer set after its cancellation counts. */
  readonly timers: readonly ({ readonly set: SetDelay } | { readonly clear: string })[]
  readonly intents: readonly Intent[]
}

interface Action {
  readonly type: string
  readonly params?: unknown
}

/**
 * What is stored: no children (there are none) and nothing undefined. A context is JSON or fails here, so XState need not
 * walk through it looking for actors.
 */
const persist = (snapshot: AnyMachineSnapshot): string => {
  const { status, value, context } = snapshot
  return canonicalAgain({ context, historyValue: historyOf(snapshot), status, value })
}

/** Which states a machine would go back to; most have no such states. */
const historyOf = (snapshot: AnyMachineSnapshot): unknown => {
  if (isEmpty(snapshot.historyValue)) return {}
  const persisted: unknown = snapshot.machine.getPersistedSnapshot({ ...snapshot, context: {} })
  return (persisted as { readonly historyValue: unknown }).historyValue
}

const isEmpty = (value: object): boolean => {
  for (const _key in value) return false
  return true
}

export const restore = (flow: AnyFlow, stored: string): AnyMachineSnapshot => {
  const { context, ...parsed } = JSON.parse(stored) as Record<string, unknown>
  // Without children the machine never looks at its actor scope, and there is no actor to find in a context.
  const restored = flow.machine.restoreSnapshot(
    { ...parsed, context: {}, children: {} } as never,
    {} as never,
  )
  return Object.assign(restored, { context })
}

const readActions = (actions: readonly Action[]): Pick<Step, 'timers' | 'intents'> => {
  const timers: Step['timers'][number][] = []
  const intents: Intent[] = []
  for (const { type, params } of actions) {
    if (type === 'xstate.raise') {
      const { event, id, delay } = params as { event: EventObject; id: string; delay?: number }
      timers.push({ set: { name: id, delayMs: delay ?? 0, event } })
    } else if (type === 'xstate.cancel') timers.push({ clear: (params as { sendId: string }).sendId })
    else if (type === 'intend') intents.push(...((Array.isArray(params) ? params : [params]) as Intent[]))
  }
  return { timers, intents }
}

/** An event that changed nothing leaves what is stored as it is. */
interface Before {
  readonly snapshot: AnyMachineSnapshot
  readonly stored: string
}

const finish = (snapshot: AnyMachineSnapshot, actions: readonly Action[], before?: Before): Step => {
  if (snapshot.status === 'error') throw snapshot.error
  const stored = snapshot === before?.snapshot ? before.stored : persist(snapshot)
  return { snapshot: stored, ended: snapshot.status === 'done', ...readActions(actions) }
}

type Scope = Parameters<AnyStateMachine['transition']>[2]

/**
 * The place in which nothing runs that XState's pure functions make for each step, and with it an actor, a system and an
 * initial snapshot: a third of a step, and most of what a busy hub gave its garbage collector. Nothing is ever kept in it,
 * so one does for all.
 */
const inertScope = (): Scope => {
  let made: Scope | undefined
  const logic: AnyActorLogic = {
    transition: (before: unknown, _event, scope) => {
      made = scope
      return before
    },
    getInitialSnapshot: () => ({ status: 'active' }),
    getPersistedSnapshot: (now: Snapshot<unknown>) => now,
  }
  transition(logic, {}, { type: 'none' })
  return made as Scope
}

const inert = inertScope()

/** Runs one of a machine's own functions and collects the actions it would carry out. */
const collect = (run: (scope: Scope) => AnyMachineSnapshot, before?: Before): Step => {
  const actions: Action[] = []
  const snapshot = run({ ...inert, actionExecutor: (action) => void actions.push(action) })
  return finish(snapshot, actions, before)
}

/** @throws whatever a guard, an assign or params of the machine throws: the caller parks the instance. */
export const begin = ({ machine }: AnyFlow, key: string, at: number): Step =>
  collect((scope) => machine.getInitialSnapshot(scope, { key, at }))

export const step = (flow: AnyFlow, stored: string, event: EventObject): Step => {
  const snapshot = restore(flow, stored)
  return collect((scope) => flow.machine.transition(snapshot, event, scope), { snapshot, stored })
}

export type Migrated = { readonly now: StoredInstance } | { readonly refused: string }

/** Answers find their way by ref: each open task keeps exactly one, and no two share it. */
const refsFault = (before: readonly string[], after: readonly string[]): string | undefined => {
  if (before.length !== after.length)
    return `the migration accounts for ${after.length} of ${before.length} open tasks`
  return new Set(after).size === after.length ? undefined : 'the migration gives two open tasks one name'
}

/** A renamed state would silently ignore the timer of its old name. */
const timersFault = (snapshot: AnyMachineSnapshot, { timers }: StoredInstance): string | undefined => {
  const accepts = (event: EventObject) => snapshot._nodes.some((node) => node.transitions.has(event.type))
  const lost = timers.find((timer) => !accepts(timer.event))
  return lost && `the migrated state does not accept the timer ${lost.name}`
}

/** The version something was stored by; its flow is needed only for the way down. */
export interface From {
  readonly version: number
  readonly higher?: AnyFlow | undefined
}

/** One step of the way, up or down. The way down is known to the higher version, which knows what it added. */
const wayOf = (flow: AnyFlow, from: number, higher: AnyFlow | undefined) =>
  from < flow.version
    ? { to: from + 1, made: flow.migrations[from] }
    : { to: from - 1, made: higher?.migrationsDown?.[from] }

/**
 * Brings what another version stored to the flow's version, one migration after the other: up by the flow's own, down by
 * those of the higher version. It is refused when a step is missing, gives up or throws, names an unknown state, leaves a
 * timer that the new state does not accept, or loses an open task.
 */
export const migrate = (flow: AnyFlow, from: From, stored: StoredInstance): Migrated => {
  const { version: stands, higher } = from
  if (stands > flow.version && higher === undefined)
    return { refused: `it is of version ${stands}, newer than ${flow.version}` }
  let now: StoredInstance = stored
  try {
    for (let version = stands; version !== flow.version; ) {
      const { to, made } = wayOf(flow, version, higher)
      if (made === undefined) return { refused: `no migration from version ${version} to ${to}` }
      const next = made(now)
      if (next === undefined) return { refused: `the migration from version ${version} gives it up` }
      now = next
      version = to
    }
    const snapshot = restore(flow, canonicalJson(now.snapshot))
    const fault = timersFault(snapshot, now) ?? refsFault(stored.tasks, now.tasks)
    return fault === undefined ? { now } : { refused: fault }
  } catch (error) {
    return {
      refused: `its migration cannot be opened: ${error instanceof Error ? error.message : 'unknown'}`,
    }
  }
}
