/** What people do with accounts, sessions and pages that want to come in, as the journal calls it. */
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
  'page-admitted',
] as const
export type DeskAct = (typeof deskActs)[number]
