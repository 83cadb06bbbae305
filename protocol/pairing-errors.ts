/** Errors of pages that want to become devices, and of who lets them in. */
import { type ErrorRow, row } from './error-row.ts'

export const pairingErrors = {
  'pairing.busy': row(
    'Too many pages ask for a code.',
    'sender',
    'later',
    'Wait a minute; the page asks again by itself. The limits are settings under pairing.',
  ),
  'pairing.unknown': row(
    'No page shows this code now.',
    'sender',
    'after-change',
    'Look at the screen again: a code ends after a quarter of an hour, and the screen shows the next one.',
  ),
  'pairing.done': row(
    'The page with this code has been let in already.',
    'sender',
    'no',
    'Look at the list of devices for what it became.',
  ),
  'pairing.kind': row(
    'The page and the device are of different kinds.',
    'sender',
    'after-change',
    'Choose a device of the kind that the page is: a screen is no kiosk.',
  ),
  'pairing.taken': row(
    'Another page is this device.',
    'sender',
    'after-change',
    'Choose another device, or say that the page shall take its place: the other one is shut out then.',
  ),
} as const satisfies Record<string, ErrorRow>
