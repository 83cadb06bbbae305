/**
 * The staff of a simulated branch: whoever is asked accepts or refuses after a while, comes, helps and says so, and
 * claims the alerts. They hear what the hub has committed, and answer by the same commands as a tablet.
 */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { Command, Input } from '#hub/engine/entry.ts'
import type { CommittedBatch } from '#hub/engine/sequencer.ts'
import { type CommandOf, capabilities } from '#protocol/capabilities.ts'
import type { AlertRow } from '#protocol/model.ts'
import type { Chance } from '#simulators/devices/ports.ts'
import type { Scenario } from '#simulators/lobby/scenario.ts'
import type { SimClock } from './sim-clock.ts'

export interface StaffParts {
  readonly clock: SimClock
  readonly chance: Chance
  readonly habits: Scenario['staff']
  /** Whoever claims alerts. */
  readonly lobbyManager: string | undefined
  readonly submit: (input: Input) => Promise<unknown>
  /** They take a seat at a closed counter. */
  readonly openCounter: (counter: string) => void
  /** They change a ticket at the queue system by hand. */
  readonly changeTicket: (ticket: string, action: TicketAction) => void
}

export interface Staff {
  /** Hears what was committed. */
  note(batch: CommittedBatch): void
}

const personPrefix = 'person/'
const openCounterReason = 'open-counter'

/** Nobody in a simulated lobby is transferred by hand. */
type TicketAction = Exclude<CommandOf<'manage-ticket'>['action'], 'transfer'>

type Answer = Extract<Command, { name: 'task.report' }>['status']

/** Exponential with that mean, and never at once: nobody answers in no time. */
const drawn = (meanSeconds: number, chance: number): number =>
  Math.round(1_000 + meanSeconds * 1_000 * -Math.log(1 - chance))

export const createStaff = (parts: StaffParts): Staff => {
  const { clock, chance, habits, submit } = parts
  const known = new Set<string>()

  const say = (command: Command) => {
    // It may have ended, or gone to somebody else, while they were on their way: the hub refuses, and nothing is lost.
    submit({ body: { kind: 'command', command } }).catch(() => undefined)
  }
  const asked = (task: TaskRow, by: string) => {
    const now = clock.nowMs()
    const draw = (about: string) => chance('staff', about, task.flow, `${task.createdAt}`, by)
    const report = (afterMs: number, status: Answer) =>
      clock.at(now + afterMs, () => {
        if (status === 'done' && task.intent.command['reason'] === openCounterReason) {
          const { counter } = task.intent.subject
          if (counter !== undefined) parts.openCounter(counter)
        }
        if (status === 'done' && task.intent.capability === 'manage-ticket') {
          const { ticket, action } = capabilities['manage-ticket'].command.parse(task.intent.command)
          if (action !== 'transfer') parts.changeTicket(ticket, action)
        }
        say({ name: 'task.report', task: task.id, by, status, note: null })
      })
    const answerMs = drawn(habits.acceptSeconds, draw('answers'))
    if (draw('refuses') < habits.refusesShare) {
      report(answerMs, 'refused')
      return
    }
    const thereMs = answerMs + drawn(habits.arriveSeconds, draw('arrives'))
    report(answerMs, 'accepted')
    report(thereMs, 'started')
    report(thereMs + drawn(habits.helpSeconds, draw('helps')), 'done')
  }
  const noteTask = (task: TaskRow) => {
    const attempt = task.attempts.at(-1)
    if (attempt === undefined || attempt.endedAt !== null || !attempt.member.startsWith(personPrefix)) return
    const name = `${task.id}/${attempt.number}`
    if (known.has(name)) return
    known.add(name)
    asked(task, attempt.member.slice(personPrefix.length))
  }
  const noteAlert = ({ id, key, since, claimedBy, clearedAt }: AlertRow) => {
    const by = parts.lobbyManager
    if (by === undefined || claimedBy !== null || clearedAt !== null || known.has(id)) return
    known.add(id)
    clock.at(clock.nowMs() + drawn(habits.acceptSeconds, chance('alert', key, `${since}`)), () =>
      say({ name: 'alert.claim', alert: id, by }),
    )
  }
  return {
    note({ changes }) {
      for (const { table, rows } of changes) {
        if (table === 'tasks')
          for (const row of rows.values()) if (row !== undefined) noteTask(row as TaskRow)
        if (table === 'alerts')
          for (const row of rows.values()) if (row !== undefined) noteAlert(row as AlertRow)
      }
    },
  }
}
