/**
 * The desk over HTTP: each declared route with its checks, in this order: the name it is asked under, where the request
 * comes from, who asks and whether he may, and only then what is asked. Loaded with the first request for a person.
 */
import { hash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { admits, type DeskRoute } from '#protocol/desk/route.ts'
import { type DeskRouteName, deskPages, deskRoutes } from '#protocol/desk/routes.ts'
import { Next } from '#protocol/desk/shell-routes.ts'
import { UsherError } from '#protocol/errors.ts'
import { isLoopback } from '../broker/gate.ts'
import { type Answers, createAnswers } from './answers.ts'
import { addContentFiles } from './content-files.ts'
import { readTongueCookie, type SessionCookie, tongueCookieOf } from './cookies.ts'
import { isKnown } from './entity-tag.ts'
import { errorBody, failureOf, statusOf } from './failures.ts'
import { deskHeaders, scriptPolicy } from './headers.ts'
import { type Lines, sendLines } from './lines.ts'
import type { OpenDesk } from './parts.ts'
import { addRecordingFiles } from './recording-files.ts'
import { checkHost, checkOrigin, type OwnNames } from './same-origin.ts'
import { answerWith, createShells, type ShellFile } from './shell.ts'
import { createPages, type PageSide, type Shown } from './shown.ts'
import { tongueFor } from './tongue.ts'
import type { Visit } from './visit.ts'

export interface AppParts {
  readonly desk: OpenDesk
  readonly own: OwnNames
  readonly cookie: SessionCookie
  /** Where the built pages are. */
  readonly pages: string
  /** A failure of ours, with the number that the person was told. */
  readonly onBug: (error: unknown, request: string) => void
}

export interface DeskApp {
  handle(request: IncomingMessage, response: ServerResponse): void
  stop(): Promise<void>
}

/** A sign-in, a few words: nothing that is asked here is long. */
const bodyBytesMax = 16_384
const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit | undefined
  }
}

const isPage = (name: DeskRouteName): name is keyof typeof deskPages => Object.hasOwn(deskPages, name)

const typeOf = (request: FastifyRequest) =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()

/** JSON for programs, forms for pages: a form of another site can never be taken for a program. */
const checkType = (request: FastifyRequest, name: DeskRouteName) => {
  const type = typeOf(request)
  if (type === '' && request.headers['content-length'] === undefined) return
  if (type !== (isPage(name) ? form : json)) throw new UsherError('request.type')
}

/** The same answer is not sent twice to a browser that still has it; it is asked for all the same, by who may. */
const sendKept = (said: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const text = JSON.stringify(said)
  const tag = `"${hash('sha256', text, 'base64url')}"`
  void reply.headers({ etag: tag, 'cache-control': 'private, no-cache', vary: 'cookie, accept-language' })
  const isSame = isKnown(request.headers['if-none-match'], tag)
  return isSame ? reply.status(304).send() : reply.type(json).send(text)
}

/** With the way back, where there is one. */
const signInFor = (url: string): string => {
  const next = Next.parse(url)
  return next === undefined ? '/sign-in' : `/sign-in?${new URLSearchParams({ next }).toString()}`
}

/**
 * A page reads by itself, for as long as it is open, and its browser its files. What a person does is a page, a change,
 * or `me`, which says so.
 */
const isUse = ({ method, routeOptions }: FastifyRequest) => {
  const { name } = routeOptions.config as { name?: DeskRouteName }
  if (method === 'POST' || name === 'me') return true
  return name !== undefined && isPage(name) && !name.endsWith('File')
}

class DeskServer {
  readonly #parts: AppParts
  readonly #answers: Answers
  readonly #pages: PageSide
  readonly #headers: Readonly<Record<string, string>>

  constructor(parts: AppParts) {
    this.#parts = parts
    this.#answers = createAnswers(parts.desk)
    this.#pages = createPages(parts.desk, this.#answers, createShells(parts.pages))
    this.#headers = deskHeaders(parts.own.isSecure)
  }

