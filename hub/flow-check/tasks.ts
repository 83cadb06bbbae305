/** Tasks whose end nobody hears, and tasks that are asked for again and again. */
import type { AnyFlow } from '#flows/define.ts'
import { modelOf } from '#flows/samples/model.ts'
import { monday } from '#flows/samples/rows.ts'
import type { Scenario } from '#flows/samples/scenario.ts'
import { begin, restore, type Step, step } from '../engine/instance.ts'
import { seenBy } from '../engine/sight.ts'
import { type Exploration, type Happening, nameOfValue, pathsOf, type Situation, textOf } from './explore.ts'
import { type Finding, finding } from './finding.ts'
import { type Ending, failure, failuresOf, type OpenTask } from './open-task.ts'

/** `call-3` and `call-4` are the same wish, made again. */
export const stemOf = (ref: string): string => ref.replace(/-\d+$/, '')

/** Whether some transition of the state takes it, in any of the worlds. */
const isHeard = (
  flow: AnyFlow,
  { scenario, seen }: Exploration,
  about: { stored: string; event: { type: string; ref: string } },
) => {
  const snapshot = restore(flow, about.stored)
  return scenario.worlds.some((_, world) => {
    const happening: Happening = {
      id: '',
      type: about.event.type,
      ref: about.event.ref,
      world,
      event: about.event,
    }
    try {
      const taken = flow.machine.getTransitionData(snapshot, seen(happening))
      // A transition that neither leads nor does anything only ignores it.
      return taken.some(({ target, actions }) => target !== undefined || actions.length > 0)
    } catch {
      return true
    }
  })
}

const missedBy = (flow: AnyFlow, exploration: Exploration, { to, ref }: { to: Situation; ref: string }) =>
  failuresOf(to.tasks[ref] as OpenTask).filter(
    (type) =>
      !isHeard(flow, exploration, {
        stored: to.stored as string,
        event: failure(type, ref),
      }),
  )

/** Each state with each task in each stage, by the shortest way there. */
const unheardIn = (flow: AnyFlow, exploration: Exploration): Finding[] => {
  const looked = new Set<string>()
  const pathOf = pathsOf(exploration)
  const steps = exploration.taken
    .filter(({ to }) => to.stored !== null && !to.ended && to.fault === null)
    .map((taken) => ({ to: taken.to, path: pathOf(taken) }))
    .toSorted((a, b) => a.path.length - b.path.length)
  return steps.flatMap(({ to, path }) =>
    Object.entries(to.tasks).flatMap(([ref, { capability, stage }]) => {
      const place = `${to.state} ${stemOf(ref)} ${stage}`
      if (looked.has(place)) return []
      looked.add(place)
      const missed = missedBy(flow, exploration, { to, ref })
      if (missed.length === 0) return []
      const says = `the task "${stemOf(ref)}" (${capability}, ${stage}) may end as ${missed.join(', ')}, and no transition takes that`
      return [finding('task.unhandled', { at: `${to.state}: ${stemOf(ref)}`, path, says })]
    }),
  )
}

/** The same place is told of once, with its shortest path, whatever stage the task is in. */
const onePerPlace = (findings: readonly Finding[]): Finding[] => {
  const known = new Set<string>()
  return findings.filter(({ at }) => !known.has(at) && known.add(at))
}

const askedAtTheEnd = (exploration: Exploration): Finding[] => {
  const pathOf = pathsOf(exploration)
  return exploration.taken
    .filter(({ to }) => to.ended)
    .flatMap((taken) =>
      taken.intents.flatMap((intent) => {
        if (intent.type !== 'task') return []
        const { to } = taken
        const path = pathOf(taken)
        const says = `"${stemOf(intent.ref)}" (${intent.capability}) is asked for in the step that ends the instance`
        return [finding('task.unheard', { at: `${to.state}: ${stemOf(intent.ref)}`, path, says })]
      }),
    )
}

export const answerFindings = (flow: AnyFlow, exploration: Exploration): readonly Finding[] => [
  ...onePerPlace(unheardIn(flow, exploration)),
  ...onePerPlace(askedAtTheEnd(exploration)),
]

