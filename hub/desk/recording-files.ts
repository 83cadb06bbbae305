/**
 * Recordings in and out, beside the declared routes since their bodies are no JSON: the copies that pages make of themselves come
 * in piece by piece; what was sealed goes out in ranges, to whom it was granted.
 */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Participant } from '#protocol/calls/signalling.ts'
import { inStepPath, recordingRoutes } from '#protocol/desk/recording-routes.ts'
import { admits } from '#protocol/desk/route.ts'
import { UsherError } from '#protocol/errors.ts'
import {
  expectedHeader,
  PageSays,
  PieceQuery,
  PieceTaken,
  pieceBytesMax,
  piecesPath,
  ticketHeader,
} from '#protocol/recording/pieces.ts'
import { checkGrant } from '../recording/grants.ts'
import { OutOfOrder } from '../recording/page-copies.ts'
import { openPlayback } from '../recording/playback.ts'
import type { SaleRecording } from '../recording/sale-recording.ts'
import { manifestOf } from '../recording/verify.ts'
import { roomOf } from '../sales/room.ts'
import { readRange } from './byte-range.ts'
import type { OpenDesk } from './parts.ts'
import { inStepScript } from './recording-in-step.ts'
import { checkOrigin, type OwnNames } from './same-origin.ts'

export interface RecordingFilesParts {
  readonly desk: Pick<OpenDesk, 'recordings' | 'wallMs'>
  readonly own: OwnNames
}

class RecordingDoor {
  readonly #parts: RecordingFilesParts

  constructor(parts: RecordingFilesParts) {
    this.#parts = parts
  }

  /** @throws UsherError `recording.closed`, `call.ticket`, `call.not-yours` */
  #whose(request: FastifyRequest, sale: string): { running: SaleRecording; participant: Participant } {
    const { service, sales, readTicket } = this.#parts.desk.recordings()
    const ticket = request.headers[ticketHeader]
    const row = sales.sale(sale)
    if (typeof ticket !== 'string') throw new UsherError('call.ticket')
    const { call: room, participant } = readTicket(ticket)
    if (row !== undefined && roomOf(row) !== room) throw new UsherError('call.not-yours')
    return { running: service.running(sale), participant }
  }

  /** Before a byte of it is taken: whoever has no right to send anything fills no memory. */
  check(request: FastifyRequest) {
    checkOrigin(request.headers, this.#parts.own)
    const query = request.method === 'PUT' ? PieceQuery.parse(request.query) : PageSays.parse(request.query)
    this.#whose(request, query.sale)
  }

  async take(request: FastifyRequest, reply: FastifyReply): Promise<PieceTaken> {
    const { sale, part, seq, age: ageMs, chain } = PieceQuery.parse(request.query)
    const { running, participant } = this.#whose(request, sale)
    const bytes = request.body
    if (!Buffer.isBuffer(bytes)) throw new UsherError('request.type')
    const type = request.headers['content-type'] ?? ''
    try {
      return { next: await running.takePage({ participant, part, seq, ageMs, type, chain, bytes }) }
    } catch (error) {
      if (error instanceof OutOfOrder) void reply.header(expectedHeader, error.expected)
      throw error
    }
  }

  hear(request: FastifyRequest): { done: true } {
    const { sale, say } = PageSays.parse(request.query)
    const { running, participant } = this.#whose(request, sale)
    running.pageSays(participant, say)
    return { done: true }
  }

  async play(request: FastifyRequest, reply: FastifyReply) {
    const { recording = '', part = '' } = request.params as { recording?: string; part?: string }
    const { grant = '' } = request.query as { grant?: string }
    const session = request.visit?.asker.session
    if (!admits(recordingRoutes.watchRecording.admits, session?.roles) || session === undefined)
      throw new UsherError(session === undefined ? 'sign-in.needed' : 'role.missing')
    const { vault } = this.#parts.desk.recordings()
    const text = typeof grant === 'string' ? grant : ''
    const asked = { recording, account: session.name }
    checkGrant(vault.keys, asked, { text, wallMs: this.#parts.desk.wallMs() })
    const { type, bytes, read } = await openPlayback(vault, await manifestOf(vault, recording), part)
    const range = readRange(request.headers.range, bytes)
    void reply.headers({
      'content-type': type,
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
    })
    if (range === 'none') return reply.status(416).header('content-range', `bytes */${bytes}`).send()
    const { first, last } = range ?? { first: 0, last: bytes - 1 }
    if (range !== undefined) void reply.status(206).header('content-range', `bytes ${first}-${last}/${bytes}`)
    void reply.header('content-length', last - first + 1)
    return reply.send(request.method === 'HEAD' ? undefined : Readable.from(read(first, last)))
  }
}

export const addRecordingFiles = (app: FastifyInstance, parts: RecordingFilesParts): void => {
  const door = new RecordingDoor(parts)
  app.addContentTypeParser(
    /^(video|audio)\/(webm|x-matroska)/,
    { parseAs: 'buffer', bodyLimit: pieceBytesMax },
    (_, body, done) => done(null, body),
  )
  app.route({
    method: 'PUT',
    url: piecesPath,
    bodyLimit: pieceBytesMax,
    onRequest: async (request) => door.check(request),
    handler: async (request, reply) => PieceTaken.parse(await door.take(request, reply)),
  })
  app.route({
    method: 'POST',
    url: piecesPath,
    onRequest: async (request) => door.check(request),
    handler: async (request) => door.hear(request),
  })
  app.get(inStepPath, (_, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'max-age=300').send(inStepScript),
  )
  app.route({
    method: ['GET', 'HEAD'],
    url: '/recordings/:recording/:part',
    handler: (request, reply) => door.play(request, reply),
  })
}
