/**
 * The place of rosbridge between a robot and its clients: what each connection says is handed on by topic, service, action
 * and goal id, as rosbridge_suite's source has it. A goal belongs to the connection that sent it, is not cancelled when
 * that goes, and, with the standard settings, nothing more is read from a connection until its goal is over. And it can
 * lose, double and spoil what it hands on.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type RawData, WebSocket, WebSocketServer } from 'ws'

export type Message = Readonly<Record<string, unknown>> & { readonly op: string }
export type RelayFault =
  | 'drop-goal'
  | 'drop-result'
  | 'double-result'
  | 'drop-cancel'
  | 'drop-cancel-call'
  /** Servers up to the end of 2025: no answer to a goal that the robot rejects, and the connection is never read again. */
  | 'reject-in-silence'
  | 'reject'
  | 'complain'
  /** rosbridge_suite issue 920. */
  | 'status-inside'
  | 'no-status'
  | 'in-pieces'
  | 'no-latch'

export interface RelayOptions {
  readonly token?: string
  readonly tls?: { readonly cert: string; readonly key: string }
  /** `send_action_goals_in_new_thread`; off, as the server's launch file has it. */
  readonly threads?: boolean
}

interface Client {
  readonly socket: WebSocket
  readonly topics: Set<string>
  readonly queue: Message[]
  goal: string | undefined
}

const text = (data: RawData) =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString()
const word = (value: unknown) => (typeof value === 'string' ? value : '')

export class Relay {
  readonly faults = new Set<RelayFault>()
  /** What was told by clients, by operation. */
  readonly told: Message[] = []
  readonly #options: RelayOptions
  readonly #clients = new Set<Client>()
  readonly #services = new Map<string, Client>()
  readonly #actions = new Map<string, Client>()
  readonly #goals = new Map<string, { client: Client; server: Client }>()
  readonly #calls = new Map<string, { client: Client; id: unknown }>()
  readonly #latched = new Map<string, Message>()
  readonly #last = new Map<string, unknown>()
  readonly #http: Server
  readonly #server = new WebSocketServer({ noServer: true })
  #calledCount = 0
  #wifi: 'there' | 'cut' | 'silent' = 'there'

  constructor(options: RelayOptions = {}) {
    this.#options = options
    const answer: RequestListener = (request, response) =>
      void response.writeHead(this.#isWelcome(request) ? 404 : 401).end()
    this.#http = options.tls === undefined ? createServer(answer) : createSecureServer(options.tls, answer)
    this.#http.on('upgrade', (request, socket, head) => {
      if (this.#wifi !== 'there' && request.url === '/') socket.destroy()
      else if (this.#isWelcome(request))
        this.#server.handleUpgrade(request, socket, head, (made) =>
          this.#join(made, request.url === '/robot'),
        )
      else socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve))
    return `${this.#options.tls === undefined ? 'ws' : 'wss'}://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  async close() {
    for (const { socket } of this.#clients) socket.terminate()
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
  }

  /** Of clients, not of the robot. */
  setWifi(wifi: 'there' | 'cut' | 'silent') {
    this.#wifi = wifi
    if (wifi === 'cut') for (const { socket } of this.#guests()) socket.terminate()
  }

  /** The newest on a topic. */
  last = (topic: string) => this.#last.get(topic)

  publish(topic: string, msg: unknown) {
    this.#hand(topic, { op: 'publish', topic, msg })
  }

  /** Sent to every client as it is. */
  shout(raw: string | Buffer) {
    for (const { socket } of this.#guests()) socket.send(raw)
  }

  #robots = new Set<Client>()
  #guests = () => [...this.#clients].filter((client) => !this.#robots.has(client))

  #isWelcome({ headers, url }: IncomingMessage) {
    const { token } = this.#options
    return token === undefined || url === '/robot' || headers.authorization === `Bearer ${token}`
  }

  #join(socket: WebSocket, isRobot: boolean) {
    const client: Client = { socket, topics: new Set(), queue: [], goal: undefined }
    this.#clients.add(client)
    if (isRobot) this.#robots.add(client)
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      this.#clients.delete(client)
      for (const table of [this.#services, this.#actions])
        for (const [name, server] of table) if (server === client) table.delete(name)
    })
    socket.on('message', (data: RawData) => {
      if (this.#wifi !== 'there' && !isRobot) return
      const message = JSON.parse(text(data)) as Message
      if (!isRobot) this.told.push(message)
      // One thread reads a connection, and the goal has it.
      if (client.goal !== undefined && this.#options.threads !== true) client.queue.push(message)
      else this.#take(client, message)
    })
  }

  #take(client: Client, message: Message) {
    const { op } = message
    const topic = word(message['topic'])
    if (op === 'subscribe') this.#subscribe(client, topic)
    else if (op === 'publish') this.#hand(topic, message)
    else if (op === 'advertise_service') this.#services.set(word(message['service']), client)
    else if (op === 'advertise_action') this.#actions.set(word(message['action']), client)
    else if (op === 'call_service') this.#call(client, message)
    else if (op === 'service_response') this.#answer(message)
    else if (op === 'send_action_goal') this.#sendGoal(client, message)
    else if (op === 'cancel_action_goal') this.#cancelGoal(client, message)
    else if (op === 'action_feedback' || op === 'action_result') this.#report(message)
  }

  #subscribe(client: Client, topic: string) {
    client.topics.add(topic)
    const latched = this.#latched.get(topic)
    if (latched !== undefined && !this.faults.has('no-latch')) this.#send(client, latched)
  }

  #hand(topic: string, message: Message) {
    this.#last.set(topic, message['msg'])
    const { id: _, latch: __, ...plain } = message
    if (topic.endsWith('/_action/status')) this.#latched.set(topic, plain)
    for (const client of this.#clients) if (client.topics.has(topic)) this.#send(client, plain)
  }

  #call(client: Client, message: Message) {
    const service = word(message['service'])
    if (service.endsWith('/_action/cancel_goal') && this.faults.has('drop-cancel-call')) return
    const server = this.#services.get(service)
    if (server === undefined) {
      const values = `Service ${service} does not exist`
      this.#send(client, { op: 'service_response', id: message['id'], service, values, result: false })
      return
    }
    this.#calledCount += 1
    const id = `call:${this.#calledCount}`
    this.#calls.set(id, { client, id: message['id'] })
    this.#send(server, { ...message, id })
  }

  #answer(message: Message) {
    const call = this.#calls.get(word(message['id']))
    this.#calls.delete(word(message['id']))
    if (call !== undefined) this.#send(call.client, { ...message, id: call.id })
  }

