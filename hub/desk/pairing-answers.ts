/** What the desk answers to pages that want to become devices, and to who lets them in. */
import type { pairingRoutes } from '#protocol/desk/pairing-routes.ts'
import type { RequestOf, ResponseOf } from '#protocol/desk/route.ts'
import type { Pairing } from '../pairing/pairing.ts'
import { sessionOf, type Visit } from './visit.ts'

type PairingRoutes = typeof pairingRoutes
type PairingAnswers = {
  readonly [Name in keyof PairingRoutes]: (
    request: RequestOf<PairingRoutes[Name]>,
    visit: Visit,
  ) => Promise<ResponseOf<PairingRoutes[Name]>> | ResponseOf<PairingRoutes[Name]>
}

export const createPairingAnswers = (pairing: Pairing): PairingAnswers => ({
  door: (_, { asker }) => pairing.door(asker.isLocal),
  askPairing: ({ kind }, { asker }) => pairing.ask(kind, asker.address),
  followPairing: ({ secret }) => pairing.follow(secret),
  pairings: (_, { tongue }) => pairing.view(tongue),
  admitPage: (wish, visit) => pairing.admit(wish, sessionOf(visit).name),
})
