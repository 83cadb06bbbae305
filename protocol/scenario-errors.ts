/** Errors of scenarios and ticket logs: files that people write or export for a simulated day. */
import { type ErrorRow, row } from './error-row.ts'

export const scenarioErrors = {
  'scenario.unknown': row(
    'No scenario of this name is shipped.',
    'operator',
    'after-change',
    'Use one of the names listed, or give the path of a file.',
  ),
  'scenario.unreadable': row(
    'A file of the scenario cannot be read.',
    'operator',
    'after-change',
    'Check the path; the branch file is looked for next to the scenario.',
  ),
  'scenario.invalid': row(
    'The scenario does not fit.',
    'operator',
    'after-change',
    'Each fault is listed with its line and its path in the file; correct them all and try again.',
  ),
  'ticket-log.unreadable': row(
    'The ticket log cannot be read.',
    'operator',
    'after-change',
    'Check the path, and save the file as CSV in UTF-8.',
  ),
  'ticket-log.columns': row(
    'The ticket log lacks a column that is needed.',
    'operator',
    'after-change',
    'Name the columns of your file in the mapping; the text lists what the file has.',
  ),
  'ticket-log.invalid': row(
    'Lines of the ticket log cannot be understood; nothing was imported.',
    'operator',
    'after-change',
    'Correct the lines that are listed, or the time format and the mapping, and import it again.',
  ),
} as const satisfies Record<string, ErrorRow>