/** So often is the same asked for again, with nothing but failures and time between, that there is no bound. */
const againMax = 16
/** Steps after which a life that goes on by itself is left alone. */
const livesMax = 120

interface Life {
  stored: string
  ended: boolean
  at: number
  timers: Map<string, { deadline: number; event: { type: string } }>
  readonly open: Set<string>
  readonly asked: Map<string, number>
  readonly path: string[]
}

const take = (life: Life, made: Step, cause: string) => {
  life.stored = made.snapshot
  life.ended = made.ended
  for (const timer of made.timers) {
    if ('clear' in timer) life.timers.delete(timer.clear)
    else {
      const { name, delayMs, event } = timer.set
      life.timers.set(name, { deadline: life.at + delayMs, event })
    }
  }
  for (const intent of made.intents) {
    if (intent.type === 'cancel') life.open.delete(intent.ref)
    if (intent.type !== 'task' || life.open.has(intent.ref)) continue
    life.open.add(intent.ref)
    life.asked.set(stemOf(intent.ref), (life.asked.get(stemOf(intent.ref)) ?? 0) + 1)
  }
  const { value } = JSON.parse(made.snapshot) as { value: unknown }
  life.path.push(`${cause} → ${nameOfValue(value)}`)
}

const nextTimer = (life: Life) => [...life.timers].toSorted(([, a], [, b]) => a.deadline - b.deadline).at(0)

/** Everything fails in this way, nothing else happens but time. @returns what is asked for without a bound. */
const failOn = (
  flow: AnyFlow,
  scenario: Scenario,
  { world, ending, start }: { world: number; ending: Ending; start: { readonly type: string } },
): Finding | undefined => {
  const policy: unknown = flow.policy.parse(scenario.policy ?? {})
  const rows = scenario.worlds[world] ?? {}
  const life: Life = {
    stored: '',
    ended: false,
    at: monday,
    timers: new Map(),
    open: new Set(),
    asked: new Map(),
    path: [],
  }
  const tell = (event: { readonly type: string; readonly ref?: string }) => {
    const turn = { at: life.at, view: modelOf({ ...rows, at: life.at }) }
    const seen = seenBy({ turn, flow, key: scenario.key, policy }, event)
    const made = step(flow, life.stored, seen)
    take(life, made, textOf(event))
  }
  take(life, begin(flow, scenario.key, life.at), 'begin')
  life.path.length = 0
  tell(start)
  for (let count = 0; count < livesMax && !life.ended; count++) {
    const [ref] = life.open
    const due = nextTimer(life)
    if (ref !== undefined) {
      life.open.delete(ref)
      tell(failure(ending, ref))
    } else if (due !== undefined) {
      life.timers.delete(due[0])
      life.at = Math.max(life.at, due[1].deadline)
      tell(due[1].event)
    } else return undefined
    const again = [...life.asked].find(([, times]) => times > againMax)
    if (again === undefined) continue
    const says = `"${again[0]}" is asked for more than ${againMax} times when each ends as ${ending}`
    const state = (life.path.at(-1) ?? '').split(' → ').at(-1) ?? ''
    return finding('loop.retry', { at: `${state}: ${again[0]}`, path: life.path.slice(0, 8), says })
  }
  return undefined
}

const endings: readonly Ending[] = ['task.failed', 'task.refused', 'task.expired']

const failEach = (
  flow: AnyFlow,
  scenario: Scenario,
  about: Parameters<typeof failOn>[2],
): Finding | undefined => {
  try {
    return failOn(flow, scenario, about)
  } catch {
    // That it throws is found by the search, with its path.
    return undefined
  }
}

/** In each world until one is found: a loop there is a loop. */
export const retryFindings = (flow: AnyFlow, scenario: Scenario): readonly Finding[] => {
  const starts = scenario.facts.filter((fact) => (flow.starts as readonly string[]).includes(fact.type))
  const found: Finding[] = []
  for (const ending of endings) {
    const ways = scenario.worlds.flatMap((_, world) => starts.map((start) => ({ world, ending, start })))
    for (const way of ways) {
      const loop = failEach(flow, scenario, way)
      if (loop !== undefined && !found.some(({ at }) => at === loop.at)) found.push(loop)
      if (loop !== undefined) break
    }
  }
  return found
}
