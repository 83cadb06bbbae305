/**
 * Files of the content library, in and out. They lie beside the declared routes since no body of theirs is JSON. What
 * goes out goes out harmless: as the type that was found in it, into a sandbox where nothing runs and nothing is loaded.
 */
import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Media, Sha256 } from '#protocol/content.ts'
import { callRoutes } from '#protocol/desk/call-routes.ts'
import { contentRoutes, Uploaded, uploadPath } from '#protocol/desk/content-routes.ts'
import { admits } from '#protocol/desk/route.ts'
import { UsherError } from '#protocol/errors.ts'
import { useOf } from '../content/used.ts'
import { readRange } from './byte-range.ts'
import { isKnown } from './entity-tag.ts'
import type { OpenDesk } from './parts.ts'
import { checkOrigin, type OwnNames } from './same-origin.ts'

export interface ContentFilesParts {
  readonly desk: Pick<OpenDesk, 'files' | 'look'>
  readonly own: OwnNames
}

const bytesType = 'application/octet-stream'

/** A page shows its own words, styles and pictures; the hub's own pages may frame it. */
const policies = {
  page: "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
  file: "default-src 'none'; sandbox; frame-ancestors 'none'",
}

const headersOf = ({ sha256, type }: Media, isShown: boolean): Readonly<Record<string, string>> => ({
  'content-type': type === 'text/html' ? 'text/html; charset=utf-8' : type,
  'content-security-policy': type === 'text/html' ? policies.page : policies.file,
  ...(type === 'text/html' && { 'x-frame-options': 'SAMEORIGIN' }),
  // Its name is what is in it: it never changes. What waits for a second person is kept by the browser that asked alone.
  'cache-control': isShown ? 'public, max-age=31536000, immutable' : 'private, max-age=3600',
  etag: `"${sha256}"`,
  'accept-ranges': 'bytes',
})

const readsAll = (request: FastifyRequest): boolean =>
  admits(contentRoutes.library.admits, request.visit?.asker.session?.roles)

const showsDocuments = (request: FastifyRequest): boolean =>
  admits(callRoutes.callDocuments.admits, request.visit?.asker.session?.roles)

class ContentDoor {
  readonly #parts: ContentFilesParts

  constructor(parts: ContentFilesParts) {
    this.#parts = parts
  }

  checkUpload(request: FastifyRequest) {
    checkOrigin(request.headers, this.#parts.own)
    const session = request.visit?.asker.session
    if (!admits(contentRoutes.addVersion.admits, session?.roles))
      throw new UsherError(session === undefined ? 'sign-in.needed' : 'role.missing')
    const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
    if (type !== bytesType) throw new UsherError('request.type')
  }

  async take(request: FastifyRequest): Promise<Uploaded> {
    const announced = Number(request.headers['content-length'])
    const media = await this.#parts.desk.files.add(
      request.body as AsyncIterable<Uint8Array>,
      Number.isSafeInteger(announced) ? announced : undefined,
    )
    return Uploaded.parse({ media })
  }

  async give(request: FastifyRequest, reply: FastifyReply) {
    const { sha256 = '' } = request.params as { sha256?: string }
    const { media, path, bytes, isShown } = await this.#find(sha256, request)
    void reply.headers(headersOf(media, isShown))
    const tag = `"${media.sha256}"`
    if (isKnown(request.headers['if-none-match'], tag)) return reply.status(304).send()
    const ifRange = request.headers['if-range']
    const isSame = ifRange === undefined || ifRange === tag
    const range = isSame ? readRange(request.headers.range, bytes) : undefined
    if (range === 'none')
      return reply
        .status(416)
        .headers({ 'content-range': `bytes */${bytes}`, 'cache-control': 'no-store' })
        .send()
    const { first, last } = range ?? { first: 0, last: bytes - 1 }
    if (range !== undefined) void reply.status(206).header('content-range', `bytes ${first}-${last}/${bytes}`)
    void reply.header('content-length', last - first + 1)
    return reply.send(
      request.method === 'HEAD' ? undefined : createReadStream(path, { start: first, end: last }),
    )
  }

  /** What is not for who asks, is not there. */
  async #find(sha256: string, request: FastifyRequest) {
    const missing = new UsherError('content.unknown')
    if (!Sha256.safeParse(sha256).success) throw missing
    const { files, look } = this.#parts.desk
    const { media, isShown, isInForce } = await look.engine.read((state, at) => useOf(state, at, sha256))
    if (!isShown && !readsAll(request) && !(isInForce && showsDocuments(request))) throw missing
    const file = files.find(sha256)
    const found = file && (media ?? (await files.media(sha256)))
    if (file === undefined || found === undefined) throw missing
    return { media: found, isShown, ...file }
  }
}

export const addContentFiles = (app: FastifyInstance, parts: ContentFilesParts): void => {
  const door = new ContentDoor(parts)
  // As it comes: a file is never in memory as a whole.
  app.addContentTypeParser(bytesType, (_, body, done) => done(null, body))
  app.route({
    method: 'POST',
    url: uploadPath,
    onRequest: async (request) => door.checkUpload(request),
    handler: (request) => door.take(request),
  })
  app.route({
    method: ['GET', 'HEAD'],
    url: '/content/:sha256',
    handler: (request, reply) => door.give(request, reply),
  })
}
