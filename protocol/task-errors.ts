/** Errors of people's own answers to tasks, and of evidence that does not hold. */
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
  'file.exists': row(
    'A file of this name exists.',
    'operator',
    'after-change',
    'Choose another name; nothing is overwritten.',
  ),
} as const satisfies Record<string, ErrorRow>
