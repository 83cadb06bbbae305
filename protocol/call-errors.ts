/** Errors of the expert desk and of calls. */
import { type ErrorRow, row } from './error-row.ts'

export const callErrors = {
  'call.unknown': row(
    'There is no such call.',
    'sender',
    'no',
    'Look at the list of calls: it may have ended some time ago.',
  ),
  'call.over': row(
    'The call has ended.',
    'sender',
    'no',
    'Ask for an expert again where one is still needed.',
  ),
  'call.not-yours': row(
    'The call is somebody else’s.',
    'sender',
    'no',
    'Only the expert who accepted it, the customer’s side and a manager of the branch are in it.',
  ),
  'call.not-ringing': row(
    'It does not ring for you any more.',
    'sender',
    'no',
    'Somebody else took it, the time was over, or it was called off.',
  ),
  'call.state': row(
    'That cannot be done with the call as it is now.',
    'sender',
    'no',
    'Look at its state again: somebody may have been quicker.',
  ),
  'call.code-unknown': row(
    'There is no such way for a call to end.',
    'sender',
    'after-change',
    'Choose one of the codes that the branch file lists under experts.',
  ),
  'call.ticket': row(
    'The ticket for the call is not good.',
    'sender',
    'after-change',
    'Ask for another one: a ticket is for one participant of one call, and ends with it.',
  ),
  'call.full': row('As many as may are in the call.', 'sender', 'later', 'Somebody has to leave it first.'),
  'call.guest': row(
    'Another expert is asked in, or there, already.',
    'sender',
    'later',
    'Hand the call over to who is there, or take them off first.',
  ),
  'call.signal': row(
    'The message between participants is not one.',
    'sender',
    'after-change',
    'Send what protocol/calls/signalling.ts describes, to somebody who is in the same call.',
  ),
  'call.too-fast': row(
    'More messages than anybody needs for a call.',
    'sender',
    'later',
    'Wait a moment; what was sent too fast was not passed on.',
  ),
  'link.denied': row(
    'The desk does not know this branch, or the secret is another one.',
    'sender',
    'after-change',
    'Compare the name and the secret file under calls.desk of the branch with calls.branches of the desk.',
  ),
  'link.taken': row(
    'A hub with the name of this branch is connected already.',
    'sender',
    'later',
    'Only one hub may be this branch: stop the other one, or give this one its own name and secret.',
  ),
  'link.version': row(
    'Branch and desk speak different versions of their line.',
    'sender',
    'after-change',
    'Install the same version of Usher on both.',
  ),
  'link.message': row(
    'A message between branch and desk that is none.',
    'sender',
    'after-change',
    'Install the same version of Usher on both; protocol/calls/link.ts describes the messages.',
  ),
  'link.too-large': row(
    'A message between branch and desk that is larger than any may be.',
    'sender',
    'after-change',
    'Install the same version of Usher on both.',
  ),
  'link.too-fast': row(
    'More messages between branch and desk than calls need.',
    'sender',
    'later',
    'The line was closed and is opened again; look for what sends so much.',
  ),
  'expert.unknown': row(
    'There is no such expert.',
    'sender',
    'after-change',
    'Use an expert whom the branch file lists under experts, with an account of the same name.',
  ),
  'expert.not-there': row(
    'The expert is not there.',
    'sender',
    'later',
    'Only who has the console open and has signed on can be set to available or away.',
  ),
  'call.far': row(
    'This is done at the desk, which is elsewhere.',
    'sender',
    'no',
    'Ask the expert, or whoever leads the experts there; or give it back to people on the spot.',
  ),
  'expert.busy': row(
    'The expert is in a call or writes one up.',
    'sender',
    'later',
    'Wait until it has ended, or choose somebody else.',
  ),
  'expert.none': row(
    'No expert can be called now.',
    'sender',
    'later',
    'Call a colleague on the spot; kiosks offer experts again as soon as one is there.',
  ),
} as const satisfies Record<string, ErrorRow>
