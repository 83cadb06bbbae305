/**
 * The recorded day decided again, entry by entry, exactly as it was. It shows whether this version still decides as it
 * did then, and leaves what simulated runs of the day begin with: the state at midnight and how everyone answered.
 */
import type { AnyFlow } from '#flows/define.ts'
import type { AlertCommand } from '#hub/branch/alert-life.ts'
import { canonicalJson } from '#hub/engine/canonical.ts'
import type { Command, EntryBody } from '#hub/engine/entry.ts'
import type { FlowLibrary } from '#hub/engine/flow-set.ts'
import type { BranchState } from '#hub/engine/state.ts'
import type { RecordedDay, StateTables } from '../journal/read-day.ts'
import { asEntry, type DayEntry, isKept } from './day-entries.ts'
import { createAnswerRecorder, type RecordedAnswers } from './recorded-answers.ts'
import { openDayState, type Stepped } from './step-day.ts'

export interface Sanity {
  /** Entries of which both then and now is known. */
  readonly compared: number
  readonly differing: number
  readonly first: {
    readonly seq: number
    readonly at: number
    readonly recorded: string
    readonly now: string
  } | null
}

export interface TruthNotes {
  /** For each start within the day, when the hub was last heard of before it. */
  readonly downFrom: ReadonlyMap<number, number>
  /** Whether that day the device was at work for a task. */
  wasActing(device: string, at: number): boolean
  /** What a command names by an id of that day, under the name it has in this run. */
  renamed(seq: number, body: EntryBody, state: BranchState): EntryBody
}

export interface Truth {
  readonly sanity: Sanity
  readonly answers: RecordedAnswers
  readonly notes: TruthNotes
  /** The state when the day begins, and when it does. */
  readonly from: StateTables
  readonly forkAt: number
  /** The first state of the day in which a branch file is in force: what a change is a change of. */
  readonly inForce: StateTables
  /** Of the day itself. */
  readonly entries: readonly DayEntry[]
}

/** A device's own word that it is busy may come that much after it has said that it is done. */
const busySlackMs = 1_500

interface Span {
  readonly from: number
  until: number
}

/** When each device was at work for a task. */
const createActingNotes = () => {
  const spans = new Map<string, Map<string, Span>>()
  return {
    note({ tasks }: Stepped) {
      for (const task of tasks)
        for (const { number, member, startSentAt, endedAt } of task.attempts) {
          if (startSentAt === null) continue
          const own = spans.get(member) ?? new Map<string, Span>()
          spans.set(member, own)
          own.set(`${task.id}/${number}`, { from: startSentAt, until: endedAt ?? Number.MAX_SAFE_INTEGER })
        }
    },
    wasActing: (device: string, at: number) =>
      [...(spans.get(device)?.values() ?? [])].some(
        ({ from, until }) => from <= at && at <= until + busySlackMs,
      ),
  }
}

const isAlertCommand = (command: Command): command is AlertCommand => command.name.startsWith('alert.')

/** Alerts and escalations are named by the entry that raised them, which differs from run to run. */
const createNames = () => {
  const alerts = new Map<number, string>()
  const escalations = new Map<number, string>()
  return {
    note({ seq, body }: DayEntry, state: BranchState) {
      if (body.kind !== 'command') return
      const { command } = body
      if (isAlertCommand(command)) {
        const row = state.alerts.values().find(({ id }) => id === command.alert)
        if (row !== undefined) alerts.set(seq, row.key)
      }
      if (command.name === 'escalation.take' || command.name === 'escalation.end') {
        const row = state.escalations.get(command.escalation)
        if (row !== undefined) escalations.set(seq, row.instance)
      }
    },
    renamed(seq: number, body: EntryBody, state: BranchState): EntryBody {
      if (body.kind !== 'command') return body
      const { command } = body
      const alert = alerts.get(seq)
      if (isAlertCommand(command) && alert !== undefined) return { ...body, command: { ...command, alert } }
      const instance = escalations.get(seq)
      if (instance === undefined || (command.name !== 'escalation.take' && command.name !== 'escalation.end'))
        return body
      const row = state.escalations.values().findLast((one) => one.instance === instance)
      return row === undefined ? body : { ...body, command: { ...command, escalation: row.id } }
    },
  }
}

const createSanity = () => {
  let compared = 0
  let differing = 0
  let first: Sanity['first'] = null
  return {
    compare({ seq, at, records }: DayEntry, stepped: Stepped) {
      if (records === null) return
      compared++
      const [recorded, now] = [canonicalJson(records), canonicalJson(stepped.records)]
      if (recorded === now) return
      differing++
      first ??= { seq, at, recorded, now }
    },
    result: (): Sanity => ({ compared, differing, first }),
  }
}

const downFromOf = (entries: readonly DayEntry[]): ReadonlyMap<number, number> =>
  new Map(
    entries.flatMap(({ seq, body }, index) => {
      const before = entries[index - 1]
      return body.kind === 'start' && before !== undefined ? [[seq, before.at] as const] : []
    }),
  )

export const replayTruth = (
  day: RecordedDay,
  code: { readonly flows: readonly AnyFlow[]; readonly library: FlowLibrary },
  onStep: (stepped: Stepped) => void,
): Truth => {
  const all = day.entries.filter(isKept)
  const entries = all.filter(({ at }) => at >= day.fromMs)
  const state = openDayState({ ...code, settings: day.settings, from: day.state })
  const recorder = createAnswerRecorder()
  const acting = createActingNotes()
  const names = createNames()
  const sanity = createSanity()
  let from: StateTables | undefined
  let inForce: StateTables | undefined
  for (const entry of all) {
    const isOfDay = entry.at >= day.fromMs
    if (isOfDay && from === undefined) from = state.tables()
    if (isOfDay && inForce === undefined && state.state.meta.has('file')) inForce = state.tables()
    names.note(entry, state.state)
    const stepped = state.step(asEntry(entry))
    sanity.compare(entry, stepped)
    recorder.note(stepped)
    acting.note(stepped)
    if (isOfDay) onStep(stepped)
  }
  return {
    sanity: sanity.result(),
    answers: recorder.recorded(),
    notes: { downFrom: downFromOf(all), wasActing: acting.wasActing, renamed: names.renamed },
    from: from ?? state.tables(),
    forkAt: Math.max(day.fromMs, all.findLast(({ at }) => at < day.fromMs)?.at ?? day.fromMs),
    inForce: inForce ?? state.tables(),
    entries,
  }
}
