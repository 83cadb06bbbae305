/**
 * The app's side of the bridge: WebSocket, commands and long poll over HTTP, webhook; and Wi-Fi, which may be cut or just
 * fall silent.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import {
  BridgeCommand,
  type BridgeData,
  type BridgeErrorCode,
  type BridgeEvent,
  eventsKept,
} from '../bridge.ts'
import { type AppSocket, acceptSocket } from './websocket-server.ts'

export interface BridgeServerParts {
  readonly token: string
  readonly model: string
  readonly command: (name: string, data: BridgeData) => BridgeErrorCode | undefined
  readonly status: () => BridgeData
  /** What tests ask of the simulation itself. */
  readonly control: (wish: unknown) => BridgeData
}

const longPollMaxMs = 30_000

export class BridgeServer {
  readonly #parts: BridgeServerParts
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #apps = new Set<AppSocket>()
  #events: BridgeEvent[] = []
  #polls: (() => void)[] = []
  #n = 0
  #session = randomUUID()
  #webhook: string | undefined
  #wifi: 'there' | 'cut' | 'silent' = 'there'

  constructor(parts: BridgeServerParts) {
    this.#parts = parts
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy())
    })
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
      if (this.#wifi === 'there') this.#onSocket(acceptSocket(request, socket))
      else if (this.#wifi === 'cut') socket.destroy()
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  tell(event: string, data: BridgeData) {
    this.#n += 1
    const told: BridgeEvent = { n: this.#n, event, data }
    this.#events = [...this.#events, told].slice(-eventsKept)
    if (this.#wifi !== 'there') return
    for (const app of this.#apps) app.send(JSON.stringify(told))
    for (const answer of this.#polls.splice(0)) answer()
    void this.#post()
  }

  setWifi(wifi: 'there' | 'cut' | 'silent') {
    this.#wifi = wifi
    if (wifi === 'cut') for (const app of this.#apps) app.cut()
    if (wifi === 'cut') for (const answer of this.#polls.splice(0)) answer()
    if (wifi === 'there') void this.#post()
  }

  /** The app was started anew: it forgot everything. */
  restart() {
    this.#session = randomUUID()
    this.#events = []
    this.#n = 0
    for (const app of this.#apps) app.cut()
  }

  #onSocket(app: AppSocket) {
    let isWelcome = false
    app.onGone = () => this.#apps.delete(app)
    app.onMessage = (text) => {
      if (this.#wifi !== 'there') return
      const { id, command, data } = BridgeCommand.parse(JSON.parse(text))
      if (command === 'hello') isWelcome = data['token'] === this.#parts.token
      if (!isWelcome) {
        app.send(JSON.stringify({ answer: id, ok: false, error: 'unauthorised' }))
        return
      }
      app.send(JSON.stringify(this.#answer(id, command, data)))
      if (command !== 'hello') return
      this.#apps.add(app)
      if (data['session'] === this.#session)
        for (const event of this.#after(Number(data['after']))) app.send(JSON.stringify(event))
    }
  }

  #answer(answer: number, command: string, data: BridgeData) {
    if (command === 'hello') {
      const { model } = this.#parts
      const own = { protocol: 1, session: this.#session, n: this.#n, model, firmware: 'simulated' }
      return { answer, ok: true, data: own }
    }
    if (command === 'getStatus') return { answer, ok: true, data: this.#parts.status() }
    const error = this.#parts.command(command, data)
    return error === undefined ? { answer, ok: true, data: {} } : { answer, ok: false, error }
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://robot')
    let body = ''
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString()
    const reply = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
    }
    if (url.pathname === '/simulation') return reply(200, this.#parts.control(JSON.parse(body)))
    if (this.#wifi === 'cut') return void response.destroy()
    if (this.#wifi === 'silent') return undefined
    if (request.headers.authorization !== `Bearer ${this.#parts.token}`) return reply(401, {})
    if (url.pathname === '/commands') {
      const { id, command, data } = BridgeCommand.parse(JSON.parse(body))
      if (command === 'hello' && typeof data['webhook'] === 'string') this.#webhook = data['webhook']
      return reply(200, this.#answer(id, command, data))
    }
    if (url.pathname !== '/events') return reply(404, {})
    await this.#something(Number(url.searchParams.get('after')), Number(url.searchParams.get('waitMs')))
    if (this.#wifi !== 'there') return void response.destroy()
    return reply(200, { session: this.#session, events: this.#after(Number(url.searchParams.get('after'))) })
  }

  #after = (n: number) => this.#events.filter((event) => event.n > n)

  async #something(after: number, waitMs: number) {
    if (this.#after(after).length > 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(waitMs, longPollMaxMs))
      this.#polls.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  /** All that it has, each time: what was there already is known by its number. */
  async #post() {
    if (this.#webhook === undefined) return
    const body = JSON.stringify({ session: this.#session, events: this.#events })
    const headers = { authorization: `Bearer ${this.#parts.token}`, 'content-type': 'application/json' }
    await fetch(this.#webhook, { method: 'POST', headers, body }).catch(() => undefined)
  }
}
