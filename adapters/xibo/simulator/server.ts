/** The simulated CMS over HTTP, or over TLS with a certificate of its own; and the web server before it, which has faults too. */
import {
  createServer as createPlain,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTls } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { parsedJson } from '../../shared/json.ts'
import type { Answered, Asked, SimulatedCms } from './cms.ts'

/** Each for so many requests whose path ends with that. */
export interface Trouble {
  readonly times: number
  readonly path?: string
  readonly how:
    | { readonly answer: Answered; readonly html?: string }
    /** Takes so long. */
    | { readonly slowMs: number }
    /** Breaks off: before the CMS sees it, or after it did it. */
    | { readonly cut: 'before' | 'after' }
}

export interface Recorded {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly contentType: string | undefined
  readonly body: string
}

export class CmsServer {
  readonly cms: SimulatedCms
  readonly requests: Recorded[] = []
  troubles: Trouble[] = []
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #isTls: boolean

  constructor(cms: SimulatedCms, tls?: { readonly key: string; readonly cert: string }) {
    this.cms = cms
    this.#isTls = tls !== undefined
    const serve = (request: IncomingMessage, response: ServerResponse) => {
      this.#serve(request, response).catch(() => response.destroy())
    }
    this.#server = tls === undefined ? createPlain(serve) : createTls(tls, serve)
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  /** @param port the same one again after it was closed */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
    return `${this.#isTls ? 'https' : 'http'}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Gone, as when its machine is switched off; the displays go on. */
  async close() {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://cms')
    let body = ''
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString()
    const contentType = request.headers['content-type']
    const method = request.method ?? 'GET'
    this.requests.push({ method, path: url.pathname, query: url.search.slice(1), contentType, body })
    const trouble = this.#troubleFor(url.pathname)
    if (trouble !== undefined && 'cut' in trouble && trouble.cut === 'before') return void response.destroy()
    if (trouble !== undefined && 'slowMs' in trouble)
      await new Promise((resolve) => {
        setTimeout(resolve, trouble.slowMs).unref()
      })
    if (trouble !== undefined && 'answer' in trouble)
      return this.#write(response, trouble.answer, trouble.html)
    const asked: Asked = {
      method,
      path: url.pathname,
      query: url.searchParams,
      body:
        contentType === 'application/x-www-form-urlencoded' ? new URLSearchParams(body) : parsedJson(body),
      authorization: request.headers.authorization,
    }
    const answered = this.cms.answer(asked)
    if (trouble !== undefined) {
      if ('cut' in trouble) return void response.destroy()
    }
    this.#write(response, answered)
  }

  #troubleFor(path: string): Trouble['how'] | undefined {
    const found = this.troubles.find((one) => one.times > 0 && path.endsWith(one.path ?? ''))
    if (found === undefined) return undefined
    this.troubles = this.troubles.map((one) => (one === found ? { ...one, times: one.times - 1 } : one))
    return found.how
  }

  #write(response: ServerResponse, { status, body, headers }: Answered, html?: string) {
    response.writeHead(status, {
      'content-type': html === undefined ? 'application/json' : 'text/html; charset=utf-8',
      date: new Date(this.cms.nowMs()).toUTCString(),
      ...headers,
    })
    response.end(html ?? (body === undefined ? '' : JSON.stringify(body)))
  }
}
