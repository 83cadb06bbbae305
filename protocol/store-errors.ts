/** Errors of what is on disk: the data directory, its lock, its age and its backups. */
import { type ErrorRow, row } from './error-row.ts'

export const storeErrors = {
  'json.not-plain': row(
    'A value is not plain JSON and would not survive a restart.',
    'hub',
    'after-change',
    'Use strings, finite numbers, booleans, null, arrays and plain objects; the text names the field.',
  ),
  'store.locked': row(
    'Another process is using this data directory.',
    'operator',
    'after-change',
    'Stop the other hub first, or give this one a directory of its own.',
  ),
  'store.newer-schema': row(
    'The data was written by a newer version of Usher.',
    'operator',
    'after-change',
    'Start the newer version, or restore a backup made by this one.',
  ),
  'store.corrupt': row(
    'The stored data is damaged.',
    'environment',
    'no',
    'Restore the last backup with `usher restore`; the text says what was found.',
  ),
  'store.backup-invalid': row(
    'The backup cannot be used.',
    'operator',
    'after-change',
    'Choose another backup; the text says what is wrong with this one.',
  ),
  'store.backup-older': row(
    'The data directory holds newer work than the backup.',
    'operator',
    'after-change',
    'Restore with force to give that work up, or choose a newer backup.',
  ),
  'store.backup-exists': row(
    'A file with the name of the backup exists.',
    'operator',
    'after-change',
    'Choose another name; a backup never overwrites.',
  ),
} as const satisfies Record<string, ErrorRow>
