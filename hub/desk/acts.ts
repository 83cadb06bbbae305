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
/** And with pages that want to come in. */
export type DeskAct = (typeof deskActs)[number] | 'page-admitted'
