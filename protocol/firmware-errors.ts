/** Errors of judging a device's new firmware. */
import { type ErrorRow, row } from './error-row.ts'

export const firmwareErrors = {
  'firmware.unsaid': row(
    'This device has not said what it is, and so not which firmware it runs.',
    'operator',
    'later',
    'Wait for its manifest; see `usher devices show`.',
  ),
  'firmware.other': row(
    'This device runs another firmware by now.',
    'operator',
    'after-change',
    'See which one with `usher devices show`, then judge that one.',
  ),
  'firmware.judged': row(
    'There is nothing to judge: this firmware has that standing already.',
    'operator',
    'no',
    'See what is on probation with `usher devices list`.',
  ),
  'firmware.no-model': row(
    'No device of this branch has said that it is of this model.',
    'operator',
    'after-change',
    'Check the model with `usher devices score` or `usher devices show`; it is written as the vendor writes it.',
  ),
} as const satisfies Record<string, ErrorRow>
