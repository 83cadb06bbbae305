/**
 * The desk: what people reach with a browser. Nothing of it is loaded or opened before somebody asks for it, so that a
 * hub starts, and coordinates devices, as if it were not there.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { UsherError } from '#protocol/errors.ts'
import type { IssueTicket } from '../calls/ticket.ts'
import type { ContentFiles } from '../content/files.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { LookParts } from '../look/parts.ts'
import type { Pairing } from '../pairing/pairing.ts'
import type { Recordings } from '../recording/recordings.ts'
import { openAccountStore } from './account-store.ts'
import { createAccounts } from './accounts.ts'
import type { DeskApp } from './app.ts'
import { createAudit, type Note } from './audit.ts'
import { createSessionCookie } from './cookies.ts'
import { createLineDoor, type LineSide } from './live/door.ts'
import type { BranchSide, OpenDesk } from './parts.ts'
import { createPasswordHasher, type HashCost } from './password-hash.ts'
import { ownNames } from './same-origin.ts'
import { createSessions, type SessionLimits } from './sessions.ts'
import { createSignIn } from './sign-in.ts'

export interface DeskParts {
  /** The data directory. */
  readonly directory: string
  readonly side: BranchSide
  readonly look: LookParts
  readonly pairing: Pairing
  readonly files: ContentFiles
  /** For pages that stand in a call; absent: this hub has no line for calls. */
  readonly issueTicket?: IssueTicket
  /** Absent: this hub records nothing. */
  readonly recordings?: () => Recordings
  readonly live: LineSide
  readonly limits: SessionLimits
  /** Where the built pages are. Default: beside the program. */
  readonly pages?: string | undefined
  /** Default: what OWASP asks for. */
  readonly cost?: HashCost
  readonly clock: Clock
  /** Where it is reached, once that is known. */
  readonly address: () => {
    readonly isSecure: boolean
    readonly names: readonly string[]
    readonly port: number
  }
  /** Into the journal. */
  readonly write: (note: Note) => Promise<unknown>
  readonly log: { error(fields: object, text: string): void; warn(fields: object, text: string): void }
}

export interface Desk {
  handle(request: IncomingMessage, response: ServerResponse): void
  /** The line of the pages: what asks for a WebSocket at its path. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Says goodbye to the pages that listen. */
  hangUp(): Promise<void>
  /** Accounts, sessions and the rest; opened with the first call. @throws UsherError `desk.accounts-unreadable` */
  open(): OpenDesk
  /** While nobody has an account: how the first administrator comes in, as a whole address. */
  firstLink(): string | undefined
  /** An address for people, with this path. */
  addressOf(path: string): string
  /** Of a demonstration; signs in from this machine only. */
  putLocal(account: { name: string; roles: readonly DeskRole[]; password: string }): Promise<void>
  stop(): Promise<void>
}

const noLine: IssueTicket = () => {
  throw new UsherError('call.ticket', 'this hub has no line for calls')
}

const noRecordings = () => {
  throw new UsherError('recording.closed', 'this hub has no line for calls')
}

const openDesk = (parts: DeskParts): OpenDesk => {
  const { directory, side, look, pairing, files, limits, cost, clock, write, log } = parts
  const { issueTicket = noLine, recordings = noRecordings } = parts
  const store = openAccountStore(directory)
  const wallMs = () => clock.wallMs()
  const onLost = (error: unknown) => log.warn({ err: error }, 'refused sign-ins could not be noted')
  const audit = createAudit({ write, clock, onLost })
  const hasher = createPasswordHasher(cost)
  const sessions = createSessions({ store, clock, limits })
  const titleOf = (name: string) => side.titleOf(name)
  const accounts = createAccounts({
    branch: side.branch,
    store,
    sessions,
    hasher,
    audit,
    wallMs,
    titleOf,
  })
  const monotonicMs = () => clock.monotonicMs()
  const signIn = createSignIn({ store, sessions, accounts, hasher, audit, wallMs, monotonicMs })
  return {
    store,
    sessions,
    accounts,
    signIn,
    audit,
    side,
    look,
    pairing,
    files,
    issueTicket,
    recordings,
    wallMs,
  }
}

const inUrl = (name: string) => (name.includes(':') ? `[${name}]` : name)

/** Before there is anything that could say it better. */
const unavailable = (response: ServerResponse) => {
  response.writeHead(503, { 'content-type': 'text/plain', 'cache-control': 'no-store', 'retry-after': '10' })
  response.end('desk.accounts-unreadable\n')
}

const settingsNow = ({ address, limits }: DeskParts) => {
  const { isSecure, names, port } = address()
  return {
    own: ownNames(isSecure, names),
    cookie: createSessionCookie({ isSecure, port, longestMs: limits.longestMs }),
  }
}

const doorOf = (parts: DeskParts, open: () => OpenDesk) =>
  createLineDoor({
    side: parts.live,
    look: parts.look,
    settings: () => settingsNow(parts),
    sessions: () => open().sessions,
    clock: parts.clock,
    log: parts.log,
  })

export const createDesk = (parts: DeskParts): Desk => {
  let opened: OpenDesk | undefined
  let app: Promise<DeskApp> | undefined
  const open = () => {
    opened ??= openDesk(parts)
    return opened
  }
  const load = async (): Promise<DeskApp> => {
    const { openApp } = await import('./app.ts')
    const { builtPages } = await import('./shell.ts')
    return openApp({
      pages: parts.pages ?? builtPages,
      desk: open(),
      ...settingsNow(parts),
      onBug: (error, request) => parts.log.error({ err: error, request }, 'a request of the desk failed'),
    })
  }
  const door = doorOf(parts, open)
  const addressOf = (path: string) => {
    const { isSecure, names, port } = parts.address()
    return `${isSecure ? 'https' : 'http'}://${inUrl(names[0] ?? 'localhost')}:${port}${path}`
  }
  return {
    handle: (request, response) => {
      app ??= load()
      app.then(
        (ready) => ready.handle(request, response),
        (error: unknown) => {
          // The next one tries again: a disk may be back, a file may have its rights.
          app = undefined
          parts.log.error({ err: error }, 'the desk could not be opened')
          unavailable(response)
        },
      )
    },
    upgrade: (request, socket, head) => door.upgrade(request, socket, head),
    hangUp: () => door.stop(),
    open,
    firstLink: () => {
      const link = open().accounts.firstLink()
      return link && addressOf(`/set-up?code=${link.code}`)
    },
    addressOf,
    putLocal: (account) => open().accounts.putLocal(account),
    stop: async () => {
      await door.stop()
      await app?.then(
        (ready) => ready.stop(),
        () => undefined,
      )
      opened?.audit.stop()
      opened?.sessions.stop()
      opened?.store.close()
      opened = undefined
    },
  }
}
