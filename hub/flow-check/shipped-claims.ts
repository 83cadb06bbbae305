/**
 * Claims that the shipped flows make on their samples, so that a deployed flow can be held against them without walking
 * through them all again. A test says when this is no longer so.
 */
import type { Claimed } from './shared-claims.ts'

export const shippedClaims: readonly Claimed[] = [
  { flow: 'device-care', purpose: 'charging:device', kind: 'lease', priority: 3 },
  { flow: 'device-care', purpose: 'charging:device', kind: 'lease', priority: 6 },
  { flow: 'diversion', purpose: 'open-counter', kind: 'lease', priority: 5 },
  { flow: 'diversion-invitation', purpose: 'kiosk', kind: 'lease', priority: 5 },
  { flow: 'diversion-invitation', purpose: 'attention:visit', kind: 'lease', priority: 5 },
  { flow: 'diversion-invitation', purpose: 'kiosk', kind: 'lease', priority: null },
  { flow: 'diversion-invitation', purpose: 'announce:ticket', kind: 'lease', priority: 8 },
  { flow: 'escalation', purpose: 'attention:visit', kind: 'lease', priority: null },
  { flow: 'greeting', purpose: 'greet:visit', kind: 'once', priority: 4 },
  { flow: 'greeting', purpose: 'attention:visit', kind: 'lease', priority: 4 },
  { flow: 'greeting', purpose: 'greet-group:zone', kind: 'lease', priority: null },
  { flow: 'greeting', purpose: 'greet:visit', kind: 'once', priority: null },
  { flow: 'greeting', purpose: 'receive:visit', kind: 'once', priority: 7 },
  { flow: 'greeting', purpose: 'greet-burst:zone', kind: 'lease', priority: null },
  { flow: 'promotion', purpose: 'promotion:visit', kind: 'lease', priority: 2 },
  { flow: 'promotion', purpose: 'attention:visit', kind: 'lease', priority: 2 },
  { flow: 'promotion', purpose: 'promotion:zone', kind: 'lease', priority: 1 },
  { flow: 'request', purpose: 'greet:visit', kind: 'once', priority: 6 },
  { flow: 'request', purpose: 'attention:visit', kind: 'lease', priority: 6 },
  { flow: 'request', purpose: 'greet-by-hand:zone', kind: 'lease', priority: 6 },
  { flow: 'request', purpose: 'announce:zone', kind: 'lease', priority: 6 },
  { flow: 'request', purpose: 'promotion:zone', kind: 'lease', priority: 6 },
  { flow: 'request', purpose: 'promotion:visit', kind: 'lease', priority: 6 },
  { flow: 'request', purpose: 'open-counter', kind: 'lease', priority: 6 },
  { flow: 'request', purpose: 'remote:device', kind: 'lease', priority: 6 },
  { flow: 'request', purpose: 'kiosk', kind: 'lease', priority: 6 },
]
