/** Errors of the desk: signing in, accounts, and what a browser may ask. */
import { browseErrors } from './browse-errors.ts'
import { callErrors } from './call-errors.ts'
import { type ErrorRow, row } from './error-row.ts'
import { pairingErrors } from './pairing-errors.ts'
import { recordingErrors } from './recording-errors.ts'
import { saleErrors } from './sale-errors.ts'

export const deskErrors = {
  'sign-in.wrong': row(
    'The name or the password is wrong.',
    'sender',
    'after-change',
    'Check both; an administrator can reset a forgotten password.',
  ),
  'sign-in.wait': row(
    'Too many attempts.',
    'sender',
    'later',
    'Wait as long as the answer says, then try again.',
  ),
  'sign-in.busy': row(
    'Too many people are signing in at this moment.',
    'hub',
    'later',
    'Try again in a few seconds.',
  ),
  'sign-in.needed': row('This needs somebody who is signed in.', 'sender', 'after-change', 'Sign in.'),
  'role.missing': row(
    'Your role does not allow this.',
    'sender',
    'no',
    'Ask an administrator, if it belongs to your work.',
  ),
  'request.origin': row(
    'The request does not come from a page of this hub.',
    'sender',
    'no',
    'Open the page of the hub itself and try again there.',
  ),
  'request.host': row(
    'The hub does not answer under this name.',
    'operator',
    'after-change',
    'Use a name of http.names, or add this one there.',
  ),
  'request.invalid': row(
    'The request does not fit.',
    'sender',
    'after-change',
    'The text names the field and what is wrong with it.',
  ),
  'request.too-large': row(
    'The request is larger than the limit.',
    'sender',
    'after-change',
    'Send less at once.',
  ),
  'request.type': row(
    'The request is of a kind that is not understood here.',
    'sender',
    'after-change',
    'Send JSON to the interface and forms to pages.',
  ),
  'request.unknown': row('There is nothing at this address.', 'sender', 'no', 'Check the address.'),
  'request.method': row(
    'This address does not take that method.',
    'sender',
    'after-change',
    'Use the method that the answer allows.',
  ),
  'password.short': row(
    'The password is too short.',
    'sender',
    'after-change',
    'Take at least 15 characters; a few words in a row are good.',
  ),
  'password.long': row('The password is too long.', 'sender', 'after-change', 'Take at most 256 characters.'),
  'password.obvious': row(
    'The password is among the first that anybody would try.',
    'sender',
    'after-change',
    'Take words that have nothing to do with you, the bank or each other.',
  ),
  'link.spent': row(
    'The link has been used, is too old, or was replaced by a newer one.',
    'sender',
    'no',
    'Ask for a new one.',
  ),
  'account.exists': row(
    'There is an account of this name already.',
    'sender',
    'after-change',
    'Choose another name, or reset the one that is there.',
  ),
  'account.reserved': row(
    'This name stands for a part of the hub in the journal.',
    'sender',
    'after-change',
    'Choose another name.',
  ),
  'account.unknown': row('There is no account of this name.', 'sender', 'no', 'See usher staff accounts.'),
  'account.disabled': row('The account is disabled.', 'sender', 'after-change', 'Enable it first.'),
  'account.last-admin': row(
    'Nobody would be left who can manage accounts.',
    'sender',
    'after-change',
    'Make somebody else an administrator first.',
  ),
  'session.unknown': row('There is no such session of yours.', 'sender', 'no', 'Look at the list again.'),
  'live.too-many': row(
    'Too many pages of this hub are open.',
    'sender',
    'later',
    'Close pages that nobody looks at.',
  ),
  'desk.accounts-unreadable': row(
    'The file of the accounts cannot be read.',
    'environment',
    'after-change',
    'Look at accounts.db in the data directory: its permissions, its disk, and whether a newer version wrote it.',
  ),
  'http.certificate': row(
    'The certificate for HTTPS cannot be used.',
    'operator',
    'after-change',
    'Check the files named in http.certificate and http.key: PEM, a pair, readable for the hub.',
  ),
  ...pairingErrors,
  ...callErrors,
  ...browseErrors,
  ...recordingErrors,
  ...saleErrors,
} as const satisfies Record<string, ErrorRow>
