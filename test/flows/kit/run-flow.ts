/**
 * Drives one flow instance as the engine does, with a fake clock: each step starts from the parse of the stored JSON,
 * delays come back as `xstate.raise`, and what it wants is collected.
 */
import { type AnyMachineSnapshot, type EventObject, initialTransition, transition } from 'xstate'
import type { AnyFlow } from '#flows/define.ts'
import { modelOf, type Rows } from '#flows/samples/model.ts'
import { monday } from '#flows/samples/rows.ts'
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { Intent, TaskIntent } from '#protocol/intents.ts'
import type { BranchView } from '#protocol/model.ts'
import { isPlainJson } from './plain-json.ts'

export interface RunOptions {
  readonly key: string
  readonly at?: number
  /** The branch as the flow sees it; `set` changes it later. */
  readonly rows?: Rows
  /** Given instead of `rows`: the view itself. */
  readonly view?: unknown
  /** Only what differs from the defaults. */
  readonly policy?: Readonly<Record<string, unknown>>
}

export interface Timer {
  readonly name: string
  readonly deadline: number
  readonly event: EventObject
}

export interface Run {
  readonly at: number
  /** The state's name; a nested one as `outer.inner`. Null before the first event. */
  readonly state: string | null
  readonly ended: boolean
  readonly context: Readonly<Record<string, unknown>>
  readonly timers: readonly Timer[]
  /** What the engine would have stored, parsed; null before the first event. */
  readonly stored: Readonly<Record<string, unknown>> | null
  /** An event as the engine hands it over now. */
  seen(event: { readonly type: string }): EventObject
  /** Everything wanted so far. */
  readonly intents: readonly Intent[]
  readonly tasks: readonly TaskIntent[]
  /** Tells it an event and returns what it wants then. An ended instance starts anew, if the event may start one. */
  tell(event: FlowEvent): readonly Intent[]
  /** Lets time pass, with the timers that fall due, and returns what was wanted. */
  wait(ms: number): readonly Intent[]
  /** Lets a set timer fall due at once, by the type of its event. */
  fire(event: string): readonly Intent[]
  set(rows: Rows): void
  setView(view: unknown): void
}

interface Action {
  readonly type: string
  readonly params?: unknown
}

export const nameOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  return Object.entries(value as Record<string, unknown>)
    .map(([outer, inner]) => `${outer}.${nameOf(inner)}`)
    .join(' ')
}

const store = (snapshot: AnyMachineSnapshot): string => {
  if (snapshot.status === 'error') throw snapshot.error
  const { status, value, historyValue, context } = snapshot.machine.getPersistedSnapshot(
    snapshot,
  ) as unknown as Record<string, unknown>
  const persisted = { status, value, historyValue, context }
  const fault = isPlainJson(persisted)
  if (fault !== undefined) throw new Error(`the snapshot is not plain JSON: ${fault}`)
  return JSON.stringify(persisted)
}

const load = (flow: AnyFlow, stored: string): AnyMachineSnapshot =>
  flow.machine.restoreSnapshot({ ...JSON.parse(stored), children: {} } as never, {} as never)

export const runFlow = (flow: AnyFlow, options: RunOptions): Run => {
  const policy = flow.policy.parse(options.policy ?? {})
  let rows: Rows = options.rows ?? {}
  let view = options.view
  let at = options.at ?? monday
  let stored: string | undefined
  let timers: Timer[] = []
  const intents: Intent[] = []

  const take = ([snapshot, actions]: [AnyMachineSnapshot, readonly Action[]]): Intent[] => {
    const wanted: Intent[] = []
    for (const { type, params } of actions) {
      if (type === 'xstate.raise') {
        const { id, delay, event } = params as { id: string; delay: number; event: EventObject }
        if (!Number.isFinite(delay)) throw new Error(`timer ${id} has no delay`)
        timers = [...timers.filter((timer) => timer.name !== id), { name: id, deadline: at + delay, event }]
      } else if (type === 'xstate.cancel') {
        const { sendId } = params as { sendId: string }
        timers = timers.filter((timer) => timer.name !== sendId)
      } else if (type === 'intend') {
        wanted.push(...((Array.isArray(params) ? params : [params]) as Intent[]))
      } else throw new Error(`an action the engine does not know: ${type}`)
    }
    stored = store(snapshot)
    if (snapshot.status === 'done') timers = []
    intents.push(...wanted)
    return wanted
  }

  const open = () => (stored === undefined ? undefined : load(flow, stored))
  const isEnded = () => open()?.status === 'done'
  const seenNow = (event: { readonly type: string }) => {
    const model: BranchView = modelOf({ ...rows, at })
    return { ...event, at, view: view ?? flow.view(model, options.key), policy }
  }
  const step = (event: { readonly type: string }): Intent[] => {
    const begun: Intent[] = []
    if (stored === undefined || isEnded()) {
      if (!flow.starts.includes(event.type as never)) return []
      const input = { key: options.key, at }
      begun.push(...take(initialTransition(flow.machine, input) as [AnyMachineSnapshot, readonly Action[]]))
    }
    const snapshot = open() as AnyMachineSnapshot
    return [
      ...begun,
      ...take(transition(flow.machine, snapshot, seenNow(event)) as [AnyMachineSnapshot, readonly Action[]]),
    ]
  }

  const wait = (ms: number): Intent[] => {
    const until = at + ms
    const wanted: Intent[] = []
    for (;;) {
      const due = timers
        .filter((timer) => timer.deadline <= until)
        .toSorted((a, b) => a.deadline - b.deadline || (a.name < b.name ? -1 : 1))[0]
      if (due === undefined) break
      timers = timers.filter((timer) => timer !== due)
      at = Math.max(at, due.deadline)
      wanted.push(...step(due.event))
    }
    at = until
    return wanted
  }

  const fire = (event: string): Intent[] => {
    const timer = timers.find((candidate) => candidate.event.type === event)
    if (timer === undefined) throw new Error(`no timer is set for ${event}`)
    timers = timers.filter((candidate) => candidate !== timer)
    return step(timer.event)
  }

  return {
    get at() {
      return at
    },
    get state() {
      const snapshot = open()
      return snapshot === undefined ? null : nameOf(snapshot.value)
    },
    get ended() {
      return isEnded()
    },
    get context() {
      return (open()?.context ?? {}) as Record<string, unknown>
    },
    get timers() {
      return timers
    },
    get stored() {
      return stored === undefined ? null : (JSON.parse(stored) as Record<string, unknown>)
    },
    seen: seenNow,
    get intents() {
      return intents
    },
    get tasks() {
      return intents.filter((intent) => intent.type === 'task')
    },
    tell: (event) => step(event),
    wait,
    fire,
    set: (next) => {
      rows = next
    },
    setView: (next) => {
      view = next
    },
  }
}
