/**
 * MQTT over WebSocket, for devices whose program is a web page. Nothing of a page is believed but its origin, which the
 * browser vouches for; who the device is, is decided at sign-in like everywhere else.
 */
import { constants } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import type net from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { challengePath, webSocketPath, webSocketProtocol } from '#protocol/key-proof.ts'
import { type FrameGuard, guardFrames } from './frame-guard.ts'
import type { Gate } from './gate.ts'
import { complainOf, type Door, type ListenersParts, type TlsDoor, type WebSocketDoors } from './listeners.ts'
import { WebSocketStream } from './websocket-stream.ts'

export interface WebSocketDoorParts {
  readonly name: 'websocket' | 'secure-websocket'
  readonly door: Door | Omit<TlsDoor, 'authority'>
  readonly webSocket: WebSocketDoors
  readonly gate: Gate
}

/** Of a request; MQTT has none. */
const headBytesMax = 8_192
const checkMs = 1_000
/** Of one message: MQTT packets are not taken apart by honest clients. */
const fragmentsMax = 1_024
const piecesMax = 16_384
/** Beside the packet itself: heads of frames, and what a client says before its packet. */
const framingBytes = 512

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', connection: 'close' }

const isForeign = ({ isAdmitted }: WebSocketDoors, origin: string | undefined): boolean =>
  origin !== undefined && !isAdmitted(origin)

/** Not parsed as a URL: `//` is a target anybody can send, and no URL. */
const pathOf = ({ url = '/' }: http.IncomingMessage) => url.split('?', 1)[0]

const addressOf = ({ socket }: http.IncomingMessage) => socket.remoteAddress ?? ''

/** A challenge for who asks; nothing else is to be had here without an upgrade. */
const answer =
  ({ webSocket, name }: WebSocketDoorParts, parts: ListenersParts) =>
  (request: http.IncomingMessage, response: http.ServerResponse) => {
    const { origin } = request.headers
    const end = (status: number, more: http.OutgoingHttpHeaders, body: string) => {
      response.writeHead(status, { ...headers, 'content-type': 'text/plain', vary: 'Origin', ...more })
      response.end(body)
    }
    if (isForeign(webSocket, origin)) {
      complainOf(parts, { address: addressOf(request), listener: name })('connect.origin')
      return end(403, {}, 'connect.origin\n')
    }
    if (pathOf(request) !== challengePath) return end(404, {}, `MQTT is on ${webSocketPath}.\n`)
    if (request.method !== 'GET') return end(405, { allow: 'GET' }, 'Only GET.\n')
    return end(
      200,
      origin === undefined ? {} : { 'access-control-allow-origin': origin },
      webSocket.challenges.issue(addressOf(request)),
    )
  }

const refuse = (socket: Duplex, status: number) => {
  const reason = http.STATUS_CODES[status] ?? ''
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** @returns the guard, which from then on lets all through that the packets' own guard does. */
const limitBeforeSignIn = (
  guard: FrameGuard,
  { raw, bytesMax, tooMuch }: { raw: Duplex; bytesMax: number; tooMuch: () => void },
): FrameGuard => {
  let bytes = 0
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > bytesMax) tooMuch()
  }
  raw.on('data', count)
  return {
    signedIn: (...rate) => {
      raw.off('data', count)
      guard.signedIn(...rate)
    },
    get goodbye() {
      return guard.goodbye
    },
  }
}

const welcome = (
  socket: WebSocket,
  { raw, address, name }: { raw: Duplex; address: string; name: WebSocketDoorParts['name'] },
  parts: ListenersParts,
) => {
  const { clock, limits } = parts
  const onViolation = complainOf(parts, { address, listener: name })
  const stream = new WebSocketStream(socket, { clock, limits, onViolation })
  const guard = limitBeforeSignIn(guardFrames(stream, { clock, limits, onViolation }), {
    raw,
    bytesMax: limits.connectBytesMax + framingBytes,
    // Before `ws` has put together a message that is far larger than any CONNECT.
    tooMuch: () => stream.violate('packet.too-large'),
  })
  parts.onConnection(stream, { listener: name, address, guard, certificate: () => undefined })
}

const hasProtocol = ({ headers: { 'sec-websocket-protocol': offered = '' } }: http.IncomingMessage) =>
  offered.split(',').some((one) => one.trim() === webSocketProtocol)

const upgrade = ({ webSocket, name }: WebSocketDoorParts, parts: ListenersParts) => {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: parts.limits.packetBytesMax,
    maxFragments: fragmentsMax,
    maxBufferedChunks: piecesMax,
    handleProtocols: () => webSocketProtocol,
  })
  return (request: http.IncomingMessage, raw: Duplex, head: Buffer) => {
    const address = addressOf(request)
    const complain = complainOf(parts, { address, listener: name })
    if (isForeign(webSocket, request.headers.origin)) {
      complain('connect.origin')
      return refuse(raw, 403)
    }
    if (pathOf(request) !== webSocketPath) return refuse(raw, 404)
    // [MQTT-6.0.0-3]
    if (!hasProtocol(request)) {
      complain('packet.malformed')
      return refuse(raw, 400)
    }
    return sockets.handleUpgrade(request, raw, head, (socket) =>
      welcome(socket, { raw, address, name }, parts),
    )
  }
}

export const createWebSocketServer = (door: WebSocketDoorParts, parts: ListenersParts): net.Server => {
  const { connectTimeoutMs, handshakeTimeoutMs } = parts.limits
  const settings: http.ServerOptions = {
    maxHeaderSize: headBytesMax,
    headersTimeout: connectTimeoutMs,
    requestTimeout: connectTimeoutMs,
    connectionsCheckingInterval: Math.min(checkMs, connectTimeoutMs),
    noDelay: true,
  }
  const listener = answer(door, parts)
  const server =
    'certificate' in door.door
      ? https.createServer(
          {
            ...settings,
            cert: door.door.certificate,
            key: door.door.key,
            minVersion: door.door.minimum,
            handshakeTimeout: handshakeTimeoutMs,
            secureOptions: constants.SSL_OP_NO_TICKET,
          },
          listener,
        )
      : http.createServer(settings, listener)
  server.on('connection', (socket: net.Socket) => void door.gate.admit(socket))
  server.on('upgrade', upgrade(door, parts))
  return server
}
