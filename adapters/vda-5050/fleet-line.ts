/** The line to the fleet's broker. An order that arrives late would send a robot off for nobody, so the session is not kept. */
import type { Log } from '../sdk/ports.ts'
import { type BrokerState, openBrokerLine } from '../shared/broker-line.ts'
import type { Vda5050Config } from './config.ts'

export interface FleetMessage {
  readonly topic: string
  readonly payload: string
  readonly isRetained: boolean
}

export interface FleetLineParts {
  readonly broker: Vda5050Config['broker']
  readonly clientId: string
  readonly topics: readonly string[]
  readonly log: Log
  readonly onMessage: (message: FleetMessage) => void
  readonly onState: (state: BrokerState) => void
  /** 0 to 1, for each wait anew. */
  readonly chance: () => number
}

export interface FleetLine {
  isUp(): boolean
  /** QoS 0, as the standard has it (6.2). @returns false when the line is down; nothing was sent then. */
  send(topic: string, message: object): boolean
  close(): Promise<void>
}

/** A state of a robot with a long order has some ten thousand characters. */
const payloadMax = 1_000_000

export const openFleetLine = (parts: FleetLineParts): FleetLine =>
  openBrokerLine({
    ...parts,
    whose: 'fleet',
    keepsSession: false,
    keepaliveSeconds: 15,
    payloadMax,
    onMessage: ({ topic, payload, isRetained }) => parts.onMessage({ topic, payload, isRetained }),
  })
