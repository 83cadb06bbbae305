/** How the hub meets devices. The embedded broker implements it; an external one can later. */

export interface Arrival {
  readonly device: string
  /** Hash of the claim code that the connection came with, where it came with one. */
  readonly claimHash?: string
  readonly topic: string
  readonly payload: Buffer
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
}

/** What happened in a connection's life, for the engine to make an entry of where it matters. */
export interface BrokerEvents {
  /**
   * Resolves when what arrived is committed or refused with a coded error; only then is it acknowledged. Called in
   * arrival order, and answered to each client in that order. Rejects when it could not be committed: no
   * acknowledgement is sent and the connection is closed.
   */
  onArrival(arrival: Arrival): Promise<void>
  onConnected(device: string): void
  /** `orderly`: the device said goodbye with DISCONNECT. */
  onDisconnected(device: string, orderly: boolean): void
  /** The device listens on its task topic from now on: what waits in the outbox is sent. */
  onListening(device: string): void
}

export interface BrokerPort {
  start(events: BrokerEvents): Promise<void>
  /** Resolves when handed to the connection; says nothing about the device. */
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void>
  isConnected(device: string): boolean
  disconnect(device: string, reason: string): void
  stop(): Promise<void>
}
