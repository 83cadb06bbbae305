/** Errors of people's own answers to tasks, of what is on record about them, and of evidence that does not hold. */
import { type ErrorRow, row } from './error-row.ts'

export const taskErrors = {
  'task.ended': row(
    'This task has ended already.',
    'operator',
    'no',
    'See what became of it with `usher tasks show` or `usher explain --task`.',
  ),
  'task.not-asked': row(
    'This person is not the one who is asked now.',
    'operator',
    'after-change',
    'See who is asked with `usher tasks show`; the task may have gone to someone else.',
  ),
  'task.not-suggested': row(
    'This task is not a suggestion that waits for a person.',
    'operator',
    'no',
    'Nothing needs to be confirmed; cancel it with `usher tasks cancel` if it should not be done.',
  ),
  'explain.nothing': row(
    'Nothing is on record about this.',
    'operator',
    'after-change',
    'Check the name; records are kept 180 days, and what was erased for privacy is gone.',
  ),
  'command.unconfirmed': row(
    'This cannot be taken back and was not confirmed; nothing was changed.',
    'operator',
    'after-change',
    'Say yes when you are asked, or --yes where nobody can be asked.',
  ),
  'hold.exists': row(
    'A legal hold of this name is in force.',
    'operator',
    'after-change',
    'Choose another name; see them with `usher journal holds`.',
  ),
  'hold.unknown': row(
    'There is no legal hold of this name.',
    'operator',
    'after-change',
    'Check the name with `usher journal holds`.',
  ),
  'visit.held': row(
    'A legal hold keeps what is on record about this visit.',
    'operator',
    'after-change',
    'Ask whoever set it; once `usher journal release` has ended it, the visit can be erased.',
  ),
  'visit.inside': row(
    'This visit is not over.',
    'operator',
    'later',
    'Erase it when the visitor has left; `usher visits` shows who is inside.',
  ),
  'evidence.invalid': row(
    'The file is not evidence that Usher wrote.',
    'operator',
    'after-change',
    'Name a file written by `usher explain --evidence`.',
  ),
  'journal.broken': row(
    'The chain does not hold.',
    'environment',
    'no',
    'Keep the file and the data directory as they are; the text names the first entry that does not fit.',
  ),
  'journal.invalid': row(
    'The file is not a recorded day that Usher wrote.',
    'operator',
    'after-change',
    'Name a file written by `usher journal export --day`; the text names the line that does not fit.',
  ),
  'journal.cut-off': row(
    'The recorded day was cut off.',
    'operator',
    'after-change',
    'Write it again with `usher journal export --day`; its last line says that it is whole.',
  ),
  'journal.newer-version': row(
    'The journal was written by a newer version of Usher.',
    'operator',
    'after-change',
    'Use the version that wrote it, or a newer one; the text names both.',
  ),
  'journal.no-day': row(
    'Nothing is on record for this day.',
    'operator',
    'after-change',
    'Name a day on which the hub ran, as YYYY-MM-DD of the branch, `yesterday` or `today`.',
  ),
  'journal.no-checkpoint': row(
    'The state at the beginning of this day is no longer kept.',
    'operator',
    'no',
    'Choose a later day; a day can be replayed from the daily checkpoint before it, kept as long as bodies are (8 days).',
  ),
  'journal.erased': row(
    'The bodies of this day were erased for privacy.',
    'operator',
    'no',
    'Choose a later day; bodies are kept 8 days unless the settings say otherwise.',
  ),
  'file.exists': row(
    'A file of this name exists.',
    'operator',
    'after-change',
    'Choose another name; nothing is overwritten.',
  ),
} as const satisfies Record<string, ErrorRow>
