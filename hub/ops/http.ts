/**
 * The one HTTP server of the hub. Health and metrics are answered here, whatever else is going on: they say whether the
 * hub works, and nothing about the branch. Everything else is the desk's.
 */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Registry } from 'prom-client'
import { UsherError } from '#protocol/errors.ts'
import { isLoopback } from '../broker/gate.ts'
import type { Connections } from './metrics.ts'

export interface Health {
  readonly status: 'ok' | 'degraded' | 'stopping'
  /** Stable codes of what is wrong. */
  readonly problems: readonly string[]
  /** Stable codes of what is wrong beside it: it works all the same. */
  readonly warnings: readonly string[]
  /** Signed in now, by door. */
  readonly connections: Connections
  readonly branch: string
  readonly epoch: number
  readonly seq: number
  readonly uptimeMs: number
}

/** PEM. */
export interface HttpsPair {
  readonly certificate: string
  readonly key: string
}

export interface HttpLine {
  readonly path: string
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

export interface HttpParts {
  readonly host: string
  readonly port: number
  readonly health: () => Health
  readonly registry: Registry
  /** Whatever is neither health nor metrics; absent: there is nothing else. */
  readonly desk?: (request: IncomingMessage, response: ServerResponse) => void
  /** Requests of these paths that ask for another protocol; no other request becomes anything else than it is. */
  readonly lines?: readonly HttpLine[]
  /** The path of what may take long to send. */
  readonly uploads?: string
  /** Then it speaks HTTPS. */
  readonly secure?: HttpsPair | undefined
}

export interface HttpServer {
  /** @returns the port it listens on. @throws UsherError `http.port-taken` */
  start(): Promise<number>
  /** For connections from now on. */
  renew(pair: HttpsPair): void
  stop(): Promise<void>
}

/** Whoever sends slowly holds a connection and nothing else: there are more than a branch has tablets. */
const connectionsMax = 512
const connectionsPerAddressMax = 64
/** A video over the WLAN of a branch, and a form. */
const uploadTimeoutMs = 900_000
const bodyTimeoutMs = 30_000
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: uploadTimeoutMs,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
}

const answer = (response: ServerResponse, status: number, type: string) => (body: string) => {
  response.writeHead(status, {
    // RFC 9110, 15.5.6: who used another method is told which ones there are.
    ...(status === 405 && { allow: 'GET, HEAD' }),
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  })
  response.end(body)
}

const nothing = (response: ServerResponse) =>
  answer(response, 404, 'text/plain')('Usher answers on /healthz and /metrics.\n')

const sayHealth = ({ health }: HttpParts, response: ServerResponse, isHere: boolean) => {
  const { status, ...more } = health()
  // To others, not even the name of the branch.
  const shown = isHere ? { status, ...more } : { status }
  answer(response, status === 'ok' ? 200 : 503, 'application/json')(`${JSON.stringify(shown)}\n`)
}

const sayMetrics = ({ registry }: HttpParts, response: ServerResponse) =>
  void registry
    .metrics()
    .then(answer(response, 200, registry.contentType), () =>
      answer(response, 500, 'text/plain')('Metrics could not be read.\n'),
    )

export const listenerOf =
  (parts: HttpParts): RequestListener =>
  (request, response) => {
    // Not parsed as a URL: `//` is a target anybody can send, and no URL.
    const path = (request.url ?? '/').split('?', 1)[0]
    const isHere = isLoopback(request.socket.remoteAddress ?? '')
    const isOurs = path === '/healthz' || (path === '/metrics' && isHere)
    if (!isOurs && parts.desk !== undefined) return parts.desk(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(response, 405, 'text/plain')('Only GET.\n')
    if (!isOurs) return nothing(response)
    return path === '/healthz' ? sayHealth(parts, response, isHere) : sayMetrics(parts, response)
  }

/** Node has one time for all requests: what is no upload has to be here sooner. */
const hurry = ({ uploads }: HttpParts, request: IncomingMessage, response: ServerResponse) => {
  const isLong = uploads !== undefined && (request.url ?? '').split('?', 1)[0] === uploads
  const end = () => {
    if (!request.complete) request.socket.destroy()
  }
  // Who was told no, and sends on, is listened to for a while only.
  if (isLong) response.once('finish', () => setTimeout(end, bodyTimeoutMs).unref())
  else if (!request.complete) {
    const timer = setTimeout(end, bodyTimeoutMs).unref()
    request.once('close', () => clearTimeout(timer))
  }
}

const boundedListenerOf = (parts: HttpParts): RequestListener => {
  const listener = listenerOf(parts)
  return (request, response) => {
    hurry(parts, request, response)
    listener(request, response)
  }
}

const lineFor = ({ lines = [] }: HttpParts, { url = '/' }: IncomingMessage) => {
  const asked = url.split('?', 1)[0] ?? ''
  return lines.find(({ path }) => [path, `${path}/`].includes(asked))
}

/** No stranger takes all connections. This machine is trusted with as many as there are. */
const limitConnections = (server: Server | SecureServer) => {
  server.maxConnections = connectionsMax
  const byAddress = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (byAddress.get(address) ?? 0) + 1
    if (count > connectionsPerAddressMax && !isLoopback(address)) return void socket.destroy()
    byAddress.set(address, count)
    socket.once('close', () => {
      const left = (byAddress.get(address) ?? 1) - 1
      if (left > 0) byAddress.set(address, left)
      else byAddress.delete(address)
    })
  })
}

const listen = (server: Server | SecureServer, { host, port }: HttpParts) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE' ? new UsherError('http.port-taken', `${host}:${port}`, { cause }) : cause,
      )
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

const settingsOf = (parts: HttpParts) => ({
  ...timeouts,
  // Any other request that asks for it is answered as what it is besides.
  shouldUpgradeCallback: (request: IncomingMessage) => lineFor(parts, request) !== undefined,
})

/** Loaded only where it is spoken. */
const createSecure = async (parts: HttpParts, { certificate, key }: HttpsPair) => {
  const https = await import('node:https')
  const settings = {
    ...settingsOf(parts),
    cert: certificate,
    key,
    minVersion: 'TLSv1.2' as const,
    handshakeTimeout: 10_000,
  }
  return https.createServer(settings, boundedListenerOf(parts))
}

export const createHttpServer = (parts: HttpParts): HttpServer => {
  let server: Server | SecureServer | undefined
  return {
    start: async () => {
      server =
        parts.secure === undefined
          ? createServer(settingsOf(parts), boundedListenerOf(parts))
          : await createSecure(parts, parts.secure)
      server.on('upgrade', (request, socket, head) => lineFor(parts, request)?.upgrade(request, socket, head))
      limitConnections(server)
      return listen(server, parts)
    },
    renew: ({ certificate, key }) => {
      if (server !== undefined && 'setSecureContext' in server)
        server.setSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' })
    },
    stop: () =>
      new Promise((resolve) => {
        if (server === undefined) return resolve()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
