/**
 * What an adapter needs from outside: a line to the hub, time, chance, a memory and a log. With real ones it is a
 * process on MQTT; with fakes its promises are tested without sockets, disks or waiting.
 */

/** One connected life of a device, as MQTT 3.1.1 knows it: clean session, a will, a list of topics. */
export interface Session {
  readonly clientId: string
  readonly will:
    | { readonly topic: string; readonly payload: string; readonly qos: 0 | 1; readonly retain: boolean }
    | undefined
  /** Read again at each connection. */
  readonly subscriptions: readonly string[]
  /** Connected and subscribed. */
  onUp(): void
  onDown(): void
  onMessage(topic: string, payload: string): void
}

export interface Transport {
  /** Connects and keeps connecting until closed. */
  open(session: Session): void
  /** QoS 1: resolves with the PUBACK, rejects when the line goes down before it. QoS 0: resolves when written. */
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void>
  /** Cuts the line without a goodbye, so that the will is published, and comes back after that time. */
  drop(forMs: number): void
  /** `orderly`: with DISCONNECT, so that the will is not published. */
  close(orderly: boolean): Promise<void>
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds since some fixed moment, which durations are measured with. Default: `now`, which then never steps. */
  monotonicMs?(): number
  /** @returns cancels the call. */
  after(ms: number, call: () => void): () => void
}

export type LogFields = Readonly<Record<string, unknown>>

export interface Log {
  info(text: string, fields?: LogFields): void
  warn(text: string, fields?: LogFields): void
  error(text: string, fields?: LogFields): void
}
