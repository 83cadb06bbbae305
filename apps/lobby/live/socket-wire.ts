/** The line over a WebSocket, by socket.io, which looks after coming back. */
import { io, type Socket } from 'socket.io-client'
import {
  CommandAnswer,
  type CommandCall,
  type FromHub,
  type FromPage,
  fromHub,
  type Hello,
  liveLine,
} from '#protocol/desk/live/line.ts'
import type { Wire } from './wire.ts'

const answerMs = 10_000
const comeBackMs = 1_500
const names = Object.keys(fromHub) as (keyof FromHub)[]

const codeOf = (error: Error): string | undefined => {
  const { data } = error as { data?: { code?: unknown; error?: { code?: unknown } } }
  const code = data?.code ?? data?.error?.code
  return typeof code === 'string' ? code : undefined
}

export const createSocketWire = (): Wire => {
  let hello: (() => Hello) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const socket: Socket<FromHub, FromPage> = io({
    path: liveLine,
    autoConnect: false,
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    timeout: 8_000,
    auth: (give) => give(hello?.() ?? {}),
  })
  /** Where the hub itself ended it, socket.io does not come back. */
  const comeBack = () => {
    clearTimeout(timer)
    timer = setTimeout(() => socket.connect(), comeBackMs)
  }
  return {
    onOpen: (listener) => {
      socket.on('connect', listener)
    },
    onClosed: (listener) => {
      socket.on('disconnect', (why) => {
        listener()
        if (why === 'io server disconnect') comeBack()
      })
    },
    onRefused: (listener) => {
      socket.on('connect_error', (error) => {
        // The line itself failed where it is still active: socket.io tries again.
        if (socket.active) return
        listener(codeOf(error))
        comeBack()
      })
    },
    onMessage: (listener) => {
      for (const name of names) socket.on(name, (data: unknown) => listener(name, data))
    },
    command: async (call: CommandCall) =>
      CommandAnswer.parse(await socket.timeout(answerMs).emitWithAck('command', call)),
    start: (say) => {
      hello = say
      socket.connect()
    },
    again: () => {
      socket.disconnect()
      socket.connect()
    },
  }
}
