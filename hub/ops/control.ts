/**
 * How the command line talks to the running hub: a local socket that only the hub's own user may open (mode 0600), one
 * JSON object a line. The database is never touched from outside.
 *
 * Request `{id, method, params}`; answers `{id, result}`, `{id, error: {code, text}}`, or, for a stream, any number of
 * `{id, item}` and then `{id, end: true}`.
 */
import { chmodSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'

export type Handler = (params: unknown, signal: AbortSignal) => Promise<unknown> | AsyncIterable<unknown>

export interface ControlParts {
  readonly path: string
  readonly handlers: Readonly<Record<string, Handler>>
  readonly onError: (error: unknown) => void
}

export interface ControlServer {
  start(): Promise<void>
  stop(): Promise<void>
}

/** The longest request carries a branch file, which is far shorter. */
const lineBytesMax = 1_048_576

const Request = z.object({ id: z.number(), method: z.string().max(64), params: z.unknown().optional() })

const describe = (error: unknown): { code: string; text: string } => {
  if (error instanceof UsherError) return { code: error.code, text: error.message }
  if (error instanceof z.ZodError) return { code: 'command.invalid', text: z.prettifyError(error) }
  return { code: 'hub.bug', text: error instanceof Error ? error.message : String(error) }
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** Waits while the reader is slow, so that a forgotten `tail` does not grow the hub. */
const write = (socket: Socket, message: unknown) =>
  new Promise<void>((resolve) => {
    if (socket.destroyed) return resolve()
    if (socket.write(`${JSON.stringify(message)}\n`)) return resolve()
    const done = () => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.once('drain', done)
    socket.once('close', done)
  })

const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    throw new UsherError('command.invalid', 'a request is one line of JSON')
  }
}

const serveLine = async (
  parts: ControlParts,
  socket: Socket,
  { line, signal }: { line: string; signal: AbortSignal },
) => {
  let id = -1
  try {
    const request = Request.parse(parseLine(line))
    id = request.id
    const handler = Object.hasOwn(parts.handlers, request.method) ? parts.handlers[request.method] : undefined
    if (handler === undefined) throw new UsherError('command.unknown', request.method)
    const result = handler(request.params ?? {}, signal)
    if (!isStream(result)) return await write(socket, { id, result: (await result) ?? null })
    for await (const item of result) {
      if (signal.aborted) return
      await write(socket, { id, item })
    }
    await write(socket, { id, end: true })
  } catch (error) {
    if (!(error instanceof UsherError) && !(error instanceof z.ZodError)) parts.onError(error)
    await write(socket, { id, error: describe(error) })
  }
}

const listen = (server: Server, path: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      chmodSync(path, 0o600)
      resolve()
    })
  })

/** A line that never ends would grow the hub: beyond this the connection is closed. */
const guardLines = (socket: Socket) => {
  let open = 0
  socket.on('data', (chunk: Buffer) => {
    const end = chunk.lastIndexOf('\n')
    open = end < 0 ? open + chunk.length : chunk.length - end - 1
    if (open > lineBytesMax) socket.destroy()
  })
}

/** A socket file nobody answers on was left by a killed hub. The data directory's lock already says we are alone. */
const clearStale = (path: string) => rmSync(path, { force: true })

export const createControlServer = (parts: ControlParts): ControlServer => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const gone = new AbortController()
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      gone.abort()
    })
    guardLines(socket)
    const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })
    lines.on('error', () => socket.destroy())
    lines.on('line', (line) => void serveLine(parts, socket, { line, signal: gone.signal }))
  })
  return {
    start: () => {
      clearStale(parts.path)
      return listen(server, parts.path)
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

export interface ControlClient {
  /** @throws UsherError with the hub's own code. */
  request<T>(method: string, params?: unknown): Promise<T>
  stream<T>(method: string, params?: unknown): AsyncIterable<T>
  close(): void
}

interface Reply {
  id: number
  result?: unknown
  item?: unknown
  end?: true
  error?: { code: string; text: string }
}

/** An error as the hub put it; the code may be one this program does not know. */
export class HubRefused extends Error {
  override readonly name = 'HubRefused'
  readonly code: string
  constructor(error: { code: string; text: string }) {
    super(error.text)
    this.code = error.code
  }
}

const connect = (path: string) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = createConnection(path)
    socket.once('error', (cause) => reject(new UsherError('hub.unreachable', path, { cause })))
    socket.once('connect', () => resolve(socket))
  })

async function* replies(socket: Socket): AsyncGenerator<Reply> {
  for await (const line of createInterface({ input: socket })) yield JSON.parse(line) as Reply
}

/** @throws UsherError `hub.unreachable` when no hub runs on that data directory. */
export const openControl = async (path: string): Promise<ControlClient> => {
  const socket = await connect(path)
  const incoming = replies(socket)
  let id = 0
  const ask = (method: string, params: unknown) =>
    socket.write(`${JSON.stringify({ id: ++id, method, params: params ?? {} })}\n`)
  const next = async (): Promise<Reply> => {
    const reply = await incoming.next()
    if (reply.done === true) throw new UsherError('hub.unreachable', 'The hub closed the connection.')
    if (reply.value.error !== undefined) throw new HubRefused(reply.value.error)
    return reply.value
  }
  return {
    request: async <T>(method: string, params?: unknown) => {
      ask(method, params)
      return (await next()).result as T
    },
    async *stream<T>(method: string, params?: unknown) {
      ask(method, params)
      for (;;) {
        const reply = await next()
        if (reply.end === true) return
        yield reply.item as T
      }
    },
    close: () => socket.destroy(),
  }
}
