/** Errors of a floor plan that is loaded from a file: the page reads it and says them, nothing is sent before. */
import { type ErrorRow, row } from './error-row.ts'

export const planFileErrors = {
  'plan-file.unreadable': row(
    'The file cannot be read.',
    'environment',
    'later',
    'Choose it again; copy it to this tablet first if it lies elsewhere.',
  ),
  'plan-file.too-large': row(
    'The file is larger than a plan can be.',
    'sender',
    'after-change',
    'Choose a plan that was saved here; a file may have 1 MiB.',
  ),
  'plan-file.not-json': row(
    'The file is not JSON.',
    'sender',
    'after-change',
    'Choose a plan that was saved here, or correct the place that is named.',
  ),
  'plan-file.other': row(
    'The file is no floor plan.',
    'sender',
    'after-change',
    'Choose a plan that was saved here; a picture is traced instead.',
  ),
  'plan-file.newer': row(
    'The file was written by a newer version of Usher.',
    'operator',
    'after-change',
    'Update this hub, or save the plan from one of its version.',
  ),
  'plan-file.invalid': row(
    'The plan in the file does not hold together.',
    'sender',
    'after-change',
    'Correct the places that are named, and load it again.',
  ),
} as const satisfies Record<string, ErrorRow>

export type PlanFileErrorCode = keyof typeof planFileErrors
