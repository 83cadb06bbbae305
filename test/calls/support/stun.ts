/** As much of a TURN client (RFC 8489, RFC 8656) as it takes to ask a relay for what it should refuse, and read its code. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'

const cookie = 0x2112a442
const methods = { binding: 0x001, allocate: 0x003, permission: 0x008 } as const
const kinds = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  transport: 0x0019,
}

const attribute = (kind: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(kind, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

interface Asked {
  readonly method: number
  readonly transaction: Buffer
}

/** @param more bytes of attributes that are still to come */
const messageOf = ({ method, transaction }: Asked, attributes: Buffer, more = 0) => {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(method, 0)
  head.writeUInt16BE(attributes.length + more, 2)
  head.writeUInt32BE(cookie, 4)
  return Buffer.concat([head, transaction, attributes])
}

const attributesOf = (message: Buffer): ReadonlyMap<number, Buffer> => {
  const found = new Map<number, Buffer>()
  for (let at = 20; at + 4 <= message.length; ) {
    const size = message.readUInt16BE(at + 2)
    found.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + size))
    at += 4 + size + ((4 - (size % 4)) % 4)
  }
  return found
}

export interface Credential {
  readonly username: string
  readonly credential: string
}

/** 0: it was done. */
const codeOf = (attributes: ReadonlyMap<number, Buffer>): number => {
  const error = attributes.get(kinds.error)
  return error === undefined ? 0 : ((error[2] ?? 0) & 7) * 100 + (error[3] ?? 0)
}

const peerOf = (address: string): Buffer => {
  const mask = Buffer.alloc(4)
  mask.writeUInt32BE(cookie, 0)
  const bytes = address.split('.').map((part, at) => Number(part) ^ (mask[at] ?? 0))
  return Buffer.from([0, 1, 0x21 ^ 0x12, 0x34 ^ 0x34, ...bytes])
}

const againMs = 200

class Asker {
  readonly #socket: Socket = createSocket('udp4')
  readonly #port: number
  readonly #credential: Credential | undefined
  #realm = Buffer.alloc(0)
  #nonce = Buffer.alloc(0)

  constructor(port: number, credential: Credential | undefined) {
    this.#port = port
    this.#credential = credential
  }

  /** Says it until there is an answer: UDP may lose either, and a relay may not be there yet. */
  send(message: Buffer): Promise<Buffer> {
    return new Promise((resolve) => {
      const say = () => this.#socket.send(message, this.#port, '127.0.0.1')
      const timer = setInterval(say, againMs)
      this.#socket.on('error', () => undefined)
      this.#socket.on('message', (answer) => {
        if (!answer.subarray(8, 20).equals(message.subarray(8, 20))) return
        clearInterval(timer)
        resolve(answer)
      })
      say()
    })
  }

  async ask(method: number, ...attributes: readonly Buffer[]): Promise<number> {
    const answer = attributesOf(await this.send(this.#signed(method, attributes)))
    const code = codeOf(answer)
    const nonce = answer.get(kinds.nonce)
    if (code !== 401 || nonce === undefined || this.#nonce.length > 0) return code
    this.#nonce = Buffer.from(nonce)
    this.#realm = Buffer.from(answer.get(kinds.realm) ?? '')
    return this.ask(method, ...attributes)
  }

  close() {
    this.#socket.close()
  }

  #signed(method: number, attributes: readonly Buffer[]): Buffer {
    const asked = { method, transaction: randomBytes(12) }
    if (this.#nonce.length === 0 || this.#credential === undefined)
      return messageOf(asked, Buffer.concat(attributes))
    const { username, credential } = this.#credential
    const all = Buffer.concat([
      ...attributes,
      attribute(kinds.username, Buffer.from(username)),
      attribute(kinds.realm, this.#realm),
      attribute(kinds.nonce, this.#nonce),
    ])
    const key = createHash('md5').update(`${username}:${this.#realm.toString()}:${credential}`).digest()
    const counted = messageOf(asked, all, 24)
    const integrity = createHmac('sha1', key).update(counted).digest()
    return messageOf(asked, Buffer.concat([all, attribute(kinds.integrity, integrity)]))
  }
}

/** Until a relay answers there. */
export const waitForRelay = async (port: number): Promise<void> => {
  const asker = new Asker(port, undefined)
  await asker.ask(methods.binding)
  asker.close()
}

/** @returns the code of what it refused first; 0: it would relay to that address. */
export const askToRelay = async (port: number, credential: Credential, to: string): Promise<number> => {
  const asker = new Asker(port, credential)
  const udp = attribute(kinds.transport, Buffer.from([17, 0, 0, 0]))
  const refused = await asker.ask(methods.allocate, udp)
  const code =
    refused === 0 ? await asker.ask(methods.permission, attribute(kinds.peer, peerOf(to))) : refused
  asker.close()
  return code
}
