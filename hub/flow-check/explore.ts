/**
 * Walks a flow through its samples: every fact in every world, every answer its open tasks may get, every timer that is
 * set. XState's graph search finds the shortest way to each situation; each step is the engine's own.
 */
import { getShortestPaths } from 'xstate/graph'
import type { AnyFlow } from '#flows/define.ts'
import { modelOf } from '#flows/samples/model.ts'
import { monday } from '#flows/samples/rows.ts'
import type { Scenario } from '#flows/samples/scenario.ts'
import { isTaskEnding } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import { begin, type Step, step } from '../engine/instance.ts'
import { type Sight, seenBy } from '../engine/sight.ts'
import { answersTo, type OpenTask, withAnswer } from './open-task.ts'

/** Where an instance is, with all that can happen to it next. */
export interface Situation {
  /** The same for situations that the search takes for one. */
  readonly id: string
  /** Canonical JSON of its snapshot; null before the first fact. */
  readonly stored: string | null
  /** The state's name; a nested one as `outer.inner`. */
  readonly state: string
  readonly ended: boolean
  readonly tasks: Readonly<Record<string, OpenTask>>
  /** Names and events of its timers. */
  readonly timers: Readonly<Record<string, { readonly type: string }>>
  /** What it threw. */
  readonly fault: string | null
}

export interface Happening {
  readonly id: string
  readonly type: string
  readonly ref?: string
  /** Which of the scenario's worlds it happens in. */
  readonly world: number
  readonly event: { readonly type: string }
}

export interface Taken {
  readonly from: Situation
  readonly happening: Happening
  readonly to: Situation
  readonly intents: readonly Intent[]
}

export interface Found {
  readonly situation: Situation
  /** Events and the states they lead to. */
  readonly path: readonly string[]
}

export interface Exploration {
  readonly scenario: Scenario
  /** Nearest first. */
  readonly found: readonly Found[]
  readonly taken: readonly Taken[]
  /** There was more than could be looked at. */
  readonly cut: boolean
  /** The event as the engine hands it over. */
  seen(happening: Happening): { readonly type: string }
}

const before: Situation = {
  id: 'before',
  stored: null,
  state: '',
  ended: false,
  tasks: {},
  timers: {},
  fault: null,
}

const leavesOf = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : Object.entries(value as Record<string, unknown>).flatMap(([outer, inner]) => {
        const leaves = leavesOf(inner)
        return leaves.length === 0 ? [outer] : leaves.map((leaf) => `${outer}.${leaf}`)
      })

/** A nested state as `outer.inner`; states side by side with a space between them. */
export const nameOfValue = (value: unknown): string => leavesOf(value).join(' ')

