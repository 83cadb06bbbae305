/** The door of the calls behind a real server, with a desk made up by the test, and sockets that come in by it. */
import { Registry } from 'prom-client'
import { io, type Socket } from 'socket.io-client'
import { type CallDoor, type CallDoorParts, createCallDoor } from '#hub/calls/line/door.ts'
import { ticketsOf } from '#hub/calls/line/ticket.ts'
import { ownNames } from '#hub/desk/same-origin.ts'
import { createHttpServer } from '#hub/ops/http.ts'
import { callLine, type Participant } from '#protocol/calls/signalling.ts'

const hour = 3_600_000

export interface DoorLab {
  readonly door: CallDoor
  ticket(call: string, participant: Participant, forMs?: number): string
  /** @param origin of the page; absent: of the hub */
  connect(ticket: string, origin?: string): Socket
  stop(): Promise<void>
}

export const openDoorLab = async (parts: Omit<CallDoorParts, 'tickets' | 'own'>): Promise<DoorLab> => {
  const tickets = ticketsOf(Buffer.alloc(32, 7), () => parts.clock.wallMs())
  const door = createCallDoor({ ...parts, tickets, own: () => ownNames(false, []) })
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    health: () => {
      throw new Error('nobody asks')
    },
    registry: new Registry(),
    lines: [{ path: callLine, upgrade: (...given) => door.upgrade(...given) }],
  })
  const address = `http://127.0.0.1:${await server.start()}`
  const sockets: Socket[] = []
  return {
    door,
    ticket: (call, participant, forMs = hour) =>
      tickets.issue({ call, participant, until: parts.clock.wallMs() + forMs }),
    connect: (ticket, origin = address) => {
      const socket = io(address, {
        path: callLine,
        transports: ['websocket'],
        auth: { ticket },
        forceNew: true,
        reconnection: false,
        extraHeaders: { origin },
      })
      sockets.push(socket)
      return socket
    },
    stop: async () => {
      for (const socket of sockets) socket.disconnect()
      await door.stop()
      await server.stop()
    },
  }
}
