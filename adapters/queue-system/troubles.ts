/** What can be wrong with what a queue system sends. The codes are counted, logged and written in the README. */

export const troubles = {
  'not-json': 'The payload is not JSON.',
  'bad-shape': 'A value that is needed is missing or cannot be understood.',
  'too-large': 'The payload is larger than anything that a queue system has to say.',
  'no-rule': 'No rule of the mapping fits the message.',
  'unknown-service': 'It names a service that no table knows.',
  'unknown-counter': 'It names a counter that no table knows.',
  'unknown-ticket': 'It names a ticket by an id that was never told with its number.',
  retained: 'The broker kept a message that tells of a moment; it is no news.',
  stale: 'It tells of something too long ago.',
  'clock-ahead': 'The system says that it happened in the future: its clock is wrong.',
  duplicate: 'It was here already.',
  'out-of-order': 'Something newer about this ticket was here already.',
  gap: 'Messages before this one are missing.',
  'restarted-count': 'The system began to count its messages anew.',
  'number-jump': 'Ticket numbers were left out: tickets were issued that nobody told of.',
  'never-issued': 'A ticket was called or ended that nobody had told of.',
  'count-differs': 'The system counts other tickets waiting than its events add up to.',
  'lost-ticket': 'A ticket waits that the system no longer counts: its end was never told, so it is ended.',
  forgotten: 'More tickets at once than are remembered; the oldest was forgotten.',
  'bad-encoding': 'The file is written in another encoding than the configuration says.',
  'bad-line': 'A line of the file has not as many columns as its header, or is too long.',
  'file-gap': 'The file went on while nobody was reading, and that part is gone.',
  'not-sent': 'The hub would not take the event.',
} as const satisfies Record<string, string>

export type TroubleCode = keyof typeof troubles
