/** What people do with accounts and sessions, as the journal calls it. */
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
export type DeskAct = (typeof deskActs)[number]
