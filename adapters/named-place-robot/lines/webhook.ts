/** The door for apps that post their events: `POST /events` with the token. Answered with 200 once they are taken. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DeviceUnreachable } from '../../sdk/errors.ts'
import { messageBytesMax } from '../bridge.ts'

export interface WebhookAddress {
  readonly host: string
  readonly port: number
}

export interface WebhookParts {
  readonly address: WebhookAddress
  readonly token: string
  /** @returns false when it is not what it should be. */
  readonly onEvents: (body: unknown) => boolean
  readonly onOdd: () => void
}

export interface Webhook {
  readonly url: string
  close(): Promise<void>
}

const connectionsMax = 16
const requestTimeoutMs = 10_000
const digest = (text: string) => createHash('sha256').update(text).digest()

/** In the same time whatever was sent, so that nobody guesses letter by letter. */
const isWelcome = ({ headers }: IncomingMessage, token: string) =>
  timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`))

const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > messageBytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const statusFor = async (request: IncomingMessage, { token, onEvents, onOdd }: WebhookParts) => {
  if (!isWelcome(request, token)) return 401
  if (request.method !== 'POST') return 405
  if (request.url !== '/events') return 404
  const body = await bodyOf(request)
  if (body === undefined) {
    onOdd()
    return 413
  }
  return onEvents(parse(body)) ? 200 : 400
}

/** @throws DeviceUnreachable when the address cannot be listened on */
export const openWebhook = async (parts: WebhookParts): Promise<Webhook> => {
  const { host, port } = parts.address
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const status = await statusFor(request, parts)
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(status !== 200 && { connection: 'close' }),
    })
    response.end(JSON.stringify({ ok: status === 200 }))
  }
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs },
    (...on) => {
      // A robot that hangs up in the middle has said nothing.
      serve(...on).catch(() => on[1].destroy())
    },
  )
  server.maxConnections = connectionsMax
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new DeviceUnreachable(`${host}:${port} cannot be listened on.`, { cause })),
    )
    server.listen(port, host, resolve)
  })
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/events`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
