/**
 * The line of the pages, over socket.io: whoever comes is looked at before he hears anything, hears everything there is,
 * and then what changes. Loaded with the first page that comes.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ExtendedError, Server, type ServerOptions } from 'socket.io'
import {
  fromHub,
  Hello,
  type LiveDelta,
  type LivePositions,
  liveLine,
  liveVersion,
} from '#protocol/desk/live/line.ts'
import { admits } from '#protocol/desk/route.ts'
import { lineRoles } from '#protocol/desk/shell-routes.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Clock } from '../../engine/hub-time.ts'
import type { LookParts } from '../../look/parts.ts'
import { readTongueCookie, type SessionCookie } from '../cookies.ts'
import type { Session, Sessions } from '../sessions.ts'
import { tongueFor } from '../tongue.ts'
import { type Audience, createAudience, type LiveServer, type LiveSocket } from './audience.ts'
import type { LineSide } from './door.ts'
import { createExpertLines, type ExpertLines } from './expert-lines.ts'
import { type Sight, sightOf } from './expert-sight.ts'
import { createFollowing, type Following } from './follow.ts'
import { createPace, type Pace } from './pace.ts'
import { attend, errorFor, over } from './visitor.ts'
import { createWhere, type Where } from './where.ts'

export interface LineParts extends LineSide {
  readonly look: Pick<LookParts, 'branch' | 'engine' | 'store' | 'parsePolicy'>
  readonly sessions: Sessions
  readonly cookie: SessionCookie
  readonly clock: Clock
  readonly onBug: (error: unknown, request: string) => void
  /** Nobody has listened for a while: from now on it is to be stopped. */
  readonly onIdle: () => void
}

export interface Line {
  /** Of a request whose host and origin are ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  stop(): Promise<void>
}

const beatEveryMs = 2_000
/** Who comes back within it, and was alone, still gets only what changed. */
const idleMs = 60_000
/** One person has a tablet, a desk, and forgets to close some pages. */
const linesPerAccountMax = 12
const linesMax = 200

const settings: Partial<ServerOptions> = {
  path: liveLine,
  serveClient: false,
  transports: ['websocket'],
  maxHttpBufferSize: 64 * 1024,
  perMessageDeflate: false,
  httpCompression: false,
  // Who does not say who he is, goes.
  connectTimeout: 5_000,
  // A tablet that went out of reach is noticed within seven seconds.
  pingInterval: 3_000,
  pingTimeout: 4_000,
}

interface Page {
  readonly name: string
}

const tongueOf = ({ handshake }: LiveSocket) =>
  tongueFor({
    cookie: readTongueCookie(handshake.headers.cookie),
    acceptLanguage: handshake.headers['accept-language'],
  })

class LiveLine implements Line {
  readonly #parts: LineParts
  readonly #io: LiveServer = new Server(settings)
  readonly #where: Where
  readonly #following: Following
  readonly #audience: Audience
  /** By session, for as long as one of its pages is here. */
  readonly #paces = new Map<string, { readonly pace: Pace; pages: number }>()
  readonly #experts: ExpertLines
  readonly #callOff: (() => void)[] = []
  #callOffBeat: (() => void) | undefined
  #callOffIdle: (() => void) | undefined
  #opened: Promise<void> | undefined
  #stopped = false

