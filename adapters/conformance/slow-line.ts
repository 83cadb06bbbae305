/** A TCP line in front of the broker that can be slow, or cut. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { Transform } from 'node:stream'

export interface SlowLine {
  readonly port: number
  slow(delayMs: number): void
  cut(): void
  /** While it is shut nobody gets through. */
  shut(): Promise<void>
  open(): Promise<void>
}

/** Each chunk is so long on its way, and none overtakes another: the line is slow, not narrow. */
const delayed = (delayMs: () => number) => {
  const onTheWay: Buffer[] = []
  let lastDueMs = 0
  const stillMs = () => Math.ceil(Math.max(0, lastDueMs - performance.now()))
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      lastDueMs = Math.max(lastDueMs, performance.now() + delayMs())
      onTheWay.push(chunk)
      const arrive = () => void this.push(onTheWay.shift())
      if (onTheWay.length === 1 && stillMs() === 0) arrive()
      else setTimeout(arrive, stillMs())
      done()
    },
    flush(done) {
      if (onTheWay.length === 0) done()
      else setTimeout(done, stillMs() + 2)
    },
  })
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })

/** @param target the port of the broker itself, which is another one after it was restarted. */
export const openSlowLine = async (target: () => number): Promise<SlowLine> => {
  const sockets = new Set<Socket>()
  let delayMs = 0
  const join = (near: Socket) => {
    const far = connect(target(), '127.0.0.1')
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    near.pipe(delayed(() => delayMs)).pipe(far)
    far.pipe(delayed(() => delayMs)).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  }
  const create = () => createServer(join)
  let server = create()
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port,
    cut,
    slow(ms) {
      delayMs = ms
    },
    async shut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      cut()
      await closed
    },
    async open() {
      server = create()
      await listen(server, port)
    },
  }
}
