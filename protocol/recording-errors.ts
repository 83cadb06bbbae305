/** Errors of recordings: what is sent to be kept, who looks at them, and how they are kept. */
import { type ErrorRow, row } from './error-row.ts'

export const recordingErrors = {
  'recording.unknown': row(
    'There is no such recording.',
    'sender',
    'no',
    'Look into the list of recordings.',
  ),
  'recording.closed': row(
    'Nothing more is taken for this recording.',
    'sender',
    'no',
    'It was sealed, is paused, or was never begun; drop what is left of it.',
  ),
  'recording.order': row(
    'A piece before this one has not arrived.',
    'sender',
    'after-change',
    'Send the pieces one after the other; the answer names the number that is expected.',
  ),
  'recording.conflict': row(
    'Another piece has this number already.',
    'sender',
    'no',
    'What was kept first stays. Begin a new part.',
  ),
  'recording.chunk': row(
    'This is no piece of a recording.',
    'sender',
    'after-change',
    'Send WebM of one part, with its number, its age, and the SHA-256 chain that fits it.',
  ),
  'recording.too-large': row(
    'The piece, or all that this participant sent, is larger than the limit.',
    'sender',
    'no',
    'Send pieces of two seconds at the rate that the page is set to.',
  ),
  'recording.too-fast': row(
    'More pieces than anybody can record.',
    'sender',
    'later',
    'Wait a moment; what was sent too fast was not kept.',
  ),
  'recording.no-space': row(
    'There is not enough space for a recording.',
    'environment',
    'later',
    'Free some space on the disk, or raise recordings.bytesMax.',
  ),
  'recording.busy': row(
    'As many recordings as this machine bears are under way.',
    'environment',
    'later',
    'Wait for another sale to end, or raise recordings.atOnceMax.',
  ),
  'recording.recorder': row(
    'The recorder does not record.',
    'hub',
    'later',
    'It is started again by itself; look into the log of the hub when it does not come back.',
  ),
  'recording.held': row(
    'This recording is under a hold of this name already.',
    'sender',
    'after-change',
    'Choose another name for the hold.',
  ),
  'recording.not-held': row(
    'This recording is under no such hold.',
    'sender',
    'after-change',
    'The recording shows its holds.',
  ),
  'recording.erased': row(
    'This recording was deleted when its time was over.',
    'operator',
    'no',
    'What is left is the record of its deletion, which the recording shows.',
  ),
  'recording.damaged': row(
    'What is on disk of this recording is not what was sealed.',
    'environment',
    'no',
    'Verify the recordings, which names each file; restore it from a backup.',
  ),
  'recording.open': row(
    'The recording is not sealed yet.',
    'sender',
    'later',
    'Wait until the sale has ended and its files are sealed.',
  ),
} as const satisfies Record<string, ErrorRow>
