/**
 * Who listens. What goes out is put into bytes once for all of them; who cannot keep up gets no more pieces, and
 * everything anew as soon as there is room again.
 */

import type { Server, Socket } from 'socket.io'
import type { FromHub, Hello, LiveBeat, LiveDelta, LivePositions } from '#protocol/desk/live/line.ts'
import { deltaFor, type Sight, snapshotFor } from './expert-sight.ts'
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

const rooms = { lobby: 'live', expert: 'live-expert' } as const satisfies Record<Sight, string>
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
    void socket.join(rooms[sight])
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
    if (this.#hasExperts()) io.to(rooms.expert).emit('delta', deltaFor('expert', delta))
    this.#catchUp()
  }

  positions(positions: LivePositions): void {
    this.#parts.io.to(rooms.lobby).volatile.emit('positions', positions)
  }

  beat(beat: LiveBeat): void {
    const { io } = this.#parts
    io.to(rooms.lobby).volatile.emit('beat', beat)
    if (this.#hasExperts()) io.to(rooms.expert).volatile.emit('beat', beat)
    this.#catchUp()
  }

  #hasExperts(): boolean {
    return [...this.#listeners.values()].some(({ sight }) => sight === 'expert')
  }

  #weigh(socket: LiveSocket, listener: Listener, bytes: number) {
    listener.waiting = isDrained(socket) ? bytes : listener.waiting + bytes
    if (listener.waiting <= (this.#parts.waitingBytesMax ?? waitingBytesMax)) return
    listener.behindAtMs = this.#parts.nowMs()
    void socket.leave(rooms[listener.sight])
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
