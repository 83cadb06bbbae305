/** The doors: plaintext for this machine only, TLS for the network; each for MQTT as it is and over WebSocket. */
import { constants } from 'node:crypto'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import { UsherError } from '#protocol/errors.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { Challenges } from './challenges.ts'
import { type FrameGuard, type FrameViolation, guardFrames } from './frame-guard.ts'
import { createGate, type Gate, isLoopback } from './gate.ts'
import type { BrokerLimits } from './limits.ts'
import type { BrokerLog, BrokerMetrics } from './metrics.ts'
import type { ListenerName, PeerCertificate } from './sign-in.ts'

export interface Door {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
}

export interface TlsDoor extends Door {
  readonly minimum: 'TLSv1.2' | 'TLSv1.3'
  /** PEM. */
  readonly certificate: string
  readonly key: string
  /** PEM of the branch's certificate authority: who it signed is `authorized`. */
  readonly authority: string
}

export interface WebSocketDoors {
  /** Whether pages of this origin may come in; what is no page says no origin. */
  readonly isAdmitted: (origin: string) => boolean
  readonly challenges: Challenges
  readonly plaintext?: Door | undefined
  readonly tls?: Omit<TlsDoor, 'authority'> | undefined
}

export interface DoorSettings {
  readonly plaintext?: Door | undefined
  readonly tls?: TlsDoor | undefined
  readonly webSocket?: WebSocketDoors | undefined
}

/** What is known about a connection below MQTT. */
export interface Wire {
  readonly listener: ListenerName
  readonly address: string
  readonly guard: FrameGuard
  certificate(): PeerCertificate | undefined
}

export interface ListenersParts {
  readonly clock: Clock
  readonly limits: BrokerLimits
  readonly metrics: BrokerMetrics
  readonly log: BrokerLog
  onConnection(stream: Duplex, wire: Wire): void
}

/** Where each door is; undefined: there is none. */
export type Ports = { readonly [name in ListenerName]: number | undefined }

export interface OpenDoors {
  readonly ports: Ports
  close(): Promise<void>
}

const listen = (server: net.Server, { host, port }: Door): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new UsherError('broker.port-taken', `${host}:${port}.`, { cause: error })
          : error,
      )
    })
    server.listen({ host, port }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

const peerCertificate = (socket: tls.TLSSocket): PeerCertificate | undefined => {
  const raw = socket.getPeerX509Certificate()?.raw
  return raw === undefined ? undefined : { raw, authorized: socket.authorized }
}

/** @returns what says that a connection did what it may not. */
export const complainOf =
  ({ metrics, log }: ListenersParts, where: Pick<Wire, 'address' | 'listener'>) =>
  (violation: FrameViolation | 'connect.origin') => {
    metrics.count(violation, null)
    log.warn({ ...where, code: violation }, 'closed a connection')
  }

const wireOf = (socket: net.Socket, parts: ListenersParts, listener: 'plaintext' | 'tls'): Wire => {
  const address = socket.remoteAddress ?? ''
  const onViolation = complainOf(parts, { address, listener })
  return {
    listener,
    address,
    guard: guardFrames(socket, { clock: parts.clock, limits: parts.limits, onViolation }),
    certificate: () => (socket instanceof tls.TLSSocket ? peerCertificate(socket) : undefined),
  }
}

const createTlsServer = (door: TlsDoor, parts: ListenersParts): tls.Server =>
  tls.createServer({
    cert: door.certificate,
    key: door.key,
    ca: [door.authority],
    requestCert: true,
    // A device that enrols has no certificate of ours yet: who it is, is decided at sign-in.
    rejectUnauthorized: false,
    minVersion: door.minimum,
    handshakeTimeout: parts.limits.handshakeTimeoutMs,
    // Every connection proves its key again: a resumed session would skip a revoked certificate.
    secureOptions: constants.SSL_OP_NO_TICKET,
  })

const openPlaintext = (gate: Gate, parts: ListenersParts): net.Server =>
  net.createServer({ noDelay: true }, (socket) => {
    if (gate.admit(socket)) parts.onConnection(socket, wireOf(socket, parts, 'plaintext'))
  })

const openTls = (door: TlsDoor, gate: Gate, parts: ListenersParts): tls.Server => {
  const server = createTlsServer(door, parts)
  server.on('connection', (socket: net.Socket) => void gate.admit(socket))
  server.on('secureConnection', (socket) => {
    socket.setNoDelay(true)
    parts.onConnection(socket, wireOf(socket, parts, 'tls'))
  })
  server.on('tlsClientError', () => parts.metrics.count('connect.credential', null))
  return server
}

/** @returns the servers that were asked for, with where they shall listen. */
const serversOf = async (doors: DoorSettings, gate: Gate, parts: ListenersParts) => {
  const { plaintext, tls: secure, webSocket } = doors
  const servers: { name: ListenerName; server: net.Server; door: Door }[] = []
  if (plaintext !== undefined)
    servers.push({ name: 'plaintext', server: openPlaintext(gate, parts), door: plaintext })
  if (secure !== undefined) servers.push({ name: 'tls', server: openTls(secure, gate, parts), door: secure })
  if (webSocket === undefined) return servers
  // Loaded where it is wanted: a hub without pages starts no later.
  const { createWebSocketServer } = await import('./websocket-door.ts')
  for (const [name, door] of [
    ['websocket', webSocket.plaintext],
    ['secure-websocket', webSocket.tls],
  ] as const)
    if (door !== undefined)
      servers.push({ name, door, server: createWebSocketServer({ name, door, webSocket, gate }, parts) })
  return servers
}

/** @throws UsherError `broker.plaintext-exposed`, `broker.port-taken` */
export const openDoors = async (doors: DoorSettings, parts: ListenersParts): Promise<OpenDoors> => {
  for (const door of [doors.plaintext, doors.webSocket?.plaintext])
    if (door !== undefined && !isLoopback(door.host))
      throw new UsherError('broker.plaintext-exposed', `Not ${door.host}.`)
  const gate = createGate(parts)
  const listening: net.Server[] = []
  const close = async () => {
    const closed = listening.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
    gate.destroyAll()
    await Promise.all(closed)
  }
  const ports: { [name in ListenerName]?: number } = {}
  try {
    for (const { name, server, door } of await serversOf(doors, gate, parts)) {
      ports[name] = await listen(server, door)
      listening.push(server)
    }
  } catch (error) {
    await close()
    throw error
  }
  const { plaintext, tls: secure, websocket, 'secure-websocket': secureWebSocket } = ports
  return { ports: { plaintext, tls: secure, websocket, 'secure-websocket': secureWebSocket }, close }
}
