/** Errors of the branch model: names that are not in the branch file, and two people changing the same thing. */
import { type ErrorRow, row } from './error-row.ts'

export const branchErrors = {
  'config.conflict': row(
    'Someone else changed this since you read it.',
    'operator',
    'after-change',
    'Read it again, repeat your change on what is there now, and send the new revision.',
  ),
  'branch.no-file': row(
    'No branch file is in force yet.',
    'operator',
    'later',
    'Load one with `usher start --config FILE`.',
  ),
  'plan.no-version': row(
    'This version of the floor plan is not kept any more.',
    'operator',
    'no',
    'Take one of those that are listed.',
  ),
  'device.unknown': row(
    'No device of this name is declared in the branch file.',
    'operator',
    'after-change',
    'Check the name with `usher devices list`.',
  ),
  'device.declared': row(
    'A device of this name is declared already.',
    'operator',
    'no',
    'Take another name, or change that device in the branch file.',
  ),
  'device.kind-differs': row(
    'A device says it is of another kind than the branch file declares.',
    'operator',
    'after-change',
    'Correct the kind in the branch file, or find out which device uses this name.',
  ),
  'zone.unknown': row(
    'No zone of this name is in the branch file.',
    'operator',
    'after-change',
    'Correct the zone where the sensor is set up, or add it to the branch file.',
  ),
  'service.unknown': row(
    'No service of this name is in the branch file.',
    'operator',
    'after-change',
    'Correct the service in the queue system, or add it to the branch file.',
  ),
  'counter.unknown': row(
    'No counter of this name is in the branch file.',
    'operator',
    'after-change',
    'Correct the counter in the queue system, or add it to the branch file.',
  ),
  'person.unknown': row(
    'No person of this name is in the branch file.',
    'operator',
    'after-change',
    'Check the name in the branch file.',
  ),
  'visit.unknown': row(
    'There is no such visit now.',
    'operator',
    'no',
    'The visitor has left, or the visit was merged into another.',
  ),
  'ticket.unknown': row(
    'There is no such ticket now.',
    'operator',
    'no',
    'Check the number; an ended ticket cannot be changed.',
  ),
  'flow.unknown': row(
    'No flow of this name is here.',
    'operator',
    'after-change',
    'Check the name with `usher flows list`.',
  ),
  'escalation.unknown': row(
    'There is no such request for a person now.',
    'operator',
    'no',
    'It was ended, or never asked for.',
  ),
  'escalation.taken': row(
    'Someone has taken this request already.',
    'operator',
    'no',
    'Leave it to them, or speak with them.',
  ),
  'alert.unknown': row('There is no such alert now.', 'operator', 'no', 'It was cleared, or never raised.'),
  'device.held': row(
    'Someone else holds this device.',
    'operator',
    'after-change',
    'Leave it to them, or release it first: the text names who it is.',
  ),
  'alert.taken': row(
    'Someone else has claimed this alert.',
    'operator',
    'no',
    'Leave it to them, or speak with them: the text names who it is.',
  ),
  'mode.emergency': row(
    'The branch is in emergency mode, which is ended by hand only.',
    'operator',
    'after-change',
    'End the emergency first; then this can be done.',
  ),
  'mode.no-emergency': row('There is no emergency to end.', 'operator', 'no', 'Nothing needs to be done.'),
  'policy.invalid': row(
    'The policy of a flow does not fit.',
    'operator',
    'after-change',
    'The text names each setting; see `usher flows show` for what there is and its bounds.',
  ),
} as const satisfies Record<string, ErrorRow>
