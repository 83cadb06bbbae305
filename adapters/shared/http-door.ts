/**
 * The door for vendors' systems that push over HTTP: `POST /<name>` with user name and password, or with a token. Whatever
 * could be read is answered with 200, also when it made no sense: who is told otherwise sends it again for ever and keeps
 * the next ones back.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { DeviceUnreachable } from '../sdk/errors.ts'

export const DoorSettings = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: z.int().min(0).max(65_535),
  /** PEM files; without them the line is not encrypted. */
  key: z.string().min(1).optional(),
  certificate: z.string().min(1).optional(),
})
export type DoorSettings = z.infer<typeof DoorSettings>

/** One without the other encrypts nothing. */
export const isWholeDoor = ({ key, certificate }: DoorSettings): boolean =>
  (key === undefined) === (certificate === undefined)

export const BasicLogin = z.strictObject({
  username: z.string().min(1).max(64),
  password: z.string().min(8).max(256),
})
export const TokenLogin = z.strictObject({
  token: z
    .string()
    .min(16, 'at least 16 characters')
    .max(256)
    .regex(/^[!-~]+$/, 'letters, digits and signs, no space'),
  /** The header that carries it; without one it is `Authorization: Bearer`. */
  header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/)
    .optional(),
})
export type DoorLogin = z.infer<typeof BasicLogin> | z.infer<typeof TokenLogin>

export interface DoorParts {
  readonly door: DoorSettings
  /** Name in the path → what must be shown. */
  readonly logins: ReadonlyMap<string, DoorLogin>
  readonly bytesMax: number
  readonly onBody: (name: string, text: string) => void
  readonly onTooLarge: (name: string) => void
}

export interface HttpDoor {
  readonly port: number
  close(): Promise<void>
}

/** A branch has dozens of senders, not thousands. */
const connectionsMax = 128
const limits = { headersTimeout: 5_000, requestTimeout: 10_000, maxHeaderSize: 8_192 }

const digest = (text: string) => createHash('sha256').update(text).digest()
/** In the same time whatever was sent, so that nobody guesses letter by letter. */
const isSame = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted))

/** RFC 7617, RFC 6750. */
const isWelcome = ({ headers }: IncomingMessage, login: DoorLogin): boolean => {
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').split(' ')
  if ('username' in login) {
    const given = scheme.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64').toString('utf8') : ''
    return isSame(given, `${login.username}:${login.password}`)
  }
  if (login.header === undefined)
    return isSame(scheme.toLowerCase() === 'bearer' ? credentials : '', login.token)
  const own = headers[login.header.toLowerCase()]
  return isSame(typeof own === 'string' ? own : '', login.token)
}

const answer = (response: ServerResponse, status: number, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ ok: status === 200 }))
}

/** Some systems say that they write GBK; everything else is UTF-8. */
const decoderFor = (type: string | undefined) =>
  new TextDecoder(/charset="?(gbk|gb2312|gb18030)/i.test(type ?? '') ? 'gb18030' : 'utf-8')

/** @returns undefined when there is more of it than anybody has to say. */
const bodyOf = async (request: IncomingMessage, bytesMax: number): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > bytesMax) return undefined
    chunks.push(chunk)
  }
  return decoderFor(request.headers['content-type']).decode(Buffer.concat(chunks))
}

const serve = async (parts: DoorParts, request: IncomingMessage, response: ServerResponse) => {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  const name = path.slice(1)
  const login = parts.logins.get(name)
  if (login === undefined) return answer(response, 404)
  if (!isWelcome(request, login)) {
    const scheme = 'username' in login ? 'Basic' : 'Bearer'
    return answer(response, 401, { 'www-authenticate': `${scheme} realm="usher"`, connection: 'close' })
  }
  if (request.method !== 'POST') return answer(response, 405, { allow: 'POST' })
  const text = await bodyOf(request, parts.bytesMax)
  if (text === undefined) {
    parts.onTooLarge(name)
    return answer(response, 413, { connection: 'close' })
  }
  parts.onBody(name, text)
  answer(response, 200)
}

/** @throws DeviceUnreachable when the address cannot be listened on. */
export const openHttpDoor = async (parts: DoorParts): Promise<HttpDoor> => {
  const { host, port, key, certificate } = parts.door
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    // Who hangs up in the middle has said nothing.
    serve(parts, request, response).catch(() => response.destroy())
  }
  const server: Server =
    key !== undefined && certificate !== undefined
      ? createTlsServer({ ...limits, key: readFileSync(key), cert: readFileSync(certificate) }, onRequest)
      : createServer(limits, onRequest)
  server.maxConnections = connectionsMax
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new DeviceUnreachable(`${host}:${port} cannot be listened on.`, { cause })),
    )
    server.listen(port, host, resolve)
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
