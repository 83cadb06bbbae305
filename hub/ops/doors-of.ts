/** Which doors the settings open, as the broker takes them, and where pages that are devices find theirs. */
import type { EmbeddedBroker } from '../broker/embedded.ts'
import type { OpenBrokerParts } from '../broker/open-broker.ts'
import type { PageDoors } from '../pairing/pairing.ts'
import type { HubConfig } from './config.ts'

/** `false` is written by people who want none. */
const wanted = <Given>(given: Given | false): Given | undefined => (given === false ? undefined : given)

/** @param isOwn whether this is the origin of pages that the hub serves itself */
export const doorsOf = (
  { loopback, tls, websocket }: HubConfig['mqtt'],
  isOwn: (origin: string) => boolean,
): Pick<OpenBrokerParts, 'loopback' | 'tls' | 'webSocket'> => ({
  loopback: wanted(loopback),
  tls: wanted(tls),
  webSocket:
    websocket === false
      ? undefined
      : {
          origins: websocket.origins,
          isOwn,
          loopback: wanted(websocket.loopback),
          tls: wanted(websocket.tls),
        },
})

export const pageDoorsOf = ({ websocket }: HubConfig['mqtt'], broker: EmbeddedBroker): PageDoors => {
  const { websocket: ws, 'secure-websocket': wss } = broker.ports()
  const loopback = websocket !== false && websocket.loopback
  return { ws, wss, byName: loopback !== false && loopback.trust === 'declared' }
}