  constructor(parts: LineParts) {
    this.#parts = parts
    const { look, watch, clock, onBug } = parts
    this.#where = createWhere({
      clock,
      onSettled: (device) => this.#following.touch({ table: 'devices', key: device }),
      onNews: () => this.#audience.positions(this.#positions()),
      onBad: parts.onBadStream,
    })
    this.#following = createFollowing({
      branch: look.branch,
      engine: look.engine,
      store: look.store,
      watch,
      whereIs: (device, told) => this.#where.whereIs(device, told),
      clock,
      run: randomUUID(),
      onDelta: (delta, bytes) => this.#send(delta, bytes),
      onBug: (error) => onBug(error, 'live'),
    })
    this.#experts = createExpertLines({ engine: look.engine, onBug: (error) => onBug(error, 'expert') })
    this.#audience = createAudience({
      io: this.#io,
      following: this.#following,
      positions: () => this.#positions(),
      nowMs: () => clock.monotonicMs(),
    })
    // Bound to no server: requests are handed over one by one, by whoever looked at them before.
    this.#io.attach(createServer())
    this.#io.use((socket, next) => {
      this.#admit(socket).then(
        () => next(),
        (error: unknown) => next(this.#refusal(socket, error)),
      )
    })
    this.#io.on('connection', (socket) => this.#enter(socket))
    this.#callOff.push(
      parts.watchStreams(({ device, name, data }) => this.#where.hear(device, name, data)),
      () => this.#where.stop(),
      () => this.#following.stop(),
      () => this.#callOffBeat?.(),
      () => this.#callOffIdle?.(),
    )
    this.#idleSoon()
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#io.engine.handleUpgrade(request, socket, head)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const callOff of this.#callOff.splice(0)) callOff()
    for (const socket of this.#io.sockets.sockets.values()) over(socket, 'stopping')
    await this.#io.close()
  }

  /** That a page comes, and comes back, is no use of a session: it does so by itself. @throws UsherError why not. */
  async #admit(socket: LiveSocket): Promise<void> {
    const session = this.#find(socket)
    if (session === undefined) throw new UsherError('sign-in.needed')
    if (!admits(lineRoles, session.roles)) throw new UsherError('role.missing')
    Hello.parse(socket.handshake.auth)
    const pages = [...this.#io.sockets.sockets.values()]
    const own = pages.filter(({ data }) => (data as Page).name === session.name)
    if (own.length >= linesPerAccountMax || pages.length >= linesMax) throw new UsherError('live.too-many')
    socket.data = { name: session.name } satisfies Page
    this.#opened ??= this.#open()
    await this.#opened
  }

  async #open(): Promise<void> {
    try {
      await this.#following.open()
      this.#beatLater()
    } catch (error) {
      // The next one tries again.
      this.#opened = undefined
      throw error
    }
  }

  #enter(socket: LiveSocket): void {
    const { version, have } = Hello.parse(socket.handshake.auth)
    if (this.#stopped) return over(socket, 'stopping')
    if (version !== liveVersion) return over(socket, 'version')
    const found = this.#find(socket)
    if (found === undefined) return over(socket, 'ended')
    const { sessions, clock, look, onBug } = this.#parts
    const callOff = sessions.watch(found, (why) => over(socket, why))
    const pace = this.#paceFor(found.hash)
    socket.once('disconnect', () => {
      callOff()
      this.#audience.leave(socket)
      if (!this.#stopped) this.#experts.leave(found)
      this.#leavePace(found.hash)
    })
    this.#experts.enter(found)
    attend(socket, {
      answering: look,
      tongue: tongueOf(socket),
      session: () => {
        const now = this.#find(socket)
        return now && sessions.use(now)
      },
      pace,
      monotonicMs: () => clock.monotonicMs(),
      onBug,
    })
    this.#welcome(socket, have, sightOf(found)).catch((error: unknown) => {
      onBug(error, 'live')
      socket.disconnect(true)
    })
  }

  /** What it hears first is as of now, also where nothing has changed since it left. */
  async #welcome(socket: LiveSocket, have: Hello['have'], sight: Sight): Promise<void> {
    const at = await this.#following.catchUp()
    if (!socket.connected) return
    this.#audience.welcome(socket, have, sight)
    socket.emit('beat', { at, n: this.#following.numbered.n })
  }

  #find({ handshake }: LiveSocket): Session | undefined {
    const code = this.#parts.cookie.read(handshake.headers.cookie)
    return code === undefined ? undefined : this.#parts.sessions.find(code)
  }

  #refusal(socket: LiveSocket, error: unknown): ExtendedError {
    const data = errorFor(error, { tongue: tongueOf(socket), onBug: this.#parts.onBug })
    return Object.assign(new Error(data.code), { data })
  }

  #send(delta: LiveDelta, bytes: number) {
    if (this.#parts.checked === true) fromHub.delta.parse(delta)
    this.#audience.delta(delta, bytes)
  }

  #positions(): LivePositions {
    const positions = { at: this.#parts.look.engine.position().at, ...this.#where.now() }
    if (this.#parts.checked === true) fromHub.positions.parse(positions)
    return positions
  }

  #beatLater() {
    if (this.#stopped) return
    this.#callOffBeat = this.#parts.clock.after(beatEveryMs, () => {
      this.#where.settle()
      this.#following
        .catchUp()
        .then((at) => this.#audience.beat({ at, n: this.#following.numbered.n }))
        .catch((error: unknown) => this.#parts.onBug(error, 'live'))
      this.#beatLater()
    })
  }

  #idleSoon() {
    const { clock, onIdle } = this.#parts
    this.#callOffIdle = clock.after(this.#parts.idleMs ?? idleMs, onIdle)
  }

  #paceFor(hash: string): Pace {
    this.#callOffIdle?.()
    const known = this.#paces.get(hash) ?? { pace: createPace(), pages: 0 }
    known.pages += 1
    this.#paces.set(hash, known)
    return known.pace
  }

  #leavePace(hash: string) {
    const known = this.#paces.get(hash)
    if (known === undefined) return
    known.pages -= 1
    if (known.pages === 0) this.#paces.delete(hash)
    if (this.#paces.size === 0 && !this.#stopped) this.#idleSoon()
  }
}

export const openLine = (parts: LineParts): Line => new LiveLine(parts)
