/**
 * Every error Usher can answer with: a stable code, what happened, whose fault it is and what to do.
 * Callers switch on the code, never on the text. docs/reference/errors.md is generated from this table.
 */

export type Fault = 'sender' | 'device' | 'operator' | 'hub' | 'environment'

export interface ErrorRow {
  /** One sentence: what happened. */
  readonly summary: string
  readonly fault: Fault
  /** Whether the same thing may be tried again unchanged. */
  readonly retry: 'no' | 'later' | 'after-change'
  /** What the reader should do. */
  readonly remedy: string
}

type Cells = readonly [
  summary: ErrorRow['summary'],
  fault: Fault,
  retry: ErrorRow['retry'],
  remedy: ErrorRow['remedy'],
]

const row = (...[summary, fault, retry, remedy]: Cells): ErrorRow => ({ summary, fault, retry, remedy })

export const errors = {
  // What a device sends
  'payload.not-json': row(
    'The payload is not JSON.',
    'sender',
    'after-change',
    'Send UTF-8 JSON without a byte order mark.',
  ),
  'payload.too-large': row(
    'The payload is larger than the limit.',
    'sender',
    'after-change',
    'Send at most the number of bytes named in the message.',
  ),
  'payload.too-deep': row(
    'The payload nests deeper than the limit.',
    'sender',
    'after-change',
    'Flatten the payload.',
  ),
  'payload.invalid': row(
    'The payload does not fit its schema.',
    'sender',
    'after-change',
    'Compare it with docs/reference/schemas; the text names the field.',
  ),
  'payload.stale-epoch': row(
    'The report names an epoch that has ended.',
    'sender',
    'no',
    'Drop the task; the hub was restored or taken over since.',
  ),
  'topic.unknown': row(
    'The topic is not part of the contract.',
    'sender',
    'after-change',
    'See docs/reference/asyncapi.json for the topics.',
  ),
  'topic.foreign': row(
    'The topic belongs to another device or branch.',
    'sender',
    'no',
    'Publish and subscribe under your own name only.',
  ),
  'topic.retain': row(
    'This topic may not be retained.',
    'sender',
    'after-change',
    'Only presence and manifest are retained.',
  ),
  'event.unknown': row(
    'The event name is not known.',
    'sender',
    'after-change',
    'Use a name of the contract, or one that starts with x- .',
  ),
  'report.unknown-task': row(
    'The report names a task or attempt that was never offered to this device.',
    'sender',
    'no',
    'Report only tasks offered to you.',
  ),
  // The store
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

  // The hub itself
  'hub.busy': row(
    'More is waiting than the hub takes on.',
    'hub',
    'later',
    'Send again later, and more slowly.',
  ),
  'hub.stopping': row('The hub is stopping.', 'hub', 'later', 'Send again when it is back.'),
  'hub.bug': row(
    'The hub could not decide this; nothing of it was kept.',
    'hub',
    'no',
    'Report it with the line of the log.',
  ),
  'store.full': row(
    'The disk is full; nothing was written.',
    'environment',
    'later',
    'Free some space; the hub goes on by itself.',
  ),
  'store.broken': row(
    'The disk failed; what is on it is unknown.',
    'environment',
    'no',
    'Check the disk, then restart; restore a backup if verify fails.',
  ),
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errors

/** An error with a stable code. `detail` is for the reader of this one case; never a secret, never a stack. */
export class UsherError extends Error {
  override readonly name = 'UsherError'
  readonly code: ErrorCode
  readonly detail: string | undefined

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? errors[code].summary : `${errors[code].summary} ${detail}`, options)
    this.code = code
    this.detail = detail
  }
}

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errors, code)
