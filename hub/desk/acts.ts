/** What people do at the desk beside leading the branch, as the journal calls it: with accounts and sessions first. */
export const deskActs = [
  'set-up',
  'invited',
  'link-used',
  'roles-set',
  'disabled',
  'enabled',
  'reset',
  'signed-in',
  'refused',
  'signed-out',
  'signed-out-everywhere',
  'session-ended',
  'password-changed',
] as const
export const recordingActs = [
  'recording-held',
  'recording-released',
  'recording-erased',
  'recording-watched',
  'recording-exported',
  'recording-sealed',
] as const
/** And with pages that want to come in, and with recordings. */
export type DeskAct = (typeof deskActs)[number] | 'page-admitted' | (typeof recordingActs)[number]
