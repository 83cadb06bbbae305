/** The app over WebSocket: one JSON text per message. Cut off, it is dialled again until the time of grace is over. */
import { DeviceUnauthorised, DeviceUnreachable } from '../../sdk/errors.ts'
import { parsedJson } from '../../shared/json.ts'
import { openTextSocket, type TextSocket } from '../../shared/text-socket.ts'
import {
  BridgeAnswer,
  type BridgeCommand,
  type BridgeData,
  BridgeEvent,
  type HelloAnswer,
  messageBytesMax,
} from '../bridge.ts'
import { type Contact, createContact } from './contact.ts'
import { type LineParts, RefusedByApp, type RobotLine } from './robot-line.ts'

const redialMs = 250

interface Waiting {
  readonly resolve: (data: BridgeData) => void
  readonly reject: (error: unknown) => void
}

/** @throws DeviceUnreachable, DeviceUnauthorised */
export const openWebSocketLine = async (parts: LineParts): Promise<RobotLine> => {
  const line = new WebSocketLine(parts)
  try {
    const hello = await line.dial()
    return { hello, lost: line.lost, ask: (command, data = {}) => line.ask(command, data), close: line.close }
  } catch (error) {
    await line.close()
    throw error
  }
}

class WebSocketLine {
  readonly lost: Promise<unknown>
  readonly #parts: LineParts
  readonly #contact: Contact
  readonly #waiting = new Map<number, Waiting>()
  #socket: TextSocket | undefined
  #isUp = false
  #closed = false
  #count = 0
  #cancelRedial: () => void = () => {}

  constructor(parts: LineParts) {
    this.#parts = parts
    this.#contact = createContact(parts)
    this.lost = this.#contact.lost
  }

  async dial(): Promise<HelloAnswer> {
    const { url, clock, answerMs } = this.#parts
    const socket = await openTextSocket({
      url,
      clock,
      openWithinMs: answerMs,
      onMessage: (from, data) => this.#onMessage(from, data),
      onGone: (from) => this.#down(from),
    })
    this.#socket = socket
    const hello = await this.#exchange(socket, 'hello', this.#contact.greeting()).catch((error: unknown) => {
      const isRefused = error instanceof RefusedByApp && error.code === 'unauthorised'
      throw isRefused ? new DeviceUnauthorised('The app on the robot refuses the token.') : error
    })
    const met = this.#contact.met(hello)
    this.#isUp = true
    return met
  }

  ask(command: string, data: BridgeData): Promise<BridgeData> {
    const socket = this.#socket
    if (socket === undefined || !this.#isUp)
      return Promise.reject(new DeviceUnreachable('The robot is out of reach.', { begun: false }))
    return this.#exchange(socket, command, data)
  }

  close = (): Promise<void> => {
    this.#closed = true
    this.#contact.end()
    this.#cancelRedial()
    const socket = this.#socket
    this.#socket = undefined
    this.#failAll()
    socket?.close()
    return Promise.resolve()
  }

  #exchange(socket: TextSocket, command: string, data: BridgeData): Promise<BridgeData> {
    this.#count += 1
    const message: BridgeCommand = { id: this.#count, command, data }
    return new Promise<BridgeData>((resolve, reject) => {
      // No answer, no FIN: Wi-Fi went away. The socket would stay open for minutes.
      const cancel = this.#parts.clock.after(this.#parts.answerMs, () => this.#drop(socket))
      this.#waiting.set(message.id, {
        resolve(answer) {
          cancel()
          resolve(answer)
        },
        reject(error) {
          cancel()
          reject(error)
        },
      })
      socket.send(JSON.stringify(message))
    })
  }

  #onMessage(socket: TextSocket, data: unknown) {
    if (socket !== this.#socket) return
    this.#contact.heard()
    const message = typeof data === 'string' && data.length <= messageBytesMax ? parsedJson(data) : undefined
    const event = BridgeEvent.safeParse(message)
    if (event.success) return this.#contact.event(event.data)
    const answer = BridgeAnswer.safeParse(message)
    if (!answer.success) return this.#parts.onOdd('not-json')
    const waiting = this.#waiting.get(answer.data.answer)
    this.#waiting.delete(answer.data.answer)
    if (answer.data.ok) waiting?.resolve(answer.data.data)
    else waiting?.reject(new RefusedByApp(answer.data.error))
  }

  #drop(socket: TextSocket) {
    socket.close()
    this.#down(socket)
  }

  #down(socket: TextSocket) {
    if (socket !== this.#socket) return
    this.#socket = undefined
    this.#isUp = false
    this.#failAll()
    if (this.#closed) return
    this.#contact.missed()
    this.#dialLater()
  }

  #dialLater() {
    this.#cancelRedial()
    this.#cancelRedial = this.#parts.clock.after(redialMs, () => void this.#redial())
  }

  async #redial() {
    // The first dial reports its own failure; only a line that once stood is dialled again.
    if (this.#closed || this.#contact.session() === undefined) return
    try {
      await this.dial()
    } catch (error) {
      if (error instanceof DeviceUnauthorised) this.#contact.give(error)
      else if (this.#socket === undefined) this.#dialLater()
      else this.#drop(this.#socket)
    }
  }

  #failAll() {
    for (const { reject } of this.#waiting.values())
      reject(new DeviceUnreachable('The line to the robot was cut.'))
    this.#waiting.clear()
  }
}