const tasksAfter = (
  { tasks }: Situation,
  happening: Happening | undefined,
  intents: readonly Intent[],
): Situation['tasks'] => {
  const next = new Map(Object.entries(tasks))
  const { ref, type } = happening ?? {}
  const open = ref === undefined ? undefined : next.get(ref)
  if (ref !== undefined && type !== undefined && open !== undefined) {
    if (isTaskEnding(type)) next.delete(ref)
    else next.set(ref, withAnswer(open, type))
  }
  for (const intent of intents) {
    if (intent.type === 'cancel') next.delete(intent.ref)
    if (intent.type === 'task' && !next.has(intent.ref))
      next.set(intent.ref, { capability: intent.capability, stage: 'asked' })
  }
  return Object.fromEntries([...next].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const timersAfter = (
  { timers }: Situation,
  happening: Happening | undefined,
  made: Step['timers'],
): Situation['timers'] => {
  const next = new Map(Object.entries(timers))
  for (const [name, event] of next) if (event.type === happening?.type) next.delete(name)
  for (const timer of made) {
    if ('clear' in timer) next.delete(timer.clear)
    else next.set(timer.set.name, { type: timer.set.event.type })
  }
  return Object.fromEntries([...next].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** How closely two situations must be alike to be taken for one. */
interface Grain {
  readonly context: (context: unknown) => unknown
  readonly tasks: (tasks: Situation['tasks']) => unknown
  /** Steps after which the next coarser one is tried. */
  readonly stepsMax: number
}

/** Numbers count and tell the time: only whether there is one matters, and of a list whether it is empty. */
const roughly = (context: unknown): unknown => {
  if (typeof context === 'number') return context === 0 ? 0 : 1
  if (Array.isArray(context)) return context.length === 0 ? [] : [roughly(context[0])]
  if (typeof context !== 'object' || context === null) return context
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [name, roughly(value)]))
}

const nothing = () => null
const byName = (tasks: Situation['tasks']) => Object.keys(tasks)
/** Two robots are as good as one. */
const byWish = (tasks: Situation['tasks']) => [
  ...new Set(Object.values(tasks).map(({ capability }) => capability)),
]

const grains: readonly Grain[] = [
  { context: (context) => context, tasks: (tasks) => tasks, stepsMax: 5_000 },
  { context: roughly, tasks: byName, stepsMax: 8_000 },
  { context: nothing, tasks: byName, stepsMax: 8_000 },
  { context: nothing, tasks: byWish, stepsMax: 8_000 },
  { context: nothing, tasks: nothing, stepsMax: 30_000 },
]

const after = (
  from: Situation,
  happening: Happening | undefined,
  { made, grain }: { made: Step; grain: Grain },
): Situation => {
  const { value, context } = JSON.parse(made.snapshot) as { value: unknown; context: unknown }
  const state = nameOfValue(value)
  const tasks = made.ended ? {} : tasksAfter(from, happening, made.intents)
  const timers = made.ended ? {} : timersAfter(from, happening, made.timers)
  const id = JSON.stringify([state, grain.context(context), grain.tasks(tasks), Object.keys(timers)])
  return { id, stored: made.snapshot, state, ended: made.ended, tasks, timers, fault: null }
}

export const textOf = ({ type, ref }: { readonly type: string; readonly ref?: string }): string => {
  const name = /^xstate\.after\.([^.]+)\./.exec(type)?.[1]
  return `${name === undefined ? type : `after ${name}`}${ref === undefined ? '' : ` (${ref})`}`
}

const happeningsOf = (flow: AnyFlow, scenario: Scenario) => {
  const worlds = scenario.worlds.map((_, world) => world)
  const inEach = (event: { readonly type: string; readonly ref?: string }): Happening[] =>
    worlds.map((world) => {
      const id = `${world} ${JSON.stringify(event)}`
      return { id, type: event.type, ...(event.ref && { ref: event.ref }), world, event }
    })
  const facts = scenario.facts.flatMap(inEach)
  const starts = facts.filter(({ type }) => (flow.starts as readonly string[]).includes(type))
  return ({ stored, ended, fault, tasks, timers }: Situation): readonly Happening[] => {
    if (ended || fault !== null) return []
    if (stored === null) return starts
    return [
      ...facts,
      ...Object.entries(tasks).flatMap(([ref, task]) =>
        answersTo(ref, task, scenario.refs[ref] ?? []).flatMap(inEach),
      ),
      ...Object.values(timers).flatMap(inEach),
    ]
  }
}

interface Search {
  readonly grain: Grain
  readonly flow: AnyFlow
  readonly scenario: Scenario
  readonly seen: Exploration['seen']
}

const seenIn = (flow: AnyFlow, scenario: Scenario): Exploration['seen'] => {
  const policy: unknown = flow.policy.parse(scenario.policy ?? {})
  const sights = scenario.worlds.map((rows) => {
    const { key } = scenario
    const view = modelOf({ at: monday, ...rows })
    const made: unknown = flow.view(view, key)
    return { turn: { at: monday, view }, flow: { view: () => made }, key, policy }
  })
  return ({ event, world }) => seenBy(sights[world] as Sight, event)
}

const stepOn = ({ flow, scenario, seen, grain }: Search, taken: Taken[]) => {
  // What is taken for one is the first that was met: to it leads the path.
  const met = new Map<string, Situation>()
  const merge = (to: Situation): Situation => {
    const first = met.get(to.id)
    if (first === undefined) met.set(to.id, to)
    return first ?? to
  }
  const move = (from: Situation, happening: Happening): Situation => {
    try {
      const started = from.stored === null ? begin(flow, scenario.key, monday) : undefined
      const now = started === undefined ? from : after(from, undefined, { made: started, grain })
      const made = step(flow, now.stored as string, seen(happening))
      const to = after(now, happening, { made, grain })
      taken.push({ from, happening, to, intents: [...(started?.intents ?? []), ...made.intents] })
      return merge(to)
    } catch (error) {
      const fault = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      const to = { ...from, id: `${from.state} throws ${happening.id}`, fault }
      taken.push({ from, happening, to, intents: [] })
      return merge(to)
    }
  }
  return move
}

const search = (parts: Search) => {
  const taken: Taken[] = []
  const logic = { transition: stepOn(parts, taken), getInitialSnapshot: () => before }
  const paths = getShortestPaths(
    logic as never,
    {
      events: happeningsOf(parts.flow, parts.scenario),
      serializeState: ({ id }: Situation) => id,
      serializeEvent: ({ id }: Happening) => id,
      limit: parts.grain.stepsMax,
    } as never,
  ) as unknown as readonly {
    readonly state: Situation
    readonly steps: readonly { readonly state: Situation; readonly event: Happening }[]
  }[]
  const found = paths.map(({ state, steps }): Found => {
    const named = steps.filter(({ event }) => event.type !== 'xstate.init')
    return { situation: state, path: named.map((one) => `${textOf(one.event)} → ${one.state.state}`) }
  })
  return { found: found.toSorted((a, b) => a.path.length - b.path.length), taken }
}

/** As finely as the limit allows: with all that is remembered, roughly, or by state alone. */
export const explore = (flow: AnyFlow, scenario: Scenario, stepsMax?: number): Exploration => {
  const seen = seenIn(flow, scenario)
  for (const made of grains) {
    const grain = { ...made, stepsMax: stepsMax ?? made.stepsMax }
    try {
      return { scenario, seen, cut: false, ...search({ flow, scenario, seen, grain }) }
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('Traversal limit')) throw error
    }
  }
  return { scenario, seen, cut: true, found: [], taken: [] }
}

/** The way to where each step leads. */
export const pathsOf = ({ found }: Exploration) => {
  const paths = new Map(found.map(({ situation, path }) => [situation.id, path]))
  return ({ from, happening, to }: Taken): readonly string[] => [
    ...(paths.get(from.id) ?? []),
    `${textOf(happening)} → ${to.state}`,
  ]
}
