/**
 * The line of the calls, over socket.io: whoever comes with a ticket is that participant, and what participants of one call
 * say to each other is passed on and not kept. Loaded with the first page that comes.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { Server } from 'socket.io'
import type { BrowseSaid } from '#protocol/calls/browse.ts'
import {
  CallHello,
  type Participant,
  type Room,
  recorderParticipant,
  type SignalTo,
} from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Clock } from '../../engine/hub-time.ts'
import { Browsing } from './browse.ts'
import { Recorders } from './recorders.ts'
import { CallRoom, type Seat } from './room.ts'
import type {
  CallSide,
  FarSide,
  IceSide,
  LineLimits,
  Presence,
  RecorderEar,
  RecorderSeat,
  RecordingOf,
} from './side.ts'
import {
  type CallServer,
  type CallSocket,
  hear,
  type OnBug,
  over,
  refusalFor,
  refusalOf,
  socketSettings,
} from './socket.ts'
import type { Pass, Tickets } from './ticket.ts'

export interface CallLineParts {
  readonly side: CallSide
  readonly ice: IceSide
  readonly tickets: Tickets
  /** Absent: everybody comes in here. */
  readonly far?: FarSide | undefined
  /** Absent: nothing is ever recorded here. */
  readonly recordingOf?: RecordingOf | undefined
  readonly limits: LineLimits
  readonly clock: Clock
  /** Of what was not passed on, or who was not let in. */
  readonly onRefused: (code: string) => void
  readonly onBug: OnBug
}

export interface CallLine {
  /** Of a request whose host and origin are ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** The desk has changed it: whoever is in it no longer is told so, and goes. */
  changed(call: string): void
  /** Who is at the other hub, or what they show, is another picture than before. */
  farChanged(call: string): void
  /** Said there, for somebody here. */
  farSays(call: string, from: Participant, said: SignalTo): void
  farBrowses(call: string, from: Participant, said: BrowseSaid): void
  /** The hub's own recorder comes in, last of the row: it calls the others. One that was there before is out. */
  seatRecorder(call: string, ear: RecorderEar): RecorderSeat
  stop(): Promise<void>
}

class SocketLine implements CallLine {
  readonly #parts: CallLineParts
  readonly #io: CallServer = new Server(socketSettings)
  readonly #rooms = new Map<string, CallRoom>()
  readonly #browsing: Browsing
  readonly #recorders = new Recorders()
  #callOffRenewal: (() => void) | undefined
  #stopped = false

