/** Errors of seeing a kiosk's page together, and of documents that are shown in a call. */
import { type ErrorRow, row } from './error-row.ts'

export const browseErrors = {
  'browse.message': row(
    'The message about the page of the kiosk is not one.',
    'sender',
    'after-change',
    'Send what protocol/calls/browse.ts describes for this side of the call.',
  ),
  'browse.not-yours': row(
    'Only the kiosk of the call and the expert who has it see the page together.',
    'sender',
    'no',
    'A manager stands beside the customer; an expert asks from a call of their own.',
  ),
  'browse.too-large': row(
    'The message about the page is larger than any may be.',
    'sender',
    'after-change',
    'Send a page in the parts that protocol/calls/browse.ts describes; a page that is larger is not shown.',
  ),
  'browse.too-fast': row(
    'More messages about the page than anybody can follow.',
    'sender',
    'later',
    'Wait a moment; what was sent too fast was not passed on, and a whole page mends it.',
  ),
  'document.unknown': row(
    'There is no such document that may be shown.',
    'sender',
    'after-change',
    'Choose one from the list: a still image or words of the library, agreed to, in force and not expired.',
  ),
  'document.elsewhere': row(
    'The documents of a branch that this desk serves are at the branch.',
    'sender',
    'no',
    'Ask somebody on the spot to show it.',
  ),
} as const satisfies Record<string, ErrorRow>