  #sendGoal(client: Client, message: Message) {
    const id = word(message['id'])
    const action = word(message['action'])
    const refused = { op: 'action_result', action, id, status: 0, result: false }
    if (this.faults.has('drop-goal')) return
    client.goal = id
    if (this.faults.has('reject-in-silence')) return
    const server = this.#actions.get(action)
    if (this.faults.has('reject')) this.#end(client, { ...refused, values: 'Action goal was rejected' })
    else if (this.faults.has('complain')) {
      client.goal = undefined
      this.#send(client, { op: 'status', level: 'error', id, msg: 'send_action_goal: no such type' })
    } else if (server === undefined) this.#end(client, { ...refused, values: 'No such action server' })
    else {
      this.#goals.set(id, { client, server })
      this.#send(server, message)
    }
  }

  #cancelGoal(client: Client, message: Message) {
    const goal = this.#goals.get(word(message['id']))
    // Another connection's goals are not known to this one.
    if (goal?.client === client && !this.faults.has('drop-cancel')) this.#send(goal.server, message)
  }

  #report(message: Message) {
    const goal = this.#goals.get(word(message['id']))
    if (goal === undefined) return
    if (message.op === 'action_feedback') this.#send(goal.client, message)
    else {
      this.#goals.delete(word(message['id']))
      this.#end(goal.client, message)
    }
  }

  #end(client: Client, result: Message) {
    const { status, values, ...rest } = result
    let told: Message = result
    if (this.faults.has('status-inside'))
      told = { ...rest, op: 'action_result', values: { status, result: values } }
    if (this.faults.has('no-status')) told = { ...rest, op: 'action_result', values }
    if (!this.faults.has('drop-result')) this.#send(client, told)
    if (this.faults.has('double-result')) this.#send(client, told)
    client.goal = undefined
    while (client.queue.length > 0 && client.goal === undefined) {
      const next = client.queue.shift()
      if (next !== undefined) this.#take(client, next)
    }
  }

  #send(client: Client, message: Message) {
    if (client.socket.readyState !== WebSocket.OPEN) return
    if (this.#wifi !== 'there' && !this.#robots.has(client)) return
    const raw = JSON.stringify(message)
    if (!this.faults.has('in-pieces') || this.#robots.has(client)) {
      client.socket.send(raw)
      return
    }
    const half = Math.ceil(raw.length / 2)
    this.#calledCount += 1
    const about = { op: 'fragment', id: `piece:${this.#calledCount}`, total: 2 }
    client.socket.send(JSON.stringify({ ...about, num: 1, data: raw.slice(half) }))
    client.socket.send(JSON.stringify({ ...about, num: 0, data: raw.slice(0, half) }))
  }
}
