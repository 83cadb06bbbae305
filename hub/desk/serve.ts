/** Puts the desk behind the hub's HTTP server, and the certificate before it. */
import type { Registry } from 'prom-client'
import { uploadPath } from '#protocol/desk/content-routes.ts'
import { liveLine } from '#protocol/desk/live/line.ts'
import { fileOf } from '../branch/rows.ts'
import type { ContentFiles } from '../content/files.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { LookParts } from '../look/parts.ts'
import type { HubConfig } from '../ops/config.ts'
import { createHttpServer, type Health } from '../ops/http.ts'
import type { Log } from '../ops/log.ts'
import type { Note } from './audit.ts'
import { openPair, watchPairFiles } from './certificate.ts'
import { createDesk, type Desk } from './desk.ts'
import type { LineSide } from './live/door.ts'

export interface ServeParts {
  readonly branch: string
  readonly config: Pick<HubConfig, 'data' | 'http' | 'mqtt'>
  readonly engine: Engine
  readonly look: LookParts
  readonly files: ContentFiles
  readonly live: LineSide
  readonly clock: Clock
  readonly log: Log
  readonly health: () => Health
  readonly registry: Registry
}

export interface Served {
  readonly desk: Desk
  /** @returns the port. @throws UsherError `http.port-taken` */
  start(): Promise<number>
  stop(): Promise<void>
}

const deskOf = (parts: ServeParts, address: Parameters<typeof createDesk>[0]['address']): Desk => {
  const { branch, config, engine, look, files, live, clock, log } = parts
  const { sessionIdleMs, sessionMs } = config.http
  return createDesk({
    directory: config.data,
    side: {
      branch,
      titleOf: (name) => engine.state.staff.get(name)?.title ?? {},
      timeZone: () => fileOf(engine.state)?.timeZone ?? 'UTC',
    },
    look,
    files,
    live,
    pages: config.http.pages,
    limits: { idleMs: sessionIdleMs, longestMs: sessionMs },
    clock,
    address,
    write: ({ params = {}, ...note }: Note) =>
      engine.submit({ body: { kind: 'command', command: { name: 'desk.note', ...note, params } } }),
    log,
  })
}

/** @throws UsherError `http.certificate` */
export const serveDesk = async (parts: ServeParts): Promise<Served> => {
  const { config, branch, clock, log, health, registry } = parts
  const { host, names } = config.http
  const secure = await openPair({
    settings: config.http,
    directory: config.data,
    branch,
    certificateDays: config.mqtt.limits.certificateDays,
    wallMs: () => clock.wallMs(),
  })
  let port = config.http.port
  // On this machine also by the address that it listens on.
  const reachedBy = secure === undefined ? [...names, host] : names
  const desk = deskOf(parts, () => ({ isSecure: secure !== undefined, names: reachedBy, port }))
  const server = createHttpServer({
    host,
    port,
    health,
    registry,
    secure,
    uploads: uploadPath,
    desk: (request, response) => desk.handle(request, response),
    line: { path: liveLine, upgrade: (request, socket, head) => desk.upgrade(request, socket, head) },
  })
  const stopWatching = watchPairFiles(
    { settings: config.http, inForce: secure, clock },
    {
      onNew: (pair) => {
        server.renew(pair)
        log.info('the certificate for HTTPS was renewed')
      },
      onBad: (error) => log.warn({ err: error }, 'the certificate for HTTPS stays as it was'),
    },
  )
  return {
    desk,
    start: async () => {
      port = await server.start()
      return port
    },
    stop: async () => {
      stopWatching()
      // The server waits for whoever is connected.
      await desk.hangUp()
      await server.stop()
      await desk.stop()
    },
  }
}
