/** Errors of recorded sales, and of the line over which a speech engine tells what is said. */
import { type ErrorRow, row } from './error-row.ts'

export const saleErrors = {
  'sale.off': row(
    'No sale is recorded at this branch.',
    'sender',
    'after-change',
    'Add a section recording with a script to the branch file.',
  ),
  'sale.no-script': row(
    'No script says how this product is sold.',
    'sender',
    'after-change',
    'Choose another product, or add it to a script under recording in the branch file.',
  ),
  'sale.open': row(
    'A sale is being recorded already, in this call, at this kiosk or by this person.',
    'sender',
    'later',
    'End that one first.',
  ),
  'sale.unknown': row(
    'There is no such sale.',
    'sender',
    'no',
    'Sales of the last seven days are in the list of sales, older ones in their recordings.',
  ),
  'sale.over': row('The sale has ended.', 'sender', 'no', 'Begin another one where something is to be sold.'),
  'sale.not-yours': row(
    'The sale is somebody else’s.',
    'sender',
    'no',
    'Only the expert of its call, a manager who stands in that call, and the manager who began it act in a sale.',
  ),
  'sale.state': row(
    'That cannot be done with the sale as it is now.',
    'sender',
    'no',
    'Look at its state again.',
  ),
  'sale.blocked': row(
    'The sale step cannot be done yet.',
    'sender',
    'after-change',
    'Say or tick what is missing, settle what was found, and wait until every recorder runs.',
  ),
  'sale.sold': row('The sale step has been done.', 'sender', 'no', 'Nothing of it can be changed any more.'),
  'sale.item': row('The script has no such item.', 'sender', 'after-change', 'Use an item of the sale.'),
  'sale.no-tick': row(
    'Only the customer can say this; nobody ticks it.',
    'sender',
    'no',
    'Ask the question again, so that the customer’s answer is heard.',
  ),
  'sale.finding': row(
    'There is no such finding, or it is settled already.',
    'sender',
    'no',
    'Look at the findings of the sale.',
  ),
  'sale.gap': row(
    'No recorder has this time: a note does not bring it back.',
    'sender',
    'no',
    'End this sale, and record it anew.',
  ),
  'sale.kiosk-asks': row(
    'The kiosk asks the customer; nobody says yes for them.',
    'sender',
    'no',
    'Ask the customer to answer at the kiosk.',
  ),
  'sale.kiosk-in-call': row(
    'Somebody calls an expert at this kiosk.',
    'sender',
    'later',
    'Begin the sale in that call, or choose another kiosk or none.',
  ),
  'sale.secret': row(
    'The customer types something secret.',
    'sender',
    'later',
    'The recording goes on by itself as soon as that is done.',
  ),
  'sale.elsewhere': row(
    'The call is of a branch elsewhere.',
    'sender',
    'no',
    'A manager of that branch who joins the call begins the sale: the script and the recording are the branch’s.',
  ),
  'speech.token': row(
    'The token of the speech engine is not good.',
    'sender',
    'after-change',
    'Give the engine the speech token of this hub, as Authorization: Bearer.',
  ),
  'speech.line': row(
    'A line of speech is none.',
    'sender',
    'after-change',
    'Send one JSON object a line, as docs/operations/sales.md describes; the text names the line and the field.',
  ),
  'speech.too-large': row(
    'More lines of speech at once than anybody says.',
    'sender',
    'after-change',
    'Send at most 500 lines and 256 kB with one request.',
  ),
  'speech.too-fast': row(
    'More speech than anybody can say.',
    'sender',
    'later',
    'Wait a moment; lines that were refused may be sent again.',
  ),
  'speech.not-recorded': row(
    'The sale is not being recorded.',
    'sender',
    'later',
    'Listen to what /speech/sales lists as recording; what is said at other times does not count.',
  ),
} as const satisfies Record<string, ErrorRow>
