/** Errors of work that people ask for by hand, move, take or want once more, and of the settings they change. */
import { type ErrorRow, row } from './error-row.ts'

export const workErrors = {
  'ask.incomplete': row(
    'Something that this work needs was not said.',
    'sender',
    'after-change',
    'The text says what: for whom, where, or in which words.',
  ),
  'ask.repeated': row(
    'A request of this name is under way already.',
    'sender',
    'no',
    'Each request has a name of its own; this one need not be asked for again.',
  ),
  'place.unknown': row(
    'No place of this name is in the branch file.',
    'operator',
    'after-change',
    'Check the name in the branch file.',
  ),
  'campaign.unknown': row(
    'No campaign of this name is in the branch file.',
    'operator',
    'after-change',
    'Check the name in the branch file.',
  ),
  'policy.out-of-bounds': row(
    'This is beyond what head office leaves to the branch.',
    'operator',
    'after-change',
    'Stay within the bounds that the text names, or ask head office to change them in the branch file.',
  ),
  'campaign.off': row(
    'This campaign is switched off.',
    'operator',
    'after-change',
    'Switch it on first, if it is to be shown.',
  ),
  'flow.off': row(
    'This flow is switched off in this branch.',
    'operator',
    'after-change',
    'Whoever leads the branch can switch it on.',
  ),
  'task.open': row(
    'This task is still under way.',
    'operator',
    'no',
    'Cancel it first, or give it to another.',
  ),
  'task.not-again': row(
    'This task was done, or may have been done: it is not done again.',
    'operator',
    'no',
    'Ask for new work, if it is still wanted.',
  ),
  'task.begun': row(
    'This has begun, and what has begun of this kind cannot go to another.',
    'operator',
    'no',
    'Let it finish, or cancel it.',
  ),
  'task.not-eligible': row(
    'This one cannot do this task now.',
    'operator',
    'after-change',
    'The text gives the reason; choose another, or try again when it has changed.',
  ),
} as const satisfies Record<string, ErrorRow>
