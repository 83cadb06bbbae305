/** Who may connect, publish and read: what the hooks ask. The embedded broker runs with `createDeviceRules`. */
import type { ErrorCode } from '#protocol/errors.ts'

/** Who a connection is. */
export interface Identity {
  readonly device: string
  /** `enrolling`: may present a certificate request and read the credential, nothing else. */
  readonly standing: 'device' | 'gateway' | 'enrolling'
  /** Hash of the claim code that it came with, where it came with one. */
  readonly claimHash?: string
  /** Ends the connection when passed (hub time). */
  readonly validUntil: number | null
}

/** The parts of a CONNECT that rules look at. */
export interface ConnectRequest {
  readonly clientId: string
  readonly username: string | undefined
  readonly clean: boolean
  readonly keepAliveSeconds: number
  readonly will: WillRequest | undefined
}

export interface WillRequest {
  readonly topic: string
  readonly qos: number
  readonly retain: boolean
}

/** `close`: the connection ends; otherwise the message is answered with the code and taken no further. */
export interface Refusal {
  readonly code: ErrorCode
  readonly close: boolean
}

export type PublishVerdict =
  | { readonly device: string; readonly mayRetain: boolean }
  | { readonly refused: Refusal }

export interface BrokerRules {
  /** Before anyone is asked who it is. */
  session(request: ConnectRequest): ErrorCode | undefined
  /** Asked again and again while it is connected: what ends a connection that was let in. */
  standing(identity: Identity): ErrorCode | undefined
  will(identity: Identity, will: WillRequest): ErrorCode | undefined
  publish(identity: Identity, packet: WillRequest): PublishVerdict
  subscribe(identity: Identity, filter: string): ErrorCode | undefined
}
