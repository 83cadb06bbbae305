/**
 * One request to the CMS and its answer, bounded in time and size. What is not an answer of the CMS (a page of a proxy, a
 * redirect to a sign-in) is told apart, and so is what certainly never arrived.
 */
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { parsedJson } from '../../shared/json.ts'
import { CmsTrouble, type TroubleKind } from './trouble.ts'

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly query?: URLSearchParams
  readonly form?: URLSearchParams
  readonly json?: unknown
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly total: number | undefined
  /** What its clock says, ms since 1970. */
  readonly cmsAt: number | undefined
}

export type Exchange = (
  ask: Ask,
  how: { token?: string; signal?: AbortSignal; withinMs?: number },
) => Promise<Answer>

/** Ten thousand displays or rows of proof of play are less than that. */
const answerBytesMax = 4 * 1024 * 1024
const noteMax = 160

export const createExchange = (parts: {
  readonly url: string
  readonly ca: string | undefined
  readonly answerMs: number
}): Exchange => {
  const isTls = parts.url.startsWith('https:')
  // A connection of its own each: one that idles may be closed by the other side just when a request goes out, and then
  // nobody knows whether it was done.
  const agent = isTls
    ? new TlsAgent({ keepAlive: false, ...(parts.ca !== undefined && { ca: parts.ca }) })
    : new PlainAgent({ keepAlive: false })
  const request = isTls ? tlsRequest : plainRequest

  return (ask, { token, signal, withinMs = parts.answerMs }) =>
    new Promise((resolve, reject) => {
      const url = new URL(`${parts.url}${ask.path}`)
      if (ask.query !== undefined) url.search = ask.query.toString()
      const content = contentOf(ask)
      let mayHaveArrived = false
      const fail = (kind: TroubleKind, cause?: unknown) => {
        const note =
          cause instanceof Error ? plain((cause as { code?: string }).code ?? cause.message) : undefined
        reject(new CmsTrouble(kind, { mayBeDone: mayHaveArrived && ask.method !== 'GET', note, cause }))
      }
      const sending = request(url, {
        agent,
        method: ask.method,
        headers: {
          accept: 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(content !== undefined && {
            'content-type': content.type,
            'content-length': Buffer.byteLength(content.text),
          }),
        },
      })
      const timer = setTimeout(() => sending.destroy(lateError), Math.min(parts.answerMs, withinMs))
      const stop = () => sending.destroy(stoppedError)
      signal?.addEventListener('abort', stop, { once: true })
      sending.on('socket', (socket) => {
        socket.once(isTls ? 'secureConnect' : 'connect', () => {
          mayHaveArrived = true
        })
      })
      sending.on('error', (error) => fail(error === lateError ? 'late' : 'unreachable', error))
      sending.on('close', () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
      })
      sending.on('response', (response) => {
        read(response).then(
          (text) => settle(ask, { response, text }, { resolve, reject }),
          (error: unknown) => fail(error === lateError ? 'late' : 'unreachable', error),
        )
      })
      if (signal?.aborted === true) stop()
      sending.end(content?.text)
    })
}

const lateError = new Error('no answer in time')
const stoppedError = new Error('no longer wanted')

const contentOf = ({ form, json }: Ask) => {
  if (form !== undefined) return { type: 'application/x-www-form-urlencoded', text: form.toString() }
  return json === undefined ? undefined : { type: 'application/json', text: JSON.stringify(json) }
}

/** @returns undefined for one that is too long to be true. */
const read = async (response: IncomingMessage): Promise<string | undefined> => {
  let bytes = 0
  const chunks: Buffer[] = []
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > answerBytesMax) {
      response.destroy()
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const settle = (
  ask: Ask,
  { response, text }: { response: IncomingMessage; text: string | undefined },
  { resolve, reject }: { resolve: (answer: Answer) => void; reject: (error: CmsTrouble) => void },
) => {
  const status = response.statusCode ?? 0
  const body = text === undefined ? undefined : parsedJson(text)
  const isReading = ask.method === 'GET'
  const kind = kindOf(status)
  if (kind !== undefined) {
    reject(
      new CmsTrouble(kind, {
        // An error of the server says nothing about what it did before.
        mayBeDone: !isReading && (kind === 'broken' || kind === 'odd'),
        note: noteOf(status, body),
        property: stringIn(body, 'property'),
        retryAfterMs: retryAfterMs(response.headers['retry-after'], response.headers.date),
      }),
    )
    return
  }
  if (body === undefined && !(status === 204 || (text === '' && !isReading))) {
    const type = plain(response.headers['content-type'] ?? 'nothing')
    reject(new CmsTrouble('odd', { mayBeDone: !isReading, note: `It answers ${status} with ${type}.` }))
    return
  }
  const cmsAt = Date.parse(response.headers.date ?? '')
  const total = Number(response.headers['x-total-count'] ?? Number.NaN)
  resolve({
    status,
    body,
    total: Number.isInteger(total) ? total : undefined,
    cmsAt: Number.isNaN(cmsAt) ? undefined : cmsAt,
  })
}

const kinds: Readonly<Record<number, TroubleKind>> = {
  401: 'unauthorised',
  403: 'forbidden',
  404: 'missing',
  429: 'limited',
}

const kindOf = (status: number): TroubleKind | undefined => {
  if (status >= 200 && status < 300) return undefined
  if (status < 400) return 'odd'
  return kinds[status] ?? (status < 500 ? 'rejected' : 'broken')
}

const stringIn = (body: unknown, key: string): string | undefined => {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined
  return typeof value === 'string' ? plain(value) : undefined
}

/** What the CMS says, in its own words; never a page of markup, nor what was sent. */
const noteOf = (status: number, body: unknown) => {
  const message = stringIn(body, 'message') ?? stringIn(body, 'error')
  return message === undefined ? `(${status})` : `(${status}) ${message}`
}

const plain = (text: string) => text.replaceAll(/[^\p{L}\p{N}\p{P} ]+/gu, ' ').slice(0, noteMax)

/** Seconds, or a date by the clock of the CMS. */
const retryAfterMs = (header: string | undefined, date: string | undefined): number | undefined => {
  if (header === undefined) return undefined
  if (/^\d+$/.test(header)) return Number(header) * 1_000
  const at = Date.parse(header) - Date.parse(date ?? '')
  return Number.isNaN(at) ? undefined : Math.max(0, at)
}
