/**
 * Advice to open a counter: by the same reckoning by which waits are announced, with one counter more. Only for a queue
 * under pressure, only where it saves minutes, and only where there is a counter to open and somebody to open it.
 */
import { type DiversionPolicy, DiversionPolicy as PolicySchema } from '#flows/diversion/policy.ts'
import type { Advice, AdviceAnswer } from '#protocol/desk/look/advice.ts'
import { type BranchView, type CounterRow, fresh, type Mode, type ServiceRow } from '#protocol/model.ts'
import { countersFor, countersWorking } from '#protocol/queues.ts'
import { createView } from '../branch/view.ts'
import type { BranchState } from '../engine/state.ts'
import type { LookParts } from './parts.ts'
import { createTitles, type Titles } from './titles.ts'
import type { Tongue } from './words/pair.ts'

/** Less than this is not worth anybody's way. */
const worthMs = 180_000
const serving: ReadonlySet<Mode> = new Set(['opening', 'open'])

/** The branch's own idea of pressure; as shipped where it has none. */
const policyOf = (state: BranchState): DiversionPolicy => {
  const set = PolicySchema.safeParse(state.flowSettings.get('diversion')?.policy ?? {})
  return set.success ? set.data : PolicySchema.parse({})
}

interface Queue {
  readonly waiting: number
  readonly nowMs: number
  readonly thenMs: number
}

/** undefined: nobody knows how long it is, or nobody works on it, so that nothing true can be said. */
const queueOf = (view: BranchView, service: ServiceRow): Queue | undefined => {
  const waiting = fresh(service.waiting, view.at)
  const nowMs = fresh(service.announcedWaitMs, view.at)
  const working = countersWorking(view, service.id)
  if (waiting === undefined || nowMs === undefined || working === 0) return undefined
  return { waiting, nowMs, thenMs: Math.round((nowMs * working) / (working + 1)) }
}

const openable = (view: BranchView, service: string): readonly CounterRow[] =>
  countersFor(view, service).filter(
    ({ id, state }) => state === 'closed' && !view.isClaimed(`open-counter:${id}`),
  )

const sentenceOf = (
  { counter, service, people, nowMs, thenMs }: Omit<Advice, 'sentence'>,
  tongue: Tongue,
): string => {
  const [now, then] = [nowMs, thenMs].map((ms) => Math.round(ms / 60_000))
  const who = people[0]?.title ?? ''
  return tongue === 'zh'
    ? `开放 ${counter}：${service.title}的预计等候由 ${now} 分钟降至 ${then} 分钟。可由${who}开放。`
    : `Open ${counter}: the announced wait for ${service.title} falls from ${now} to ${then} min. ${who} can open it.`
}

const adviceFor = (
  view: BranchView,
  service: ServiceRow,
  { policy, titles }: { policy: DiversionPolicy; titles: Titles },
): readonly Advice[] => {
  const queue = queueOf(view, service)
  if (queue === undefined || queue.nowMs - queue.thenMs < worthMs) return []
  if (queue.waiting < policy.enterLength && queue.nowMs < policy.enterWaitMs) return []
  const isAsked = countersFor(view, service.id).some(({ id }) => view.isClaimed(`open-counter:${id}`))
  const [counter] = openable(view, service.id)
  const people = view
    .staff()
    .filter((one) => one.onDuty && one.canOpenCounters && one.serving === null && !one.doNotDisturb)
    .map(({ id }) => ({ id, title: titles.person(id) }))
  // Somebody is on the way already: saying it once more would send a second.
  if (isAsked || counter === undefined || people.length === 0) return []
  const about = {
    what: 'open-counter',
    service: { id: service.id, title: titles.of('service', service.id) },
    counter: counter.id,
    people,
    ...queue,
  } as const
  return [{ ...about, sentence: sentenceOf(about, titles.tongue) }]
}

export const advise = ({ engine }: Pick<LookParts, 'engine'>, tongue: Tongue): Promise<AdviceAnswer> =>
  engine.read((state, at) => {
    const view = createView(state, at)
    if (view.branch.paused !== null || !serving.has(view.branch.mode)) return { at, advice: [] }
    const given = { policy: policyOf(state), titles: createTitles(state, tongue) }
    const advice = view.services().flatMap((service) => adviceFor(view, service, given))
    return { at, advice: advice.toSorted((a, b) => b.nowMs - b.thenMs - (a.nowMs - a.thenMs)) }
  })
