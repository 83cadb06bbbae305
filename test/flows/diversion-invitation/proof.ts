/** The situations in which diversion invitation must keep its promises, and which reach each of its states. */

import type { FlowProof } from '../kit/describe-flow.ts'
import {
  called,
  endedAs,
  inUse,
  kioskFaulted,
  kioskHeld,
  kioskLost,
  lobby,
  marked,
  modeIs,
  session,
  stated,
  visitLeft,
} from './worlds.ts'

export const diversionInvitationProof: FlowProof = {
  lives: 200,
  // An emergency ends by hand; until then the queue system is not told.
  resident: ['retrying'],
  atMost: { 'offer-service': 1 },
  scenarios: [
    {
      name: 'an invited ticket',
      key: 'A001',
      worlds: [
        lobby(),
        lobby({ ticket: { state: 'held' }, kiosk: inUse('A001') }),
        lobby({ kiosk: { link: 'lost' } }),
        lobby({ kiosk: { link: 'lost' }, other: { link: 'lost' } }),
        lobby({ robot: { link: 'lost' } }),
        lobby({}, { branch: { mode: 'emergency' } }),
        lobby({ ticket: { state: 'called' } }),
      ],
      facts: [
        marked,
        session('started'),
        session('finished'),
        session('abandoned'),
        stated(true),
        stated(false),
        called,
        endedAs('served'),
        endedAs('no-show'),
        kioskLost,
        kioskFaulted,
        kioskHeld,
        visitLeft,
        modeIs('emergency'),
      ],
      refs: {
        offer: [{ answer: 'accepted' }, { answer: 'declined' }, { answer: 'none' }],
        'guide-1': [{ arrived: true }, { arrived: false }],
        'guide-2': [],
        hold: [],
        'restore-1': [],
        'restore-2': [],
        'release-1': [],
        'release-2': [],
        sorry: [],
        'called-meanwhile': [],
        'called-meanwhile-aloud': [],
      },
    },
  ],
}
