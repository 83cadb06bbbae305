/** What a recorded day says about things that have a state for a while: devices, counters, the branch's mode. */
import type { BranchFile } from '#hub/branch/file.ts'
import type { Mode } from '#protocol/model.ts'
import type { RecordedDay, RecordedEntry } from './read-day.ts'

export interface Stretch<State> {
  readonly from: number
  readonly until: number
  readonly state: State
}

/** Entries of the day itself; those before lead from the checkpoint to it. */
export const ownEntries = ({ entries, fromMs, toMs }: RecordedDay): readonly RecordedEntry[] =>
  entries.filter(({ at }) => at >= fromMs && at < toMs)

/** Hub time of the last thing known: a day that still runs ends here. */
export const endOf = ({ entries, fromMs, toMs }: RecordedDay): number =>
  Math.min(toMs, Math.max(fromMs, entries.at(-1)?.at ?? fromMs))

const isFileRow = (row: unknown): row is { file: BranchFile } =>
  typeof row === 'object' && row !== null && 'file' in row

/** The branch file in force at the end of the day; undefined where its entry was erased. */
export const fileOfDay = ({ entries, state }: RecordedDay): BranchFile | undefined => {
  const last = entries.findLast(({ body }) => body?.kind === 'config')?.body
  if (last?.kind === 'config') return last.file
  const stored = state.get('meta')?.find(([key]) => key === 'file')?.[1]
  return isFileRow(stored) ? stored.file : undefined
}

/** Row of a table at the checkpoint, before the first entry. */
const storedRow = ({ state }: RecordedDay, table: string, key: string): unknown =>
  state.get(table)?.find(([id]) => id === key)?.[1]

/** From changes in order: each state lasts until the next one or the end, cut to the day. */
export const stretchesOf = <State>(
  changes: readonly { readonly at: number; readonly state: State }[],
  span: { readonly from: number; readonly until: number },
): readonly Stretch<State>[] =>
  changes
    .map(({ at, state }, index) => ({
      from: Math.max(at, span.from),
      until: Math.min(changes[index + 1]?.at ?? span.until, span.until),
      state,
    }))
    .filter(({ from, until }) => until > from)

const spanOf = (day: RecordedDay) => ({ from: day.fromMs, until: endOf(day) })

export const modesOf = (day: RecordedDay): readonly Stretch<Mode>[] => {
  const first =
    (storedRow(day, 'branch', 'branch') as { mode: Mode } | undefined)?.mode ??
    day.entries.flatMap(({ body }) => (body?.kind === 'config' ? [body.file.mode] : []))[0]
  const start = Math.min(day.fromMs, day.entries[0]?.at ?? day.fromMs)
  const changes = day.entries.flatMap(({ at, records }) =>
    (records ?? [])
      .filter(({ kind, code }) => kind === 'mode' && code === 'mode.changed')
      .map(({ params }) => ({ at, state: params?.['mode'] as Mode })),
  )
  return stretchesOf([...(first === undefined ? [] : [{ at: start, state: first }]), ...changes], spanOf(day))
}

export interface CounterState {
  readonly state: 'open' | 'paused' | 'closed'
  /** null: nobody says. */
  readonly staffed: boolean | null
}

/** By counter. */
export const countersOf = (day: RecordedDay): ReadonlyMap<string, readonly Stretch<CounterState>[]> => {
  const start = Math.min(day.fromMs, day.entries[0]?.at ?? day.fromMs)
  const counters = new Map(
    (fileOfDay(day)?.counters ?? []).map(({ id, state }) => {
      const stored = storedRow(day, 'counters', id) as CounterState | undefined
      const first: CounterState = { state: stored?.state ?? state, staffed: stored?.staffed ?? null }
      // Before the first entry of a hub's life nobody knows whether a counter was open.
      return [id, [{ at: stored === undefined ? (day.entries[0]?.at ?? start) : start, state: first }]]
    }),
  )
  for (const { at, body } of day.entries) {
    if (body?.kind !== 'event' || body.name !== 'counter.changed') continue
    const { counter, state, staffed } = body.data as { counter: string } & Partial<CounterState>
    const known = counters.get(counter)
    const before = known?.at(-1)?.state
    if (known === undefined || before === undefined) continue
    known.push({ at, state: { state: state ?? before.state, staffed: staffed ?? before.staffed } })
  }
  return new Map([...counters].map(([id, changes]) => [id, stretchesOf(changes, spanOf(day))]))
}

export const lengthOf = (stretches: readonly { readonly from: number; readonly until: number }[]): number =>
  stretches.reduce((sum, { from, until }) => sum + until - from, 0)
