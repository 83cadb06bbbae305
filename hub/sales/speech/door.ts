/**
 * Where the speech engine comes in: plain HTTP with a token, a few lines of JSON at a time. No page of a browser may: it has no
 * token, and nothing here answers to a cookie.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { UsherError } from '#protocol/errors.ts'
import {
  SpeechLine,
  speechBytesMax,
  speechLinesMax,
  speechLinesPath,
  speechSalesPath,
} from '#protocol/recording/speech.ts'
import { errorBody, failureOf, statusOf } from '../../desk/failures.ts'
import { createPace } from '../../desk/live/pace.ts'
import type { Clock } from '../../engine/hub-time.ts'
import type { Listening } from './listening.ts'
import type { SpeechToken } from './token.ts'

export interface SpeechDoorParts {
  readonly listening: Listening
  readonly token: Pick<SpeechToken, 'isGood'>
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly onRefused: (code: string) => void
  readonly log: { error(fields: object, text: string): void }
}

export interface SpeechDoor {
  /** @returns false: it is somebody else's address. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
}

/** Several requests a second for each of many sales. */
const requestPace = { perSecond: 50, burst: 200 }

const send = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(`${JSON.stringify(body)}\n`)
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > speechBytesMax) throw new UsherError('speech.too-large', `more than ${speechBytesMax} bytes`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Names the line and the field, never what was in them: it is what a customer said. */
const parseLine = (json: string, index: number): SpeechLine => {
  const where = `line ${index + 1}`
  let raw: unknown
  try {
    raw = JSON.parse(json)
  } catch {
    throw new UsherError('speech.line', `${where} is not JSON`)
  }
  const parsed = SpeechLine.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsherError(
    'speech.line',
    `${where}: ${issue?.path.map(String).join('.') ?? ''} ${issue?.code ?? ''}`,
  )
}

const linesOf = (body: string): readonly SpeechLine[] => {
  const lines = body.split('\n').filter((line) => line.trim() !== '')
  if (lines.length > speechLinesMax) throw new UsherError('speech.too-large', `${lines.length} lines`)
  return lines.map(parseLine)
}

export const createSpeechDoor = (parts: SpeechDoorParts): SpeechDoor => {
  const pace = createPace(requestPace)
  const check = ({ headers }: IncomingMessage) => {
    const [scheme, token = ''] = (headers.authorization ?? '').split(' ')
    if (scheme?.toLowerCase() !== 'bearer' || !parts.token.isGood(token)) throw new UsherError('speech.token')
    // Only then: nobody without a token slows the engine down.
    if (pace.take(parts.clock.monotonicMs()) > 0) throw new UsherError('speech.too-fast')
  }
  const answer = async (request: IncomingMessage, path: string, query: URLSearchParams): Promise<unknown> => {
    check(request)
    if (path === speechSalesPath && request.method === 'GET') return parts.listening.sales()
    if (path === speechLinesPath && request.method === 'POST')
      return parts.listening.hear(query.get('sale') ?? '', linesOf(await bodyOf(request)))
    throw new UsherError('request.unknown')
  }
  const refuse = (response: ServerResponse, error: unknown) => {
    const failure = failureOf(error)
    const request = randomUUID()
    if (failure.isBug) parts.log.error({ err: error, request }, 'the line of the speech engine failed')
    parts.onRefused(failure.code)
    send(response, statusOf(failure), { error: errorBody(failure, 'en', request) })
  }
  return {
    handle: (request, response) => {
      const [path = '', query = ''] = (request.url ?? '/').split('?', 2)
      if (path !== speechSalesPath && path !== speechLinesPath) return false
      answer(request, path, new URLSearchParams(query)).then(
        (body) => send(response, 200, body),
        (error: unknown) => refuse(response, error),
      )
      return true
    },
  }
}
