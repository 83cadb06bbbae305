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
  'command.forgotten': row(
    'It is no longer known whether this was done: too much has happened on the same page since.',
    'sender',
    'after-change',
    'Look how things stand now, and ask anew if it is still wanted.',
  ),
  'task.has-it': row(
    'This task is with this one already.',
    'sender',
    'no',
    'Nothing more needs to be done; it goes on as it is.',
  ),
  'task.retried': row(
    'This task is being tried once more already.',
    'sender',
    'no',
    'See what becomes of it; once that has ended, it can be wanted again.',
  ),
  'task.taken': row(
    'A colleague has accepted this task.',
    'sender',
    'no',
    'Leave it to him; whoever leads the branch can give it to another.',
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
    'Stay within the bounds that the text names, or ask a second person and give the reason.',
  ),
  'proposal.unknown': row(
    'No such change waits for a second person.',
    'operator',
    'no',
    'It ended more than a day ago, or another came after it: look at the flow.',
  ),
  'proposal.ended': row(
    'This change does not wait for a second person any more.',
    'operator',
    'no',
    'The text says what became of it; if it is still wanted, it is asked for again.',
  ),
  'proposal.own': row(
    'Who asks for a change beyond the bounds does not decide on it.',
    'operator',
    'no',
    'Somebody else who leads the branch approves or declines it; who asked can withdraw it.',
  ),
  'proposal.others': row(
    'Only who asked for this change can withdraw it.',
    'operator',
    'no',
    'Decline it instead.',
  ),
  'proposal.waits': row(
    'A change of this flow waits for a second person already.',
    'operator',
    'after-change',
    'It is approved, declined or withdrawn first; the text says who asked for it.',
  ),
  'proposal.needless': row(
    'This lies within what head office leaves to the branch: it needs no second person.',
    'operator',
    'after-change',
    'Set it directly.',
  ),
  'campaign.no-content': row(
    'Nothing of what this campaign shows is approved now.',
    'operator',
    'after-change',
    'Have a version of its content approved by a second person, or see when it expired.',
  ),
  'campaign.capped': row(
    'This campaign was shown often enough: today, or to this visitor.',
    'operator',
    'after-change',
    'Leave it; or say why it is shown all the same, which goes on record.',
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
