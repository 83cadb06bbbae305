/** The line to the vendor's broker. Its session is kept there, so that what sensors publish with QoS 1 waits. */
import type { Log } from '../sdk/ports.ts'
import { type BrokerState, openBrokerLine } from '../shared/broker-line.ts'
import type { PeopleSensingConfig } from './config.ts'
import { type Arrived, brokerReasons, payloadMax } from './intake.ts'

export interface VendorLineParts {
  readonly broker: NonNullable<PeopleSensingConfig['broker']>
  readonly clientId: string
  readonly topics: readonly string[]
  readonly log: Log
  readonly onMessage: (message: Arrived) => void
  readonly onState: (reason: string | undefined) => void
  readonly onTooLarge: (topic: string) => void
  /** 0 to 1, for each wait anew. */
  readonly jitter: () => number
}

export interface VendorLine {
  close(): Promise<void>
}

const [unreachable, refused] = brokerReasons
const reasonOf: Readonly<Record<BrokerState, string | undefined>> = { up: undefined, unreachable, refused }

export const openVendorLine = ({ onMessage, onState, jitter, ...parts }: VendorLineParts): VendorLine =>
  openBrokerLine({
    ...parts,
    whose: 'vendor',
    keepsSession: true,
    keepaliveSeconds: 30,
    payloadMax,
    chance: jitter,
    onMessage: ({ topic, payload, isRetained, isAgain }) =>
      onMessage({ topic, payload, retained: isRetained, again: isAgain }),
    onState: (state) => onState(reasonOf[state]),
  })
