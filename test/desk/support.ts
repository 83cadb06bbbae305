/** A desk behind a real HTTP server on a free port, with a clock that moves when told and hashes that cost little. */
import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { createContentFiles } from '#hub/content/files.ts'
import { ContentLimits } from '#hub/content/limits.ts'
import type { Note } from '#hub/desk/audit.ts'
import { createDesk, type Desk } from '#hub/desk/desk.ts'
import type { HashCost } from '#hub/desk/password-hash.ts'
import { createHttpServer, type Health } from '#hub/ops/http.ts'
import type { Pairing } from '#hub/pairing/pairing.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { pairingFor } from '../pairing/support.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { type LookLab, openLookLab } from './look-lab.ts'

export const cheap: HashCost = { memoryKib: 64, passes: 1, lanes: 1 }

/** Nothing in it that anybody would try. */
export const goodPassword = 'walnut-umbrella-seventeen-fjords'
export const otherPassword = 'velvet-quorum-hazel-trombone'

export const limits = { idleMs: 900_000, longestMs: 36_000_000 }

const health: Health = {
  status: 'ok',
  problems: [],
  warnings: [],
  connections: { mqtt: 0, mqtts: 0, ws: 0, wss: 0 },
  branch: 'b1',
  epoch: 1,
  seq: 7,
  uptimeMs: 5,
}

export const scratch = (): string => mkdtempSync(join(tmpdir(), 'usher-desk-'))
export const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true })

export interface Pair {
  readonly certificate: string
  readonly key: string
}

export interface Stage {
  readonly desk: Desk
  readonly clock: TestClock
  readonly port: number
  /** The branch that questions are about. */
  readonly lab: LookLab
  readonly notes: readonly Note[]
  readonly complaints: readonly unknown[]
  renew(pair: Pair): void
  stop(): Promise<void>
}

interface Wishes {
  /** How pages are let in; default: nobody is. */
  readonly pairing?: Pairing
  readonly clock?: TestClock
  readonly lab?: LookLab
  /** Where built pages are. */
  readonly pages?: string
  readonly cost?: HashCost
  readonly secure?: Pair
  readonly names?: readonly string[]
  readonly write?: (note: Note) => Promise<unknown>
}

export const raise = async (directory: string, wishes: Wishes = {}): Promise<Stage> => {
  const clock = wishes.clock ?? createTestClock()
  const notes: Note[] = []
  const complaints: unknown[] = []
  const lab = wishes.lab ?? (await openLookLab())
  let port = 0
  const complain = (fields: object) => void complaints.push(fields)
  const desk = createDesk({
    directory,
    side: {
      branch: 'north-gate',
      titleOf: (name) => (name === 'manager-1' ? { zh: '值班经理', en: 'Duty manager' } : {}),
      timeZone: () => 'Asia/Shanghai',
    },
    look: lab.parts,
    pairing: wishes.pairing ?? pairingFor(lab.parts, clock),
    files: createContentFiles({ directory, limits: ContentLimits.parse({}), wallMs: () => clock.wallMs() }),
    live: { watch: () => () => {}, watchStreams: () => () => {}, onBadStream: () => {} },
    limits,
    pages: wishes.pages ?? join(directory, 'no-pages'),
    cost: wishes.cost ?? cheap,
    clock,
    address: () => ({
      isSecure: wishes.secure !== undefined,
      names: wishes.names ?? ['localhost'],
      port,
    }),
    write: wishes.write ?? (async (note) => void notes.push(note)),
    log: { error: complain, warn: complain },
  })
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    health: () => health,
    registry: new Registry(),
    desk: (request, response) => desk.handle(request, response),
    secure: wishes.secure,
  })
  port = await server.start()
  return {
    desk,
    clock,
    port,
    lab,
    notes,
    complaints,
    renew: (pair) => server.renew(pair),
    stop: async () => {
      await server.stop()
      await desk.stop()
      await lab.stop()
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Of the authority to trust; then HTTPS is spoken. */
  readonly ca?: string
}

/** Exactly these headers and no others. */
export const ask = (port: number, path: string, asked: Asked = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const send = asked.ca === undefined ? httpRequest : httpsRequest
    const { method = 'GET', headers = {}, body, ca } = asked
    const request = send(
      { host: '127.0.0.1', port, path, method, headers, agent: false, ...(ca !== undefined && { ca }) },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })

/** A browser as far as this matters: it keeps the cookie, and says where its requests come from. */
export interface Browser {
  cookie: string | undefined
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  post(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Answer>
  submit(path: string, form: Readonly<Record<string, string>>): Promise<Answer>
}

export const openBrowser = (port: number, ca?: string): Browser => {
  const origin = `${ca === undefined ? 'http' : 'https'}://127.0.0.1:${port}`
  const browser: Browser = {
    cookie: undefined,
    get: (path, headers = {}) => go(path, { headers }),
    post: (path, body, headers = {}) =>
      go(path, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    submit: (path, form) =>
      go(path, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      }),
  }
  const go = async (path: string, asked: Asked): Promise<Answer> => {
    const cookie = browser.cookie === undefined ? {} : { cookie: browser.cookie }
    const answer = await ask(port, path, {
      ...asked,
      headers: { ...cookie, ...asked.headers },
      ...(ca !== undefined && { ca }),
    })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';')
      if (/^(__Host-usher|usher-\d+)=/.test(pair))
        browser.cookie = line.includes('Max-Age=0') ? undefined : pair
    }
    return answer
  }
  return browser
}

export const codeOf = (answer: Answer): string | undefined =>
  (JSON.parse(answer.text) as { error?: { code: string } }).error?.code

/** An account that somebody has made his own. */
export const addAccount = async (
  { desk }: Stage,
  name: string,
  roles: readonly DeskRole[],
): Promise<void> => {
  const { accounts } = desk.open()
  const { code } = await accounts.invite({ name, roles, by: 'operator' })
  await accounts.useLink({ code, password: goodPassword })
}

export const signIn = async (stage: Stage, name: string, password = goodPassword): Promise<Browser> => {
  const browser = openBrowser(stage.port)
  const answer = await browser.post('/api/sign-in', { name, password })
  if (answer.status !== 200) throw new Error(answer.text)
  return browser
}
