/** Puts the desk behind the hub's HTTP server, and the certificate before it. */
import { randomBytes } from 'node:crypto'
import type { Registry } from 'prom-client'
import { callLine } from '#protocol/calls/signalling.ts'
import { uploadPath } from '#protocol/desk/content-routes.ts'
import { liveLine } from '#protocol/desk/live/line.ts'
import { fileOf } from '../branch/rows.ts'
import type { Enrolment } from '../broker/enrolment.ts'
import { createEngineSide } from '../calls/engine-side.ts'
import { type CallDoor, createCallDoor } from '../calls/line/door.ts'
import type { FarSide, RecordingOf } from '../calls/line/side.ts'
import type { Tickets } from '../calls/line/ticket.ts'
import { type Link, openLink } from '../calls/link/open.ts'
import { type LinkLimits, linkLimits } from '../calls/link/pipe.ts'
import { createTelling } from '../calls/telling.ts'
import { createIceSide } from '../calls/turn/ice.ts'
import type { ContentFiles } from '../content/files.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { CommittedBatch } from '../engine/sequencer.ts'
import type { LookParts } from '../look/parts.ts'
import type { HubConfig } from '../ops/config.ts'
import { createHttpServer, type Health, type HttpLine, type HttpServer } from '../ops/http.ts'
import type { Log } from '../ops/log.ts'
import { createPairing, type PageDoors, type Pairing } from '../pairing/pairing.ts'
import { openRecordings } from '../recording/open.ts'
import type { Recordings } from '../recording/recordings.ts'
import { withSaleRooms } from '../sales/room-side.ts'
import { createSpeechDoor } from '../sales/speech/door.ts'
import { createListening } from '../sales/speech/listening.ts'
import type { SpeechToken } from '../sales/speech/token.ts'
import type { Note } from './audit.ts'
import { openPair, watchPairFiles } from './certificate.ts'
import { createDesk, type Desk } from './desk.ts'
import type { LineSide } from './live/door.ts'
import { isOwnOrigin, type OwnNames, ownNames } from './same-origin.ts'

export interface ServeParts {
  readonly branch: string
  readonly config: Pick<HubConfig, 'data' | 'http' | 'mqtt' | 'pairing' | 'calls' | 'recordings'>
  readonly engine: Engine
  readonly look: LookParts
  readonly files: ContentFiles
  /** For whoever stands in a call. */
  readonly tickets: Tickets
  readonly speech: Pick<SpeechToken, 'isGood'>
  /** Hub time. */
  readonly nowMs: () => number
  readonly live: LineSide
  readonly enrolment: Enrolment
  /** Where pages that are devices find the broker. */
  readonly pageDoors: () => PageDoors
  readonly clock: Clock
  readonly log: Log
  readonly linkLimits: LinkLimits | undefined
  readonly health: () => Health
  readonly registry: Registry
  /** What was refused over a line of its own. */
  readonly countRefused: (code: string) => void
}

export interface Served {
  readonly desk: Desk
  readonly recordings: Recordings
  readonly pairing: Pairing
  /** Whether pages of this origin are the hub's own. */
  isOwnOrigin(origin: string): boolean
  /** @returns the port. @throws UsherError `http.port-taken` */
  start(): Promise<number>
  stop(): Promise<void>
}

const writerOf =
  ({ engine }: ServeParts) =>
  ({ params = {}, ...note }: Note) =>
    engine.submit({ body: { kind: 'command', command: { name: 'desk.note', ...note, params } } })

const pairingOf = (parts: ServeParts): Pairing => {
  const write = writerOf(parts)
  return createPairing({
    ...parts,
    doors: parts.pageDoors,
    settings: parts.config.pairing,
    monotonicMs: () => parts.clock.monotonicMs(),
    random: randomBytes,
    note: (by, params) => write({ act: 'page-admitted', account: null, by, params }),
  })
}

/** A page that was let in is approved as soon as it has asked. */
const followRequests = ({ live }: ServeParts, pairing: Pairing) =>
  live.watch(({ entries }: Pick<CommittedBatch, 'entries'>) => {
    for (const { body } of entries)
      if (body.kind === 'registry' && body.change.change === 'requested')
        void pairing.requested(body.change.device)
  })

const deskOf = (
  parts: ServeParts,
  pairing: Pairing,
  { address, recordings }: Pick<Parameters<typeof createDesk>[0], 'address' | 'recordings'>,
): Desk => {
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
    pairing,
    files,
    issueTicket: (pass) => parts.tickets.issue(pass),
    ...(recordings !== undefined && { recordings }),
    live,
    pages: config.http.pages,
    limits: { idleMs: sessionIdleMs, longestMs: sessionMs },
    clock,
    address,
    write: writerOf(parts),
    log,
  })
}

interface Calls {
  readonly door: CallDoor
  readonly link: Link | undefined
  stop(): Promise<void>
}

