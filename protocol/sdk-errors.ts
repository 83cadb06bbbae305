/** Errors of an adapter: what its author or whoever runs it has to mend. They appear in the adapter's own log. */
import { type ErrorRow, row } from './error-row.ts'

export const sdkErrors = {
  'adapter.settings': row(
    'The settings of the adapter do not fit.',
    'operator',
    'after-change',
    'The text names the variable; see the README of the adapter.',
  ),
  'adapter.config': row(
    'The configuration of the adapter does not fit.',
    'operator',
    'after-change',
    'The text names each field and what is wrong with it.',
  ),
  'adapter.manifest': row(
    'The manifest of the adapter does not fit the contract.',
    'device',
    'after-change',
    'The text names the field; the adapter has to be mended.',
  ),
  'adapter.memory': row(
    'What the adapter must remember cannot be read or written.',
    'environment',
    'after-change',
    'Check the folder named in the text, its permissions and the space on the disk.',
  ),
  'adapter.enrolment': row(
    'The adapter has no certificate and could not get one.',
    'operator',
    'after-change',
    'Make a claim code with `usher devices add` and start the adapter with it once.',
  ),
  'adapter.command': row(
    'A command does not fit its capability; the task was refused.',
    'hub',
    'no',
    'The text names the field.',
  ),
  'adapter.result': row(
    'The adapter returned a result that does not fit its capability; the task was reported as failed.',
    'device',
    'after-change',
    'The text names the field; the adapter has to be mended.',
  ),
  'adapter.progress': row(
    'The adapter gave a progress that does not fit its capability; it was not sent.',
    'device',
    'after-change',
    'The text names the field; the adapter has to be mended.',
  ),
  'adapter.event': row(
    'The adapter gave an event that does not fit the contract; it was not sent.',
    'device',
    'after-change',
    'The text names the field; the adapter has to be mended.',
  ),
  'adapter.state': row(
    'The adapter gave a state that does not fit the contract; it was not sent.',
    'device',
    'after-change',
    'The text names the field; the adapter has to be mended.',
  ),
  'adapter.threw': row(
    'The adapter threw something that is not an error of a device.',
    'device',
    'after-change',
    'The text says what; the adapter has to be mended.',
  ),
  'adapter.message': row(
    'A message from the hub does not fit the contract; it was not obeyed.',
    'hub',
    'no',
    'Use versions of the adapter and of the hub that speak the same contract.',
  ),
} as const satisfies Record<string, ErrorRow>
