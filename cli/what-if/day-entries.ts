/** Entries of a recorded day as the engine decides them, and which of them are answers rather than events. */
import type { Command, Entry, EntryBody } from '#hub/engine/entry.ts'
import type { RecordedEntry } from '../journal/read-day.ts'

export interface DayEntry extends RecordedEntry {
  readonly body: EntryBody
}

/** What was erased cannot be decided again. */
export const isKept = (entry: RecordedEntry): entry is DayEntry => entry.body !== null

export const asEntry = ({ branch, epoch, seq, at, body, numbering, cause }: DayEntry): Entry => ({
  branch,
  epoch,
  seq,
  at,
  body,
  ...(numbering !== undefined && { numbering }),
  ...(cause !== null && { cause }),
})

export type TaskCommand = Extract<Command, { readonly name: `task.${string}` }>

/** People answer tasks by command: confirmed, taken up, done, cancelled. */
export const taskCommand = (body: EntryBody): TaskCommand | undefined =>
  body.kind === 'command' && body.command.name.startsWith('task.') ? (body.command as TaskCommand) : undefined

/** The task an entry answers; undefined: it has no cause, and would have come whatever had been decided. */
export const answeredTask = ({ body }: DayEntry): string | undefined =>
  body.kind === 'report' ? body.task : taskCommand(body)?.task

/** Made by the engine itself as time passes, or a note about what had been made. */
export const isOwn = ({ body }: DayEntry): boolean =>
  body.kind === 'timer' || body.kind === 'checkpoint' || body.kind === 'parked'