  constructor(parts: CallLineParts) {
    this.#parts = parts
    this.#browsing = new Browsing({
      ...parts,
      emit: (call, to, said) => {
        const seat = this.#rooms.get(call)?.find(to)
        seat?.socket?.emit('browse', said)
        return seat !== undefined
      },
    })
  }

  open(): this {
    // Bound to no server: requests are handed over one by one, by whoever looked at them before.
    this.#io.attach(createServer())
    this.#io.use((socket, next) => {
      try {
        this.#admit(socket)
        next()
      } catch (error) {
        const told = refusalFor(socket, error, this.#parts.onBug)
        this.#parts.onRefused(told.code)
        next(refusalOf(told))
      }
    })
    this.#io.on('connection', (socket) => this.#enter(socket))
    for (const presence of this.#parts.side.present()) this.#expect(presence)
    this.#renewLater()
    return this
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#io.engine.handleUpgrade(request, socket, head)
  }

  changed(call: string): void {
    const room = this.#rooms.get(call)
    if (room === undefined) return
    const { side } = this.#parts
    const isOpen = side.isOpen(call)
    for (const { participant } of room.all()) {
      if (isOpen && side.partyOf(call, participant) !== undefined) continue
      const socket = room.remove(participant)?.socket
      if (socket !== undefined) over(socket, isOpen ? 'left' : 'ended')
    }
    this.#tell(room)
  }

  farChanged(call: string): void {
    const room = this.#rooms.get(call)
    if (room !== undefined) this.#tell(room)
  }

  farSays(call: string, from: Participant, { to, ...said }: SignalTo): void {
    const { side } = this.#parts
    if (side.partyOf(call, from) === undefined || side.partyOf(call, to) === undefined) return
    this.#rooms
      .get(call)
      ?.find(to)
      ?.socket?.emit('signal', { ...said, from })
  }

  farBrowses(call: string, from: Participant, said: BrowseSaid): void {
    this.#browsing.farSays(call, from, said)
  }

  seatRecorder(call: string, ear: RecorderEar): RecorderSeat {
    const leave = this.#recorders.seat(call, ear)
    const tell = () => {
      const room = this.#rooms.get(call)
      if (room !== undefined) this.#tell(room)
    }
    tell()
    return {
      say: ({ to, ...said }) =>
        this.#rooms
          .get(call)
          ?.find(to)
          ?.socket?.emit('signal', { ...said, from: recorderParticipant }),
      leave: () => {
        if (leave()) tell()
      },
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#callOffRenewal?.()
    for (const room of this.#rooms.values())
      for (const { participant } of room.all()) {
        const socket = room.remove(participant)?.socket
        if (socket !== undefined) over(socket, 'stopping')
      }
    this.#rooms.clear()
    await this.#io.close()
  }

  /** @throws UsherError why not. */
  #admit({ handshake }: CallSocket): Pass {
    if (this.#stopped) throw new UsherError('hub.stopping')
    const { side, tickets, limits } = this.#parts
    const hello = CallHello.safeParse(handshake.auth)
    if (!hello.success) throw new UsherError('call.ticket')
    const pass = tickets.read(hello.data.ticket)
    if (!side.isOpen(pass.call)) throw new UsherError('call.over')
    if (side.partyOf(pass.call, pass.participant) === undefined) throw new UsherError('call.not-yours')
    if (this.#io.sockets.sockets.size >= limits.pagesMax) throw new UsherError('live.too-many')
    this.#rooms.get(pass.call)?.checkPlace(pass.participant)
    return pass
  }

  #enter(socket: CallSocket): void {
    const pass = this.#admitAgain(socket)
    // It asks again, and is told why not.
    if (pass === undefined) return void socket.disconnect(true)
    const { call, participant, until } = pass
    const room = this.#roomOf(call)
    const seat = room.seat(participant)
    seat.callOffLeaving?.()
    seat.callOffLeaving = undefined
    const before = seat.socket
    seat.socket = socket
    if (before !== undefined) over(before, 'replaced')
    const { clock, side } = this.#parts
    const callOffEnd = clock.after(until - clock.wallMs(), () => over(socket, 'ticket'))
    socket.once('disconnect', () => {
      callOffEnd()
      if (room.find(participant) === seat && seat.socket === socket) this.#lose(room, seat)
    })
    this.#hear(socket, room, seat)
    if (!seat.isTold) side.onJoined(call, participant)
    seat.isTold = true
    this.#tell(room)
  }

  /** Between the question and the seat the call may have ended, or filled up. */
  #admitAgain(socket: CallSocket): Pass | undefined {
    try {
      return this.#admit(socket)
    } catch {
      return undefined
    }
  }

  #hear(socket: CallSocket, room: CallRoom, seat: Seat) {
    const { limits, clock, side, onRefused, onBug } = this.#parts
    const { participant } = seat
    hear(socket, {
      limits,
      pace: seat.pace,
      browsePace: seat.browsePace,
      nowMs: () => clock.monotonicMs(),
      onSignal: (signal) => this.#pass(room, participant, signal),
      onShown: (shown) => {
        seat.shown = shown
        this.#tell(room)
      },
      onBrowse: (given) => this.#browsing.hear(room.call, participant, given),
      onHangUp: () => side.onHangUp(room.call, participant),
      onHungUp: () => {
        // Where the whole call ended, it has gone already.
        if (room.find(participant) !== seat) return
        room.remove(participant)
        over(socket, 'left')
        this.#tell(room)
      },
      onRefused,
      onBug,
    })
  }

  #pass(room: CallRoom, from: Participant, { to, ...said }: SignalTo) {
    if (to === recorderParticipant && this.#recorders.hears(room.call, { ...said, from })) return
    if (to === from || this.#parts.side.partyOf(room.call, to) === undefined)
      throw new UsherError('call.signal', 'nobody of this call')
    const seat = room.find(to)
    if (seat === undefined) return this.#parts.far?.say(room.call, from, { to, ...said })
    // Whose page is gone for a moment asks anew when it is back.
    seat.socket?.emit('signal', { ...said, from })
  }

  /** The page is gone; whether its participant has left is known a little later. */
  #lose(room: CallRoom, seat: Seat) {
    seat.socket = undefined
    if (!this.#stopped) this.#waitFor(room, seat, this.#parts.limits.leftAfterMs)
  }

  #expect({ call, participant }: Presence) {
    const room = this.#roomOf(call)
    const seat = room.find(participant) ?? room.seat(participant)
    this.#waitFor(room, seat, this.#parts.limits.backWithinMs)
  }

  #waitFor(room: CallRoom, seat: Seat, withinMs: number) {
    const { clock, side } = this.#parts
    seat.callOffLeaving?.()
    seat.callOffLeaving = clock.after(withinMs, () => {
      seat.callOffLeaving = undefined
      room.remove(seat.participant)
      side.onLeft(room.call, seat.participant)
      this.#tell(room)
    })
  }

  #roomOf(call: string): CallRoom {
    const known = this.#rooms.get(call)
    if (known !== undefined) return known
    const room = new CallRoom(call, this.#parts.limits)
    this.#rooms.set(call, room)
    return room
  }

  /** To everybody in it, who is there now. */
  #tell(room: CallRoom) {
    if (room.isEmpty) {
      this.#rooms.delete(room.call)
      this.#browsing.forget(room.call)
    }
    const { side, ice, far } = this.#parts
    const { call } = room
    const here = room.participants((id) => side.partyOf(call, id)?.title ?? {})
    far?.here(call, here)
    // Whoever comes calls those before them: at both hubs the others were there first.
    const people = [...(far?.seen(call) ?? []), ...here]
    // Whoever waits apart is apart from people: what is recorded is recorded whole.
    const isApart = (me: Participant, other: Participant) =>
      me !== recorderParticipant && side.areApart(call, me, other)
    const seenBy = (me: Participant) => [
      ...people.map((one) => (isApart(me, one.id) ? { ...one, apart: true } : one)),
      ...this.#recorders.shown(call),
    ]
    const recording = this.#parts.recordingOf?.(call)
    const roomFor = (me: Participant): Room => ({
      call,
      me,
      participants: seenBy(me),
      ...told(ice.iceFor({ call, participant: me })),
      ...(recording !== undefined && { recording }),
    })
    for (const { participant: me, socket } of room.all()) socket?.emit('room', roomFor(me))
    this.#recorders.tell(call, roomFor(recorderParticipant))
  }

  #renewLater() {
    const { ice, clock } = this.#parts
    if (ice.renewEveryMs === undefined) return
    this.#callOffRenewal = clock.after(ice.renewEveryMs, () => {
      for (const room of this.#rooms.values()) this.#tell(room)
      this.#renewLater()
    })
  }
}

const told = ({ iceServers, relayOnly }: ReturnType<IceSide['iceFor']>) => ({
  iceServers: [...iceServers],
  relayOnly,
})

export const openCallLine = (parts: CallLineParts): CallLine => new SocketLine(parts).open()
