/**
 * Who listens. What goes out is put into bytes once for all of them; who cannot keep up gets no more pieces, and
 * everything anew as soon as there is room again.
 */
import type { Server, Socket } from 'socket.io'
import type { FromHub, Hello, LiveBeat, LiveDelta, LivePositions } from '#protocol/desk/live/line.ts'
import { concernedBy, deltaFor, type Sight, snapshotFor } from './expert-sight.ts'
import type { Following } from './follow.ts'

// oxlint-disable-next-line typescript/no-empty-object-type -- what pages send is looked at before it has a type
export type LiveServer = Server<Record<string, (...args: unknown[]) => void>, FromHub>
export type LiveSocket = Socket<Record<string, (...args: unknown[]) => void>, FromHub>

export interface AudienceParts {
  readonly io: LiveServer
  readonly following: Following
  readonly positions: () => LivePositions
  readonly nowMs: () => number
  /** Beyond it somebody is too slow. */
  readonly waitingBytesMax?: number
  /** So long it may take to catch up. */
  readonly behindMsMax?: number
}

export interface Audience {
  welcome(socket: LiveSocket, have: Hello['have'], sight?: Sight): void
  leave(socket: LiveSocket): void
  delta(delta: LiveDelta, bytes: number): void
  positions(positions: LivePositions): void
  beat(beat: LiveBeat): void
  readonly size: number
}

interface Listener {
  /** Bytes handed over since its line was last empty. */
  waiting: number
  /** Since when it cannot keep up. */
  behindAtMs: number | null
  readonly sight: Sight
}

const rooms = { lobby: 'live', lead: 'live-lead', expert: 'live-expert' } as const
const roomOf = (sight: Sight) => (typeof sight === 'string' ? rooms[sight] : rooms.expert)
/** Whom a call does not concern sees the same of it as everybody else. */
const nobody: Sight = { expert: '' }
const waitingBytesMax = 1024 * 1024
const behindMsMax = 20_000

const isDrained = (socket: LiveSocket) => socket.conn.transport.writable

class Listeners implements Audience {
  readonly #parts: AudienceParts
  readonly #listeners = new Map<LiveSocket, Listener>()

  constructor(parts: AudienceParts) {
    this.#parts = parts
  }

  get size() {
    return this.#listeners.size
  }

  welcome(socket: LiveSocket, have: Hello['have'], sight: Sight = 'lobby'): void {
    this.#listeners.set(socket, { waiting: 0, behindAtMs: null, sight })
    const { following, positions } = this.#parts
    const missed = following.numbered.since(have)
    if (missed === undefined) socket.emit('snapshot', snapshotFor(sight, following.snapshot()))
    else for (const delta of missed) socket.emit('delta', deltaFor(sight, delta))
    void socket.join(roomOf(sight))
    if (sight === 'lobby') socket.emit('positions', positions())
  }

  leave(socket: LiveSocket): void {
    this.#listeners.delete(socket)
  }

  delta(delta: LiveDelta, bytes: number): void {
    for (const [socket, listener] of this.#listeners) {
      if (listener.behindAtMs === null) this.#weigh(socket, listener, bytes)
    }
    const { io } = this.#parts
    io.to(rooms.lobby).emit('delta', delta)
    this.#tellAfar(delta)
    this.#catchUp()
  }

  positions(positions: LivePositions): void {
    this.#parts.io.to(rooms.lobby).volatile.emit('positions', positions)
  }

  beat(beat: LiveBeat): void {
    const { io } = this.#parts
    io.to(rooms.lobby).volatile.emit('beat', beat)
    if (this.#sightsAfar().length > 0) io.to([rooms.lead, rooms.expert]).volatile.emit('beat', beat)
    this.#catchUp()
  }

  /** Of those who sit at their desks far away. */
  #sightsAfar(): readonly Exclude<Sight, 'lobby'>[] {
    return [...this.#listeners.values()].flatMap(({ sight }) => (sight === 'lobby' ? [] : [sight]))
  }

  #tellAfar(delta: LiveDelta) {
    const { io } = this.#parts
    const sights = this.#sightsAfar()
    if (sights.includes('lead')) io.to(rooms.lead).emit('delta', deltaFor('lead', delta))
    if (!sights.some((sight) => sight !== 'lead')) return
    const concerned = concernedBy(delta)
    const own: string[] = []
    for (const [socket, { sight, behindAtMs }] of this.#listeners) {
      if (typeof sight === 'string' || !concerned.has(sight.expert)) continue
      own.push(socket.id)
      if (behindAtMs === null) socket.emit('delta', deltaFor(sight, delta))
    }
    io.to(rooms.expert).except(own).emit('delta', deltaFor(nobody, delta))
  }

  #weigh(socket: LiveSocket, listener: Listener, bytes: number) {
    listener.waiting = isDrained(socket) ? bytes : listener.waiting + bytes
    if (listener.waiting <= (this.#parts.waitingBytesMax ?? waitingBytesMax)) return
    listener.behindAtMs = this.#parts.nowMs()
    void socket.leave(roomOf(listener.sight))
  }

  #catchUp() {
    const nowMs = this.#parts.nowMs()
    for (const [socket, { behindAtMs, sight }] of this.#listeners) {
      if (behindAtMs === null) continue
      if (isDrained(socket)) this.welcome(socket, undefined, sight)
      else if (nowMs - behindAtMs > (this.#parts.behindMsMax ?? behindMsMax)) socket.disconnect(true)
    }
  }
}

export const createAudience = (parts: AudienceParts): Audience => new Listeners(parts)
