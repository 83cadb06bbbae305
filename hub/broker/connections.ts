/** The live connections: who is on which, which devices a gateway speaks for on it, and what is still unanswered. */
import type { Client } from 'aedes'
import type { ErrorCode } from '#protocol/errors.ts'
import type { CommitQueue } from './commit-queue.ts'
import type { Wire } from './listeners.ts'
import type { ConnectRequest, Identity } from './rules.ts'

export interface Session {
  readonly client: Client
  readonly wire: Wire
  readonly request: ConnectRequest
  readonly commits: CommitQueue
  readonly filters: Set<string>
  /** Devices heard or listening on this connection, its own included. */
  readonly speaksFor: Set<string>
  identity: Identity | undefined
  /** Known from the CONNECT alone; told in the CONNACK. */
  refused: ErrorCode | undefined
  /** Why the broker closed it. */
  ended: ErrorCode | undefined
}

export interface Connections {
  add(session: Session): void
  of(client: Client): Session | undefined
  /** The connection that speaks for this device. */
  speaker(device: string): Session | undefined
  /** @returns whether the device is new on this connection. */
  speak(session: Session, device: string): boolean
  /** @returns the devices that nobody speaks for any more. */
  remove(session: Session): readonly string[]
  all(): Iterable<Session>
}

export const createConnections = (): Connections => {
  const sessions = new Map<Client, Session>()
  const speakers = new Map<string, Session>()
  return {
    add: (session) => void sessions.set(session.client, session),
    of: (client) => sessions.get(client),
    speaker: (device) => speakers.get(device),
    speak: (session, device) => {
      if (speakers.get(device) === session) return false
      session.speaksFor.add(device)
      speakers.set(device, session)
      return true
    },
    remove: (session) => {
      sessions.delete(session.client)
      const silent = [...session.speaksFor].filter((device) => speakers.get(device) === session)
      for (const device of silent) speakers.delete(device)
      return silent
    },
    all: () => sessions.values(),
  }
}
