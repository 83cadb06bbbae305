/**
 * The door for sensors that push over HTTP: `POST /<name of the source>` with user name and password. Whatever could be
 * read is answered with 200, also when it made no sense: a sensor that is told otherwise sends it again for ever and
 * keeps the next ones back.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { DeviceUnreachable } from '../sdk/errors.ts'
import { doorOf, type PeopleSensingConfig } from './config.ts'
import { type Arrived, payloadMax } from './intake.ts'

export interface HttpDoorParts {
  readonly http: NonNullable<PeopleSensingConfig['http']>
  readonly sources: PeopleSensingConfig['sources']
  readonly onMessage: (source: string, message: Arrived) => void
  readonly onTooLarge: (source: string) => void
}

export interface HttpDoor {
  readonly port: number
  close(): Promise<void>
}

/** A branch has dozens of sensors, not thousands. */
const connectionsMax = 128
const headersTimeoutMs = 5_000
const requestTimeoutMs = 10_000
const headerBytesMax = 8_192

const digest = (text: string) => createHash('sha256').update(text).digest()

/** RFC 7617. In the same time whatever was sent, so that nobody guesses letter by letter. */
const isWelcome = (request: IncomingMessage, login: { username: string; password: string }): boolean => {
  const [scheme, encoded] = (request.headers.authorization ?? '').split(' ')
  const given = scheme?.toLowerCase() === 'basic' ? Buffer.from(encoded ?? '', 'base64').toString('utf8') : ''
  return timingSafeEqual(digest(given), digest(`${login.username}:${login.password}`))
}

const answer = (response: ServerResponse, status: number, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ ok: status === 200 }))
}

/** @returns undefined when there is more of it than anybody has to say. */
const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > payloadMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const serve = async (parts: HttpDoorParts, request: IncomingMessage, response: ServerResponse) => {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  const source = parts.sources.find(({ name }) => path === `/${name}`)
  const login = source && doorOf(source)
  if (source === undefined || login === undefined) return answer(response, 404)
  if (!isWelcome(request, login))
    return answer(response, 401, { 'www-authenticate': 'Basic realm="usher"', connection: 'close' })
  if (request.method !== 'POST') return answer(response, 405, { allow: 'POST' })
  const payload = await bodyOf(request)
  if (payload === undefined) {
    parts.onTooLarge(source.name)
    return answer(response, 413, { connection: 'close' })
  }
  parts.onMessage(source.name, { topic: path, payload, retained: false, again: false })
  answer(response, 200)
}

const limits = {
  headersTimeout: headersTimeoutMs,
  requestTimeout: requestTimeoutMs,
  maxHeaderSize: headerBytesMax,
}

/** @throws DeviceUnreachable when the address cannot be listened on. */
export const openHttpDoor = async (parts: HttpDoorParts): Promise<HttpDoor> => {
  const { http } = parts
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    // A sensor that hangs up in the middle has said nothing.
    serve(parts, request, response).catch(() => response.destroy())
  }
  const server: Server =
    http.key !== undefined && http.certificate !== undefined
      ? createTlsServer(
          { ...limits, key: readFileSync(http.key), cert: readFileSync(http.certificate) },
          onRequest,
        )
      : createServer(limits, onRequest)
  server.maxConnections = connectionsMax
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new DeviceUnreachable(`${http.host}:${http.port} cannot be listened on.`, { cause })),
    )
    server.listen(http.port, http.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
