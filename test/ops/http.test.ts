import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { Gauge, Registry } from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpServer, type Health, type HttpServer, listenerOf } from '#hub/ops/http.ts'

const well: Health = {
  status: 'ok',
  problems: [],
  warnings: [],
  connections: { mqtt: 0, mqtts: 0, ws: 0, wss: 0 },
  branch: 'b1',
  epoch: 1,
  seq: 7,
  uptimeMs: 5,
}

const running: HttpServer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})

const serve = async (health: () => Health = () => well) => {
  const registry = new Registry()
  new Gauge({ name: 'usher_test', help: 'For tests', registers: [registry] }).set(3)
  const server = createHttpServer({ host: '127.0.0.1', port: 0, health, registry })
  const port = await server.start()
  running.push(server)
  return { port, get: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init) }
}

describe('health', () => {
  it('says that the hub works, and how far it is', async () => {
    const { get } = await serve()
    const answer = await get('/healthz?verbose')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(await answer.json()).toEqual(well)
  })

  it('is 503 with the codes of what is wrong', async () => {
    for (const status of ['degraded', 'stopping'] as const) {
      const { get } = await serve(() => ({ ...well, status, problems: ['store.full'] }))
      const answer = await get('/healthz')
      expect(answer.status).toBe(503)
      expect(await answer.json()).toMatchObject({ status, problems: ['store.full'] })
    }
  })
})

describe('metrics', () => {
  it('are in the Prometheus format', async () => {
    const { get } = await serve()
    const answer = await get('/metrics')
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(await answer.text()).toContain('usher_test 3')
  })
})

describe('who asks from another machine', () => {
  const ask = (url: string, remoteAddress: string) => {
    const said: { status?: number; body?: string } = {}
    const listener = listenerOf({
      host: '0.0.0.0',
      port: 0,
      health: () => well,
      registry: new Registry(),
      desk: (_, response) => void response.writeHead(299),
    })
    const response = {
      writeHead: (status: number) => void (said.status = status),
      end: (body: string) => void (said.body = body),
    }
    listener(
      { url, method: 'GET', socket: { remoteAddress } } as IncomingMessage,
      response as unknown as ServerResponse & { req: IncomingMessage },
    )
    return said
  }

  it('hears whether the hub works and nothing more, and gets no metrics', () => {
    for (const address of ['10.0.0.7', '::ffff:10.0.0.7', 'fe80::1']) {
      expect(ask('/healthz', address)).toEqual({ status: 200, body: '{"status":"ok"}\n' })
      expect(ask('/metrics', address).status).toBe(299)
    }
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect(JSON.parse(ask('/healthz', address).body ?? '')).toEqual(well)
  })
})

describe('anything else', () => {
  it('is 404, also what is no URL at all, and the hub goes on', async () => {
    const { get, port } = await serve()
    expect((await get('/secrets')).status).toBe(404)
    expect((await get('/healthz/')).status).toBe(404)
    for (const path of ['//', '///', '/\\', '*', '/%']) {
      const status = await new Promise((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port, path, method: 'GET' }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
        asked.on('error', reject)
        asked.end()
      })
      expect(status, path).toBe(404)
    }
    expect((await get('/healthz')).status).toBe(200)
  })

  it('is 405 for another method, with those there are', async () => {
    const { get } = await serve()
    const answer = await get('/healthz', { method: 'POST', body: '{}' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
    expect((await get('/healthz', { method: 'HEAD' })).status).toBe(200)
  })

  it('gives a browser nothing to run, keep or guess', async () => {
    const { get } = await serve()
    for (const path of ['/healthz', '/metrics', '/nothing']) {
      const { headers } = await get(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })

  it('that is no HTTP is answered 400 and closed', async () => {
    const { port } = await serve()
    const said = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.write('\u0010\u0000\r\n\r\n'))
      socket.on('data', (chunk: Buffer) => void (text += chunk.toString()))
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
    expect(said).toContain('400 Bad Request')
  })
})

describe('a port', () => {
  it('that is taken is a coded error that names it', async () => {
    const { port } = await serve()
    const second = createHttpServer({
      host: '127.0.0.1',
      port,
      health: () => well,
      registry: new Registry(),
    })
    await expect(second.start()).rejects.toMatchObject({
      code: 'http.port-taken',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    })
  })
})
