/** Health and metrics over HTTP, on loopback by default. Says whether the hub works, and nothing about the branch. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import { UsherError } from '#protocol/errors.ts'
import type { Connections } from './metrics.ts'

export interface Health {
  readonly status: 'ok' | 'degraded' | 'stopping'
  /** Stable codes of what is wrong. */
  readonly problems: readonly string[]
  /** Stable codes of what is wrong beside it: it works all the same. */
  readonly warnings: readonly string[]
  readonly connections: Connections
  readonly branch: string
  readonly epoch: number
  readonly seq: number
  readonly uptimeMs: number
}

export interface HttpParts {
  readonly host: string
  readonly port: number
  readonly health: () => Health
  readonly registry: Registry
}

export interface HttpServer {
  /** @returns the port it listens on. @throws UsherError `http.port-taken` */
  start(): Promise<number>
  stop(): Promise<void>
}

const answer = (response: ServerResponse, status: number, type: string) => (body: string) => {
  response.writeHead(status, {
    // RFC 9110, 15.5.6: who used another method is told which ones there are.
    ...(status === 405 && { allow: 'GET, HEAD' }),
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  })
  response.end(body)
}

const listen = (server: Server, { host, port }: HttpParts) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE' ? new UsherError('http.port-taken', `${host}:${port}`, { cause }) : cause,
      )
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

export const createHttpServer = (parts: HttpParts): HttpServer => {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16_384 },
    (request, response) => {
      // Not parsed as a URL: `//` is a target anybody can send, and no URL.
      const path = (request.url ?? '/').split('?', 1)[0]
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return answer(response, 405, 'text/plain')('Only GET.\n')
      if (path === '/healthz') {
        const health = parts.health()
        return answer(
          response,
          health.status === 'ok' ? 200 : 503,
          'application/json',
        )(`${JSON.stringify(health)}\n`)
      }
      if (path === '/metrics') {
        void parts.registry
          .metrics()
          .then(answer(response, 200, parts.registry.contentType), () =>
            answer(response, 500, 'text/plain')('Metrics could not be read.\n'),
          )
        return
      }
      return answer(response, 404, 'text/plain')('Usher answers on /healthz and /metrics.\n')
    },
  )
  server.maxConnections = 64
  return {
    start: () => listen(server, parts),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
