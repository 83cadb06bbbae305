/** What can be wrong with what a sensor sends. The codes are counted, logged and written in the README. */

export const troubles = {
  'not-json': 'The payload is not JSON.',
  'bad-shape': 'A field that is needed is missing or is not what the vendor documents.',
  'too-large': 'The payload is larger than anything that a sensor has to say.',
  'unknown-sensor': 'It names a camera or sensor that the configuration does not know.',
  retained: 'The broker kept a message that tells of a moment; it is no news.',
  stale: 'It tells of something too long ago.',
  'clock-ahead': 'The sensor says that it happened in the future: its clock is wrong.',
  duplicate: 'It was here already.',
  'out-of-order': 'Something newer was here already.',
  gap: 'Messages before this one are missing.',
  'sensor-restarted': 'The sensor began to count its messages anew; its tracks are over.',
  'counter-restarted': 'A counter began anew.',
  'counter-wrapped': 'A counter came to its end and began anew.',
  implausible: 'A counter grew by more people than come in at once.',
  forgotten: 'More tracks at once than are remembered; the oldest was forgotten.',
  'not-sent': 'The hub would not take the event.',
} as const satisfies Record<string, string>

export type TroubleCode = keyof typeof troubles