  async open(): Promise<FastifyInstance> {
    const app = fastify({
      logger: false,
      bodyLimit: bodyBytesMax,
      genReqId: () => randomUUID(),
      // What is no address at all comes past every hook.
      frameworkErrors: (_, request, reply) => {
        void reply.headers({ ...this.#headers, 'x-request-id': request.id })
        void this.#refuse(new UsherError('request.unknown'), request, reply)
      },
    })
    app.decorateRequest('visit', undefined)
    app.addContentTypeParser(form, { parseAs: 'string' }, (_, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(body as string))),
    )
    app.addHook('onRequest', async (request, reply) => {
      void reply.headers({ ...this.#headers, 'x-request-id': request.id })
      checkHost(request.headers, this.#parts.own)
      request.visit = this.#visitOf(request)
    })
    app.setNotFoundHandler((request, reply) => this.#refuse(this.#unknown(request, reply), request, reply))
    app.setErrorHandler((error, request, reply) => this.#refuse(error, request, reply))
    for (const [name, route] of Object.entries(deskRoutes)) this.#add(app, name as DeskRouteName, route)
    addContentFiles(app, { desk: this.#parts.desk, own: this.#parts.own })
    addRecordingFiles(app, { desk: this.#parts.desk, own: this.#parts.own })
    await app.ready()
    return app
  }

  #add(app: FastifyInstance, name: DeskRouteName, route: DeskRoute) {
    app.route({
      method: route.method,
      url: route.path,
      config: { name },
      ...(route.bodyBytesMax !== undefined && { bodyLimit: route.bodyBytesMax }),
      onRequest: async (request) => {
        if (route.method === 'POST') checkOrigin(request.headers, this.#parts.own)
        const session = request.visit?.asker.session
        if (!admits(route.admits, session?.roles))
          throw new UsherError(session === undefined ? 'sign-in.needed' : 'role.missing')
        if (route.method === 'POST') checkType(request, name)
      },
      handler: async (request, reply) => {
        const raw =
          route.method === 'POST'
            ? (request.body ?? {})
            : { ...(request.query as object), ...(request.params as object) }
        const asked = route.request.parse(raw)
        const visit = request.visit as Visit
        // That a route's own types fit each other is known where it is answered; of all of them it cannot be said.
        const answerTo: (asked: never, visit: Visit) => unknown = isPage(name)
          ? this.#pages.pages[name]
          : this.#answers[name]
        const answer = await answerTo(asked as never, visit)
        if (isPage(name)) return this.#show(answer as Shown, request, reply)
        this.#setCookies(request, reply)
        // Nothing but what is declared leaves the house.
        const { response } = route
        if (response === 'lines') return sendLines(answer as Lines, reply)
        const said = typeof response === 'object' ? response.parse(answer) : undefined
        return route.keeps === true ? sendKept(said, request, reply) : said
      },
    })
  }

  #visitOf(request: FastifyRequest): Visit {
    const { headers, socket } = request.raw
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d)/, '')
    const code = this.#parts.cookie.read(headers.cookie)
    const found = code === undefined ? undefined : this.#parts.desk.sessions.find(code)
    const chosen = (request.query as Readonly<Record<string, unknown>>)['lang']
    return {
      asker: {
        address,
        agent: headers['user-agent'] ?? '',
        isLocal: isLoopback(address),
        session: found && isUse(request) ? this.#parts.desk.sessions.use(found) : found,
      },
      tongue: tongueFor({
        chosen: typeof chosen === 'string' ? chosen : undefined,
        cookie: readTongueCookie(headers.cookie),
        acceptLanguage: headers['accept-language'],
      }),
      change: undefined,
    }
  }

  #setCookies({ visit, query }: FastifyRequest, reply: FastifyReply) {
    const { cookie, own } = this.#parts
    if (visit?.change) void reply.header('set-cookie', cookie.set(visit.change.code))
    if (visit?.change === null) void reply.header('set-cookie', cookie.clear())
    if (visit !== undefined && 'lang' in (query as object))
      void reply.header('set-cookie', tongueCookieOf(visit.tongue, own.isSecure))
  }

  #show(shown: Shown, request: FastifyRequest, reply: FastifyReply) {
    this.#setCookies(request, reply)
    if ('to' in shown) return reply.redirect(shown.to, 303)
    if ('style' in shown)
      return reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=300').send(shown.style)
    if ('file' in shown) return this.#send(shown.file, request, reply)
    if (shown.hasScript === true) void reply.header('content-security-policy', scriptPolicy)
    return reply.type('text/html; charset=utf-8').send(shown.page.text)
  }

  #send(file: ShellFile, request: FastifyRequest, reply: FastifyReply) {
    const { status, headers, body } = answerWith(file, request.headers, this.#parts.own.isSecure)
    return reply.status(status).headers(headers).send(body)
  }

  /** Known by another method: that is said. */
  #unknown({ url }: FastifyRequest, reply: FastifyReply): UsherError {
    const path = url.split('?', 1)[0]
    const methods = Object.values(deskRoutes)
      .filter((route) => route.path === path)
      .map(({ method }) => (method === 'GET' ? 'GET, HEAD' : method))
    if (methods.length === 0) return new UsherError('request.unknown')
    void reply.header('allow', methods.join(', '))
    return new UsherError('request.method')
  }

  #refuse(error: unknown, request: FastifyRequest, reply: FastifyReply) {
    const failure = failureOf(error)
    if (failure.isBug) this.#parts.onBug(error, request.id)
    const { name } = request.routeOptions.config as { name?: DeskRouteName }
    // What was said of the answer that it would have been: a browser would keep this one for as long.
    void reply.status(statusOf(failure)).removeHeader('etag').headers(this.#headers)
    if (failure.waitMs !== undefined) void reply.header('retry-after', Math.ceil(failure.waitMs / 1000))
    const visit = request.visit
    const body = errorBody(failure, visit?.tongue ?? 'en', request.id)
    if (name === undefined || !isPage(name) || visit === undefined)
      return reply.type(json).send({ error: body })
    if (failure.code === 'sign-in.needed') return reply.redirect(signInFor(request.url), 303)
    const raw = (request.body ?? {}) as Readonly<Record<string, unknown>>
    const trouble = { code: failure.code, detail: failure.detail, request: request.id }
    return reply.type('text/html; charset=utf-8').send(this.#pages.again({ name, raw, visit, trouble }).text)
  }
}

export const openApp = async (parts: AppParts): Promise<DeskApp> => {
  const app = await new DeskServer(parts).open()
  return {
    handle: (request, response) => app.routing(request, response),
    stop: () => app.close(),
  }
}
