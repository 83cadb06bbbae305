/**
 * The doors: plaintext for this machine only, TLS for the network. Connections are counted and paced here, before a
 * byte of MQTT is read.
 */

import { constants } from 'node:crypto'
import net from 'node:net'
import tls from 'node:tls'
import { UsherError } from '#protocol/errors.ts'
import type { Clock } from '../engine/hub-time.ts'
import { type FrameGuard, guardFrames } from './frame-guard.ts'
import type { BrokerLimits } from './limits.ts'
import type { BrokerLog, BrokerMetrics } from './metrics.ts'
import { createBucket } from './rates.ts'
import type { PeerCertificate } from './sign-in.ts'

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

export interface DoorSettings {
  readonly plaintext?: Door | undefined
  readonly tls?: TlsDoor | undefined
}

/** What is known about a connection below MQTT. */
export interface Wire {
  readonly listener: 'plaintext' | 'tls'
  readonly address: string
  readonly guard: FrameGuard
  certificate(): PeerCertificate | undefined
}

export interface ListenersParts {
  readonly clock: Clock
  readonly limits: BrokerLimits
  readonly metrics: BrokerMetrics
  readonly log: BrokerLog
  onConnection(socket: net.Socket, wire: Wire): void
}

export interface OpenDoors {
  readonly plaintextPort: number | undefined
  readonly tlsPort: number | undefined
  close(): Promise<void>
}

export const isLoopback = (host: string): boolean =>
  host === '::1' || host === 'localhost' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host)

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

/** Counts sockets by address, and paces new ones. */
const createGate = ({ clock, limits, metrics }: ListenersParts) => {
  const byAddress = new Map<string, number>()
  const sockets = new Set<net.Socket>()
  const pace = createBucket(limits.connectsPerSecond, limits.connectsBurst, () => clock.monotonicMs())
  const admit = (socket: net.Socket): boolean => {
    const address = socket.remoteAddress ?? ''
    const count = byAddress.get(address) ?? 0
    const crowded = !isLoopback(address) && count >= limits.connectionsPerAddressMax
    if (crowded || sockets.size >= limits.connectionsMax || !pace.take()) {
      metrics.count('connect.too-many', null)
      socket.destroy()
      return false
    }
    byAddress.set(address, count + 1)
    sockets.add(socket)
    socket.setNoDelay(true)
    // Errors of a connection are its end; aedes listens too, but not before the handshake is done.
    socket.on('error', () => undefined)
    socket.once('close', () => {
      sockets.delete(socket)
      const left = (byAddress.get(address) ?? 1) - 1
      if (left > 0) byAddress.set(address, left)
      else byAddress.delete(address)
    })
    return true
  }
  return {
    admit,
    destroyAll: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

const wireOf = (socket: net.Socket, parts: ListenersParts, listener: Wire['listener']): Wire => {
  const address = socket.remoteAddress ?? ''
  const guard = guardFrames(socket, {
    clock: parts.clock,
    limits: parts.limits,
    onViolation: (violation) => {
      parts.metrics.count(violation, null)
      parts.log.warn({ address, listener, code: violation }, 'closed a connection')
    },
  })
  return {
    listener,
    address,
    guard,
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

/** @throws UsherError `broker.plaintext-exposed`, `broker.port-taken` */
export const openDoors = async (doors: DoorSettings, parts: ListenersParts): Promise<OpenDoors> => {
  if (doors.plaintext !== undefined && !isLoopback(doors.plaintext.host))
    throw new UsherError('broker.plaintext-exposed', `Not ${doors.plaintext.host}.`)
  const gate = createGate(parts)
  const servers: net.Server[] = []
  const close = async () => {
    const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
    gate.destroyAll()
    await Promise.all(closed)
  }
  const open = async (server: net.Server, door: Door) => {
    const port = await listen(server, door)
    servers.push(server)
    return port
  }
  try {
    let plaintextPort: number | undefined
    let tlsPort: number | undefined
    if (doors.plaintext !== undefined) {
      const server = net.createServer({ noDelay: true }, (socket) => {
        if (gate.admit(socket)) parts.onConnection(socket, wireOf(socket, parts, 'plaintext'))
      })
      plaintextPort = await open(server, doors.plaintext)
    }
    if (doors.tls !== undefined) {
      const server = createTlsServer(doors.tls, parts)
      server.on('connection', (socket: net.Socket) => void gate.admit(socket))
      server.on('secureConnection', (socket) => {
        socket.setNoDelay(true)
        parts.onConnection(socket, wireOf(socket, parts, 'tls'))
      })
      server.on('tlsClientError', () => parts.metrics.count('connect.credential', null))
      tlsPort = await open(server, doors.tls)
    }
    return { plaintextPort, tlsPort, close }
  } catch (error) {
    await close()
    throw error
  }
}
