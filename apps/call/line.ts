/** The line to the hub. It comes back by itself, however often; only the hub says that it is over. */
import { io, type Socket } from 'socket.io-client'
import type { BrowseSaid } from '#protocol/calls/browse.ts'
import {
  type CallFromHub,
  type CallFromPage,
  type CallOver,
  callLine,
  type Room,
  type Shown,
  type SignalFrom,
  type SignalTo,
} from '#protocol/calls/signalling.ts'

export interface LineSide {
  /** Also each time the line is there again. */
  onRoom(room: Room, isBack: boolean): void
  onSignal(signal: SignalFrom): void
  onBrowse(said: BrowseSaid): void
  onLost(): void
  onOver(why: CallOver['why']): void
  onTicketRefused(): void
}

/** A hub that starts again is there within seconds, and is not asked by all pages at once. */
const timing = {
  reconnectionDelay: 300,
  reconnectionDelayMax: 2_000,
  randomizationFactor: 0.5,
  timeout: 5_000,
}
const againMs = 1_000
/** A hang-up that is on its way is waited for as long as a hub needs to start again. */
const hangUpMs = 30_000

const codeOf = (error: Error) => (error as Error & { readonly data?: { readonly code?: string } }).data?.code

export class CallLine {
  readonly #side: LineSide
  readonly #socket: Socket<CallFromHub, CallFromPage>
  #isOpen = false
  #isOver = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(side: LineSide, { origin, ticket }: { readonly origin: string; readonly ticket: string }) {
    this.#side = side
    this.#socket = io(origin === '' ? location.origin : origin, {
      path: callLine,
      transports: ['websocket'],
      auth: { ticket },
      autoConnect: false,
      forceNew: true,
      ...timing,
    })
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  open(): this {
    const socket = this.#socket
    socket.on('room', (room) => {
      const isBack = !this.#isOpen
      this.#isOpen = true
      this.#side.onRoom(room, isBack)
    })
    socket.on('signal', (signal) => this.#side.onSignal(signal))
    socket.on('browse', (said) => this.#side.onBrowse(said))
    socket.on('over', ({ why }) => {
      if (why === 'stopping') return
      this.close()
      this.#side.onOver(why)
    })
    socket.on('disconnect', () => this.#lost())
    socket.on('connect_error', (error) => this.#refused(codeOf(error)))
    socket.connect()
    return this
  }

  /** What cannot be said now is not kept: whoever comes back starts from how things are then. */
  say(signal: SignalTo): void {
    if (this.#isOpen) this.#socket.emit('signal', signal)
  }

  /** @returns whether there is a line. */
  browse(said: BrowseSaid): boolean {
    if (this.#isOpen) this.#socket.emit('browse', said)
    return this.#isOpen
  }

  show(shown: Shown): void {
    if (this.#isOpen) this.#socket.emit('shown', shown)
  }

  /** Kept until the hub can be told. */
  async hangUp(): Promise<void> {
    if (this.#isOver) return
    await this.#socket
      .timeout(hangUpMs)
      .emitWithAck('hang-up')
      .catch(() => undefined)
    this.close()
  }

  close(): void {
    this.#isOver = true
    this.#isOpen = false
    clearTimeout(this.#timer)
    this.#socket.disconnect()
  }

  #lost() {
    this.#isOpen = false
    if (this.#isOver) return
    this.#side.onLost()
    this.#again()
  }

  #refused(code: string | undefined) {
    if (this.#isOver) return
    if (code === 'call.over') {
      this.close()
      return this.#side.onOver('ended')
    }
    if (code === 'call.ticket' || code === 'call.not-yours') {
      this.close()
      return this.#side.onTicketRefused()
    }
    this.#again()
  }

  /** Where the hub closed the line the client does not come back by itself. */
  #again() {
    if (this.#socket.active) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#socket.connect(), againMs)
  }
}
