/** Where the examiner stands: a broker of its own, or a client of somebody else's, which can see and do less. */
import type { Transcript } from './transcript.ts'

/** One connection of the device, as its CONNECT and SUBSCRIBE packets said. */
export interface Connection {
  readonly number: number
  readonly clientId: string
  readonly protocolVersion: number | undefined
  readonly clean: boolean
  readonly keepAliveSeconds: number
  readonly will:
    | { readonly topic: string; readonly payload: string; readonly qos: number; readonly retain: boolean }
    | undefined
  readonly filters: readonly string[]
  readonly pings: number
  readonly open: boolean
  /** It said DISCONNECT. */
  readonly orderly: boolean
}

/** What only the one who owns the broker can do. */
export interface Line {
  connections(): readonly Connection[]
  /** Ends every connection without a goodbye, as a broken cable does. */
  cut(): void
  /** Each packet takes so long, each way. */
  slow(delayMs: number): void
  /** Packets still arrive, acknowledgements of those meant are not given until the next cut. */
  holdAcks(isMeant: ((topic: string, payload: string) => boolean) | undefined): void
  /** The broker goes away and comes back without any memory, as a new process of it. */
  restart(downMs: number): Promise<void>
}

export interface Station {
  readonly url: string
  readonly transcript: Transcript
  /** Undefined: a broker of somebody else's. */
  readonly line: Line | undefined
  publish(topic: string, payload: string | Buffer, options: { qos: 0 | 1; retain: boolean }): Promise<void>
  close(): Promise<void>
}