/** Its sockets hear of each change of a call, and of a sale that has a room of its own. */
const callsOf = (parts: ServeParts, own: () => OwnNames, recordingOf: RecordingOf): Calls => {
  const { engine, config, tickets, clock, log, live } = parts
  let end: Link | undefined
  const far: FarSide = {
    seen: (call) => end?.far.seen(call) ?? [],
    here: (...given) => end?.far.here(...given),
    say: (...given) => end?.far.say(...given),
    browse: (...given) => end?.far.browse(...given),
  }
  const telling = createTelling({ engine, clock, log })
  const door = createCallDoor({
    side: withSaleRooms(createEngineSide({ engine, telling }), { engine, telling }),
    ice: createIceSide(config.calls, () => clock.wallMs()),
    tickets,
    far,
    recordingOf,
    own,
    clock,
    onRefused: (code) => {
      parts.countRefused(code)
      log.debug({ code }, 'somebody in a call was refused something')
    },
    log,
  })
  const stopWatching = live.watch(({ changes }) => {
    for (const { table, rows } of changes)
      if (table === 'calls' || table === 'sales') for (const room of rows.keys()) door.changed(room)
  })
  end = openLink({
    settings: config.calls,
    parts: {
      engine,
      watch: (callback) => live.watch(callback),
      clock,
      limits: parts.linkLimits ?? linkLimits,
      room: door,
      // Its words are loaded with the first request to a desk elsewhere.
      storyOf: async (call) => (await import('../look/sent-story.ts')).storyToSend(parts.look, call),
      onRefused: parts.countRefused,
      log,
    },
  })
  door.start()
  return {
    door,
    link: end,
    stop: async () => {
      stopWatching()
      await end?.stop()
      await door.stop()
    },
  }
}

/** Its recorders come in by the same door as pages. */
const recordingsOf = (parts: ServeParts, door: () => CallDoor): Promise<Recordings> => {
  const { branch, config, engine, live, tickets, clock, log } = parts
  const write = writerOf(parts)
  return openRecordings({
    branch,
    directory: config.data,
    settings: config.recordings,
    engine,
    watch: (callback) => live.watch(callback),
    seats: {
      seat: (call, ear) => door().seatRecorder(call, ear),
      changed: (call) => door().changed(call),
    },
    tickets,
    clock,
    note: (note) => write({ account: null, ...note }),
    log,
  })
}

/** Where the bank's speech engine comes in. */
const speechOf = (
  { engine, live, nowMs, clock, log, speech: token, countRefused }: ServeParts,
  { service }: Recordings,
) => {
  const listening = createListening({
    engine,
    watch: (callback) => live.watch(callback),
    nowMs,
    clock,
    keep: (sale, lines) => service.transcript(sale, lines),
    log,
  })
  const onRefused = (code: string) => {
    countRefused(code)
    log.debug({ code }, 'the speech engine was refused something')
  }
  return { listening, door: createSpeechDoor({ listening, token, clock, onRefused, log }) }
}

const pairFor = ({ config, branch, clock }: ServeParts) =>
  openPair({
    settings: config.http,
    directory: config.data,
    branch,
    certificateDays: config.mqtt.limits.certificateDays,
    wallMs: () => clock.wallMs(),
  })

/** A new certificate is in force without a start. */
const watchPair = (
  { config, clock, log }: ServeParts,
  secure: Awaited<ReturnType<typeof openPair>>,
  server: Pick<HttpServer, 'renew'>,
) =>
  watchPairFiles(
    { settings: config.http, inForce: secure, clock },
    {
      onNew: (pair) => {
        server.renew(pair)
        log.info('the certificate for HTTPS was renewed')
      },
      onBad: (error) => log.warn({ err: error }, 'the certificate for HTTPS stays as it was'),
    },
  )

/** Sockets of pages, by their paths. */
const linesOf = (desk: Desk, { door, link }: Calls): readonly HttpLine[] => [
  { path: liveLine, upgrade: (request, socket, head) => desk.upgrade(request, socket, head) },
  { path: callLine, upgrade: (request, socket, head) => door.upgrade(request, socket, head) },
  ...(link?.lines ?? []),
]

/** @throws UsherError `http.certificate` */
export const serveDesk = async (parts: ServeParts): Promise<Served> => {
  const { config, health, registry } = parts
  const { host, names } = config.http
  const secure = await pairFor(parts)
  let port = config.http.port
  // On this machine also by the address that it listens on.
  const reachedBy = secure === undefined ? [...names, host] : names
  const isSecure = secure !== undefined
  const pairing = pairingOf(parts)
  const stopFollowing = followRequests(parts, pairing)
  const recordings = await recordingsOf(parts, () => calls.door)
  const desk = deskOf(parts, pairing, {
    address: () => ({ isSecure, names: reachedBy, port }),
    recordings: () => recordings,
  })
  const own = ownNames(isSecure, reachedBy)
  const calls = callsOf(
    parts,
    () => own,
    (call) => recordings.service.recordingOf(call),
  )
  const speech = speechOf(parts, recordings)
  const server = createHttpServer({
    host,
    port,
    health,
    registry,
    secure,
    uploads: uploadPath,
    desk: (request, response) => {
      if (!speech.door.handle(request, response)) desk.handle(request, response)
    },
    lines: linesOf(desk, calls),
  })
  const stopWatching = watchPair(parts, secure, server)
  return {
    desk,
    recordings,
    pairing,
    isOwnOrigin: (origin) => isOwnOrigin(own, port, origin),
    start: async () => {
      port = await server.start()
      speech.listening.start()
      await calls.link?.start()
      await recordings.service.start()
      recordings.keeper.start()
      return port
    },
    stop: async () => {
      stopWatching()
      stopFollowing()
      await Promise.all([recordings.service.stop(), recordings.keeper.stop()])
      speech.listening.stop()
      // The server waits for whoever is connected.
      await Promise.all([desk.hangUp(), calls.stop()])
      await server.stop()
      await desk.stop()
    },
  }
}
