/** Who asks for a line: a page of this hub, or somebody who is told that he is none, as long as it is a request. */
import { randomUUID } from 'node:crypto'
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { UsherError } from '#protocol/errors.ts'
import { readTongueCookie } from '../cookies.ts'
import { errorBody, failureOf, statusOf } from '../failures.ts'
import { checkHost, checkOrigin, type OwnNames } from '../same-origin.ts'
import { tongueFor } from '../tongue.ts'

/** Browsers always name the origin of a WebSocket (RFC 6455, 10.2); who does not is none, and no page. */
export const checkPage = ({ headers }: IncomingMessage, own: OwnNames) => {
  checkHost(headers, own)
  if (headers.origin === undefined) throw new UsherError('request.origin')
  checkOrigin(headers, own)
}

/** As an answer to the request that it still is. */
export const refuse = (request: IncomingMessage, socket: Duplex, error: unknown) => {
  const failure = failureOf(error)
  const { headers } = request
  const tongue = tongueFor({
    cookie: readTongueCookie(headers.cookie),
    acceptLanguage: headers['accept-language'],
  })
  const body = JSON.stringify({ error: errorBody(failure, tongue, randomUUID()) })
  const status = statusOf(failure)
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `cache-control: no-store\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
