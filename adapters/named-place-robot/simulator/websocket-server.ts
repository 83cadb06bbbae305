/** As much of a WebSocket server (RFC 6455) as an app on a robot needs: whole text messages, ping and close. */
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

export interface AppSocket {
  send(text: string): void
  /** Without a goodbye, as when Wi-Fi goes. */
  cut(): void
  onMessage: (text: string) => void
  onGone: () => void
}

/** RFC 6455 1.3. */
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const opcodes = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa }
const frameMax = 1_000_000

const frame = (opcode: number, payload: Buffer): Buffer => {
  const { length } = payload
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  head[0] = 0x80 | opcode
  if (length < 126) head[1] = length
  else if (length < 65_536) {
    head[1] = 126
    head.writeUInt16BE(length, 2)
  } else {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([head, payload])
}

interface Frame {
  readonly opcode: number
  readonly payload: Buffer
  readonly rest: Buffer
}

/** @returns undefined while it is not all there. @throws for what a client must not send */
const nextFrame = (bytes: Buffer): Frame | undefined => {
  const [first, second] = bytes
  if (first === undefined || second === undefined) return undefined
  if ((first & 0x80) === 0 || (second & 0x80) === 0) throw new Error('fragmented or not masked')
  const short = second & 0x7f
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const maskAt = 2 + lengthBytes
  if (bytes.length < maskAt + 4) return undefined
  const length =
    lengthBytes === 0 ? short : lengthBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (length > frameMax) throw new Error('too long')
  const end = maskAt + 4 + length
  if (bytes.length < end) return undefined
  const mask = bytes.subarray(maskAt, maskAt + 4)
  const payload = Buffer.from(bytes.subarray(maskAt + 4, end))
  for (let at = 0; at < payload.length; at += 1) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0)
  return { opcode: first & 0x0f, payload, rest: bytes.subarray(end) }
}

export const acceptSocket = (request: IncomingMessage, socket: Duplex): AppSocket => {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}${guid}`)
    .digest('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  const app: AppSocket = {
    send: (text) => void socket.write(frame(opcodes.text, Buffer.from(text))),
    cut: () => socket.destroy(),
    onMessage: () => {},
    onGone: () => {},
  }
  let bytes: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    try {
      for (let found = nextFrame(bytes); found !== undefined; found = nextFrame(bytes)) {
        bytes = found.rest
        if (found.opcode === opcodes.text) app.onMessage(found.payload.toString('utf8'))
        if (found.opcode === opcodes.ping) socket.write(frame(opcodes.pong, found.payload))
        if (found.opcode === opcodes.close) socket.end(frame(opcodes.close, found.payload))
      }
    } catch {
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => app.onGone())
  return app
}
