/** `usher journal hold|release|holds|erase`: what is kept beyond its time, and what goes before it. */
import type { Command } from 'commander'
import type { LegalHold } from '#hub/store/upkeep.ts'
import { confirm } from '../io/confirm.ts'
import { table } from '../io/table.ts'
import { dateTime, parseTime } from '../io/time.ts'
import { withHub } from '../io/with-hub.ts'

interface HoldOptions {
  readonly task?: string
  readonly visit?: string
  readonly from?: number
  readonly to?: number
  readonly reason: string
}

interface Last {
  readonly reason: string
  readonly yes?: boolean
}

interface Erased {
  readonly bodies: number
  readonly decisions: number
  readonly tasks: number
  readonly kept: number
}

const holdExamples = `
Examples:
  usher journal hold complaint-17 --visit visit-1-40-0 --reason "complaint of 31 March" --by manager-1
  usher journal hold robbery --from 2026-03-31T09:00 --to 2026-03-31T11:00 --reason "police, case 4711"

What several options name must all fit. It stays until the hold is released, whatever its age.`

const eraseExamples = `
Example:
  usher journal erase --visit visit-1-40-0 --reason "request 12" --by manager-1

Bodies and decisions that name the visit, its ended tasks, and checkpoints that hold it. The chain still verifies and
counts what is gone. That it was done, by whom and why stays in the journal, without the visit. Backups keep what they
held when they were made.`

const holdsText = (holds: readonly LegalHold[]): string =>
  holds.length === 0
    ? 'No legal holds.'
    : table(holds, [
        { title: 'hold', cell: ({ id }) => id },
        { title: 'task', cell: ({ task }) => task },
        { title: 'visit', cell: ({ visit }) => visit },
        { title: 'from', cell: ({ from }) => (from === undefined ? '' : dateTime(from)) },
        { title: 'to', cell: ({ to }) => (to === undefined ? '' : dateTime(to)) },
        { title: 'set by', cell: ({ by }) => by },
        { title: 'at', cell: ({ at }) => dateTime(at) },
        { title: 'reason', cell: ({ reason }) => reason, widthMax: 60 },
      ])

const erasedText = (visit: string, { bodies, decisions, tasks, kept }: Erased): string =>
  `Of ${visit} went ${bodies} bodies of entries, ${decisions} decision records and ${tasks} ended tasks.` +
  (kept === 0 ? '' : `\n${kept} decision records stay: a legal hold names their time or task.`)

const timeOption = (text: string) => parseTime(text, Date.now())

const askHolds = (command: Command, method: string, params: Record<string, unknown> = {}) =>
  withHub(command, async ({ control, say }) => {
    const holds = await control.request<readonly LegalHold[]>(method, params)
    say(holds, () => holdsText(holds))
  })

const byOf = (command: Command) => command.optsWithGlobals<{ by: string }>().by

const addErase = (journal: Command): void => {
  journal
    .command('erase')
    .description('erase what is on record about one visit, before its time')
    .requiredOption('--visit <id>', 'the visit, when it is over')
    .requiredOption('--reason <text>', 'who asked for it; kept in the journal')
    .option('--yes', 'do not ask')
    .addHelpText('after', eraseExamples)
    .action(async ({ visit, reason, yes }: Last & { visit: string }, command: Command) => {
      await confirm(`What is on record about ${visit} will be gone for good.`, yes)
      await withHub(command, async ({ control, by, say }) => {
        const erased = await control.request<Erased>('records.erase-visit', { visit, by, reason })
        say(erased, () => erasedText(visit, erased))
      })
    })
}

export const addHolds = (journal: Command): void => {
  journal
    .command('holds')
    .description('legal holds: what is kept beyond its time, by whom and why')
    .action((_: unknown, command: Command) => askHolds(command, 'records.holds'))
  journal
    .command('hold')
    .description('keep what is on record about a task, a visit or a time until it is released')
    .argument('<name>', 'a name for the hold: lower-case letters, digits, dashes')
    .option('--task <id>')
    .option('--visit <id>')
    .option('--from <time>', '14:05, or 2026-03-31T14:05', timeOption)
    .option('--to <time>', '14:05, or 2026-03-31T14:05', timeOption)
    .requiredOption('--reason <text>', 'why; kept with the hold')
    .addHelpText('after', holdExamples)
    .action((id: string, options: HoldOptions, command: Command) => {
      const { task, visit, from, to, reason } = options
      return askHolds(command, 'records.hold', { id, task, visit, from, to, reason, by: byOf(command) })
    })
  journal
    .command('release')
    .description('end a legal hold: what is past its time goes with the next retention')
    .argument('<name>')
    .requiredOption('--reason <text>', 'why; kept in the journal')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExample:\n  usher journal release complaint-17 --reason "settled" --by manager-1',
    )
    .action(async (id: string, { reason, yes }: Last, command: Command) => {
      await confirm(`What the hold ${id} keeps beyond its time will go.`, yes)
      await askHolds(command, 'records.release', { id, reason, by: byOf(command) })
    })
  addErase(journal)
}
