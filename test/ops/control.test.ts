import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ControlServer, createControlServer, type Handler, openControl } from '#hub/ops/control.ts'
import { UsherError } from '#protocol/errors.ts'

const folders: string[] = []
const servers: ControlServer[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => server.stop()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const socketPath = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'usher-ops-'))
  folders.push(folder)
  return join(folder, 'hub.sock')
}

const serve = async (handlers: Record<string, Handler>, path = socketPath()) => {
  const errors: unknown[] = []
  const server = createControlServer({ path, handlers, onError: (error) => errors.push(error) })
  await server.start()
  servers.push(server)
  return { path, errors, server }
}

/** A client that says what it likes, line by line. */
const connect = async (path: string) => {
  const socket = createConnection(path)
  sockets.push(socket)
  await once(socket, 'connect')
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  return {
    socket,
    say: (text: string) => socket.write(`${text}\n`),
    hear: async (): Promise<unknown> => {
      const line = await lines.next()
      return line.done === true ? 'closed' : JSON.parse(line.value)
    },
  }
}

const echo: Handler = (params) => Promise.resolve(params)

describe('the local socket', () => {
  it('can be opened by the hub’s own account only', async () => {
    const { path } = await serve({ echo })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('takes the place of one that a killed hub left behind', async () => {
    const path = socketPath()
    const listens = `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`
    const killed = spawn(process.execPath, ['-e', listens], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(killed.stdout, 'data')
    killed.kill('SIGKILL')
    await once(killed, 'close')
    expect(existsSync(path)).toBe(true)
    await expect(openControl(path)).rejects.toMatchObject({ code: 'hub.unreachable' })
    await serve({ echo }, path)
    const client = await openControl(path)
    expect(await client.request('echo', { a: 1 })).toEqual({ a: 1 })
    client.close()
  })

  it('is gone with the hub, and whoever was waiting is told', async () => {
    const begun = Promise.withResolvers<void>()
    const never: Handler = () => {
      begun.resolve()
      return new Promise(() => {})
    }
    const { path, server } = await serve({ never })
    const client = await openControl(path)
    const asked = client.request('never').catch((error: unknown) => error)
    await begun.promise
    await server.stop()
    expect(await asked).toMatchObject({ code: 'hub.unreachable' })
    await expect(openControl(path)).rejects.toMatchObject({ code: 'hub.unreachable' })
  })
})

describe('a request', () => {
  it('is answered under its number, also when several are under way', async () => {
    const first = Promise.withResolvers<string>()
    const { path } = await serve({ echo, slow: () => first.promise })
    const { say, hear } = await connect(path)
    say('{"id":1,"method":"slow"}')
    say('{"id":2,"method":"echo","params":"b"}')
    expect(await hear()).toEqual({ id: 2, result: 'b' })
    first.resolve('a')
    expect(await hear()).toEqual({ id: 1, result: 'a' })
  })

  it.each([
    { about: 'no JSON', line: '{"id":1', refused: { id: -1, error: { code: 'command.invalid' } } },
    { about: 'no request', line: '[]', refused: { id: -1, error: { code: 'command.invalid' } } },
    {
      about: 'no number',
      line: '{"id":"a","method":"echo"}',
      refused: { id: -1, error: { code: 'command.invalid' } },
    },
    {
      about: 'a method nobody knows',
      line: '{"id":3,"method":"nothing"}',
      refused: { id: 3, error: { code: 'command.unknown' } },
    },
    {
      about: 'a name every object has',
      line: '{"id":4,"method":"constructor"}',
      refused: { id: 4, error: { code: 'command.unknown' } },
    },
  ])('with $about is refused with a code; the connection goes on', async ({ line, refused }) => {
    const { path, errors } = await serve({ echo })
    const { say, hear } = await connect(path)
    say(line)
    expect(await hear()).toMatchObject(refused)
    say('{"id":9,"method":"echo","params":{}}')
    expect(await hear()).toEqual({ id: 9, result: {} })
    expect(errors).toEqual([])
  })

  it('whose handler refuses, finds the parameters wrong or breaks is told which', async () => {
    const broken = new Error('planted')
    const { path, errors } = await serve({
      refuses: () => Promise.reject(new UsherError('flow.unknown', 'x')),
      checks: (params) => Promise.resolve(z.strictObject({ flow: z.string() }).parse(params)),
      breaks: () => Promise.reject(broken),
    })
    const client = await openControl(path)
    await expect(client.request('refuses')).rejects.toMatchObject({ code: 'flow.unknown' })
    await expect(client.request('checks', { flow: 1 })).rejects.toMatchObject({
      code: 'command.invalid',
      message: expect.stringContaining('flow'),
    })
    expect(errors).toEqual([])
    await expect(client.request('breaks')).rejects.toMatchObject({ code: 'hub.bug', message: 'planted' })
    expect(errors).toEqual([broken])
    client.close()
  })

  it('that never ends its line is cut off', async () => {
    const { path } = await serve({ echo })
    const socket = createConnection(path)
    const closed = new Promise((resolve) => {
      socket.once('close', resolve)
    })
    // Cut off in the middle of what it says.
    socket.on('error', () => {})
    const piece = 'x'.repeat(65_536)
    for (let sent = 0; sent <= 1_048_576; sent += piece.length) socket.write(piece)
    await closed
  })
})

describe('a stream', () => {
  it('gives its items and ends', async () => {
    const { path } = await serve({
      async *count() {
        for (let item = 1; item <= 3; item++) yield await Promise.resolve(item)
      },
    })
    const client = await openControl(path)
    const items: number[] = []
    for await (const item of client.stream<number>('count')) items.push(item)
    expect(items).toEqual([1, 2, 3])
    client.close()
  })

  it('that breaks says so after the items before', async () => {
    const { path } = await serve({
      async *breaks() {
        yield await Promise.resolve(1)
        throw new UsherError('explain.nothing', 'x')
      },
    })
    const { say, hear } = await connect(path)
    say('{"id":1,"method":"breaks"}')
    expect(await hear()).toEqual({ id: 1, item: 1 })
    expect(await hear()).toMatchObject({ id: 1, error: { code: 'explain.nothing' } })
  })

  /** Yields for ever; tells how much was asked of it, and when it was let go. */
  const endless = () => {
    let yielded = 0
    const ended = Promise.withResolvers<void>()
    const handler: Handler = async function* () {
      try {
        for (;;) yield await Promise.resolve({ item: yielded++, text: 'x'.repeat(10_000) })
      } finally {
        ended.resolve()
      }
    }
    return { handler, ended: ended.promise, yielded: () => yielded }
  }

  it('waits for a reader that is slow, and goes on with it', async () => {
    const { handler, yielded } = endless()
    const { path } = await serve({ endless: handler, echo })
    const slow = await connect(path)
    slow.socket.pause()
    slow.say('{"id":1,"method":"endless"}')
    const other = await openControl(path)
    // When many questions of somebody else bring nothing new, it is the reader it waits for.
    let before = -1
    while (before !== yielded()) {
      before = yielded()
      for (let round = 0; round < 50; round++) await other.request('echo', {})
    }
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(1_000)
    slow.socket.resume()
    for (let index = 0; index <= before + 10; index++)
      expect(await slow.hear()).toMatchObject({ item: { item: index } })
    other.close()
  })

  it('is let go when its reader goes', async () => {
    const { handler, ended } = endless()
    const { path, errors } = await serve({ endless: handler })
    const reader = await connect(path)
    reader.say('{"id":1,"method":"endless"}')
    await reader.hear()
    reader.socket.destroy()
    await ended
    expect(errors).toEqual([])
  })

  it('that waits for news hears by its signal that the reader has gone', async () => {
    const aborted = Promise.withResolvers<void>()
    const { path } = await serve({
      async *tail(_: unknown, signal: AbortSignal) {
        yield 'first'
        await once(signal, 'abort')
        aborted.resolve()
      },
    })
    const reader = await connect(path)
    reader.say('{"id":1,"method":"tail"}')
    expect(await reader.hear()).toEqual({ id: 1, item: 'first' })
    reader.socket.end()
    reader.socket.destroy()
    await aborted.promise
  })
})
