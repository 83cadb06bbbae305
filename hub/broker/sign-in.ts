/** Who is on this connection: what the broker asks before it lets anyone in. */
import type { ErrorCode } from '#protocol/errors.ts'
import type { Identity } from './rules.ts'

export interface PeerCertificate {
  /** DER. */
  readonly raw: Buffer
  /** Signed by the branch's own authority, and in its time. */
  readonly authorized: boolean
}

/** The doors: plain MQTT and MQTT over WebSocket, each on this machine or with TLS. */
export type ListenerName = 'plaintext' | 'tls' | 'websocket' | 'secure-websocket'

export interface SignInRequest {
  readonly listener: ListenerName
  readonly address: string
  readonly clientId: string
  readonly username: string | undefined
  readonly password: Buffer | undefined
  readonly certificate: PeerCertificate | undefined
}

export type SignIn = (request: SignInRequest) => Promise<Identity | ErrorCode>

/** CONNACK knows five refusals [MQTT-3.2.2]; the code itself is in the hub's log and counters. */
export const connackCode = (code: ErrorCode): 2 | 3 | 4 | 5 => {
  switch (code) {
    case 'connect.client-id':
    case 'connect.text':
    case 'connect.session':
      return 2
    case 'connect.busy':
    case 'connect.too-many':
      return 3
    case 'connect.claim':
    case 'connect.credential':
      return 4
    default:
      return 5
  }
}
