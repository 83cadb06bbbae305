/** Errors of measuring an effect: plans that cannot be, and flows that are never switched off for a measurement. */
import { type ErrorRow, row } from './error-row.ts'

export const effectErrors = {
  'effect.plan-invalid': row(
    'The measuring plan does not fit.',
    'operator',
    'after-change',
    'The text says what is wrong; `usher effect plan --help` shows an example.',
  ),
  'effect.flow-kept': row(
    'This flow is never switched off for a measurement.',
    'operator',
    'after-change',
    'Only greeting, diversion, diversion-invitation and promotion may rest: people rely on the others.',
  ),
  'effect.flow-set': row(
    'This flow is not automatic: a person has set it otherwise.',
    'operator',
    'after-change',
    'Set it to automatic with `usher flows set`, or leave it out of the plan.',
  ),
  'effect.running': row(
    'A measuring plan is in force already.',
    'operator',
    'after-change',
    'Let it end, or stop it with `usher effect stop`.',
  ),
  'effect.none': row(
    'No measuring plan is in force.',
    'operator',
    'no',
    'Nothing needs to be stopped; set one with `usher effect plan`.',
  ),
} as const satisfies Record<string, ErrorRow>
