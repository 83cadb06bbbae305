/** The branch's end of the line: it dials, says what it wants until the desk has it, and notes what the desk tells. */
import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import {
  type FromDesk,
  FromDesk as FromDeskSchema,
  LinkChallenge,
  LinkRefused,
  LinkWelcome,
  linkPath,
  linkVersion,
} from '#protocol/calls/link.ts'
import type { SentStory } from '#protocol/calls/story.ts'
import { UsherError } from '#protocol/errors.ts'
import { farDesk } from '../../branch/far-desk.ts'
import { isOver } from '../find.ts'
import { askOf } from './asking.ts'
import { Unacknowledged } from './delivery.ts'
import { createFarRooms, type FarRooms } from './far-rooms.ts'
import { type LinkEnd, type LinkParts, submitTo } from './parts.ts'
import { openPipe, type Pipe, readMessage } from './pipe.ts'
import { isProof, newNonce, prove } from './proof.ts'
import { isNewer } from './revision.ts'
import type { AskedRow } from './rows.ts'
import { type DeskSettings, readAuthority, readLinkSecret } from './settings.ts'

interface Line {
  readonly pipe: Pipe
  readonly unacknowledged: Unacknowledged
  /** Of the desk, then ours; unset before the challenge. */
  nonces: readonly [string, string] | undefined
  /** The desk has shown who it is, and what it knows is noted. */
  isUp: boolean
}

interface Known {
  readonly secret: string
  /** Empty: those of the system are believed. */
  readonly authority: Buffer
}

const firstRetryMs = 200
const storyMs = 2_000

class Dialler implements LinkEnd {
  readonly far: FarRooms
  readonly #parts: LinkParts
  readonly #settings: DeskSettings
  readonly #secret: string
  readonly #boot = randomBytes(18).toString('base64url')
  #line: Line | undefined
  #attempts = 0
  #heardAt = 0
  #isNoting = false
  #noted: 'up' | 'down' | undefined
  #callOff = new Set<() => void>()
  #stopWatching: (() => void) | undefined
  #stopped = false
  #code: string | undefined
  #authority: Buffer

  constructor(parts: LinkParts, settings: DeskSettings, { secret, authority }: Known) {
    this.#parts = parts
    this.#authority = authority
    this.#settings = settings
    this.#secret = secret
    this.far = createFarRooms({
      nowMs: () => parts.clock.monotonicMs(),
      isLinked: (call) => this.#escalationOf(call) !== undefined,
      send: (call, message) => {
        const escalation = this.#escalationOf(call)
        if (escalation !== undefined && this.#line?.isUp === true)
          this.#line.pipe.send({ ...message, escalation })
      },
    })
  }

  async start(): Promise<void> {
    const { engine, watch, clock } = this.#parts
    const known = farDesk(engine.state)
    if (known?.desk !== this.#desk())
      await this.#submit({ name: 'desk.line', desk: this.#desk(), up: false, by: 'hub' })
    this.#noted = farDesk(engine.state)?.up === true ? 'up' : 'down'
    // It was there a moment ago, or it was not.
    this.#heardAt = clock.monotonicMs()
    this.#stopWatching = watch(({ changes }) => {
      if (changes.some(({ table }) => table === 'asked')) this.#flush()
      for (const { table, rows } of changes)
        if (table === 'calls') for (const [call, row] of rows) if (row === undefined) this.far.forget(call)
    })
    this.#dial()
    this.#tick()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#stopWatching?.()
    for (const callOff of this.#callOff) callOff()
    this.#line?.pipe.close()
  }

  #desk() {
    return new URL(this.#settings.url).host
  }

  readonly #submit = (command: Parameters<ReturnType<typeof submitTo>>[0]) => submitTo(this.#parts)(command)

  #after(delayMs: number, callback: () => void) {
    const callOff = this.#parts.clock.after(delayMs, () => {
      this.#callOff.delete(callOff)
      if (!this.#stopped) callback()
    })
    this.#callOff.add(callOff)
  }

  #escalationOf(call: string): string | undefined {
    const { state } = this.#parts.engine
    const row = state.calls.get(call)
    return row !== undefined && state.asked.has(row.escalation) ? row.escalation : undefined
  }

  /** It may be another one by now; while it cannot be read, the one before holds. */
  #authorityIn(file: string): Buffer {
    try {
      this.#authority = readAuthority('calls.desk.ca', file)
    } catch (error) {
      this.#cannotReach(error instanceof UsherError ? (error.detail ?? error.code) : String(error))
    }
    return this.#authority
  }

  #dial() {
    const { url, ca } = this.#settings
    const { limits, clock, onRefused } = this.#parts
    const address = new URL(linkPath, url)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(address, {
      perMessageDeflate: false,
      maxPayload: limits.bytesMax,
      handshakeTimeout: limits.helloMs,
      ...(ca !== undefined && { ca: this.#authorityIn(ca) }),
    })
    const pipe = openPipe(socket, {
      clock,
      limits,
      onRefused,
      onMessage: (message) => this.#hear(line, message),
      onClosed: () => this.#lose(line),
    })
    const line: Line = { pipe, unacknowledged: new Unacknowledged(), nonces: undefined, isUp: false }
    this.#line = line
    socket.on('error', (error: Error & { code?: string }) => this.#cannotReach(error.code ?? error.message))
    // A desk that says nothing is none.
    socket.once('open', () => this.#after(limits.helloMs, () => !line.isUp && pipe.close()))
  }

  /** Said once for each reason, not with each attempt. */
  #cannotReach(why: string) {
    if (this.#code === why) return
    this.#code = why
    this.#parts.log.warn({ desk: this.#desk(), why }, 'the expert desk cannot be dialled')
  }

  #lose(line: Line) {
    if (this.#line !== line) return
    if (line.isUp) this.#heardAt = Math.max(this.#heardAt, line.pipe.heardAt())
    this.#line = undefined
    if (this.#stopped) return
    const waitMs = Math.min(this.#parts.limits.retryMaxMs, firstRetryMs * 2 ** this.#attempts)
    this.#attempts += 1
    // Many branches that lose the same desk do not come back in the same moment.
    this.#after(waitMs * (0.5 + Math.random() / 2), () => this.#dial())
  }

  #hear(line: Line, message: unknown) {
    if (this.#line !== line) return
    if (line.nonces === undefined) return this.#challenged(line, message)
    if (!line.isUp) return this.#welcomed(line, message)
    this.#take(line, readMessage(FromDeskSchema, message))
  }

  #refused(message: unknown): boolean {
    const refused = LinkRefused.safeParse(message)
    if (!refused.success) return false
    const { code } = refused.data
    this.#parts.onRefused(code)
    if (this.#code !== code) this.#parts.log.warn({ code }, 'the expert desk refuses this branch')
    this.#code = code
    this.#attempts = Math.max(this.#attempts, 3)
    return true
  }

  #challenged(line: Line, message: unknown) {
    if (this.#refused(message)) return line.pipe.close()
    const { version, nonce } = readMessage(LinkChallenge, message)
    if (version !== linkVersion) throw new UsherError('link.version')
    const nonces = [nonce, newNonce()] as const
    line.nonces = nonces
    const { name: branch } = this.#settings
    const proof = prove(this.#secret, { side: 'branch', branch, nonces })
    void this.#parts.engine.read(({ asked, calls }) => {
      const isOpen = (call: string) => {
        const row = calls.get(call)
        return row !== undefined && !isOver(row)
      }
      const open = asked
        .values()
        .filter(({ call }) => isOpen(call))
        .map(({ escalation }) => escalation)
      line.pipe.send({ kind: 'hello', branch, boot: this.#boot, nonce: nonces[1], proof, open })
    })
  }

  #welcomed(line: Line, message: unknown) {
    if (this.#refused(message)) return line.pipe.close()
    const { proof, known, experts } = readMessage(LinkWelcome, message)
    const { name: branch } = this.#settings
    const nonces = line.nonces as readonly [string, string]
    if (!isProof(proof, this.#secret, { side: 'desk', branch, nonces })) throw new UsherError('link.denied')
    this.#noteUp(line, known, experts).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'the line to the expert desk could not be noted')
      line.pipe.close()
    })
  }

  async #noteUp(line: Line, known: readonly string[], experts: boolean) {
    const { state } = this.#parts.engine
    line.isUp = true
    line.pipe.watch()
    this.#attempts = 0
    this.#code = undefined
    if (this.#noted !== 'up') {
      this.#noted = 'up'
      await this.#submit({ name: 'desk.line', desk: this.#desk(), up: true, by: 'hub' })
      this.#parts.log.info({ desk: this.#desk() }, 'the expert desk is reached')
    }
    if (state.asked.size > 0) await this.#submit({ name: 'desk.knows', escalations: known, by: 'hub' })
    await this.#noteExperts(experts)
    this.#flush()
    for (const { call } of state.asked.values()) this.far.tellAgain(call)
  }

  async #noteExperts(open: boolean) {
    if (farDesk(this.#parts.engine.state)?.open !== open)
      await this.#submit({ name: 'desk.experts', open, by: 'hub' })
  }

  #take(line: Line, message: FromDesk) {
    switch (message.kind) {
      case 'ping':
        return line.pipe.onPing(message.n)
      case 'pong':
        return line.pipe.onPong()
      case 'ack':
        return line.unacknowledged.acked(message)
      case 'experts':
        return this.#try(line, () => this.#noteExperts(message.open))
      case 'told':
        return this.#try(line, () => this.#report(line, message))
      case 'here':
      case 'browse':
      case 'say':
        return this.#passOn(message)
      case 'refused':
        this.#refused(message)
        return line.pipe.close()
    }
  }

  async #report({ pipe }: Line, { told, now }: Extract<FromDesk, { kind: 'told' }>) {
    const { escalation, revision } = told
    const row = this.#parts.engine.state.asked.get(escalation)
    if (row !== undefined && isNewer(revision, row.heard))
      await this.#submit({ name: 'call.reported', told, now, by: 'hub' })
    pipe.send({ kind: 'ack', escalation, revision })
  }

  /** Only what is committed is acknowledged: what could not be kept is sent again. */
  #try(line: Line, act: () => Promise<unknown>) {
    act().catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'what the expert desk told could not be noted')
      if (!(error instanceof UsherError)) line.pipe.close()
    })
  }

  #passOn(message: Extract<FromDesk, { kind: 'here' | 'say' | 'browse' }>) {
    const call = this.#parts.engine.state.asked.get(message.escalation)?.call
    if (call === undefined) return
    if (message.kind === 'browse') return this.#parts.room.farBrowses(call, message.from, message.said)
    if (message.kind === 'say') return this.#parts.room.farSays(call, message.from, message.said)
    if (this.far.heard(call, message.seen)) this.#parts.room.farChanged(call)
  }

  #flush() {
    const line = this.#line
    if (line?.isUp !== true) return
    const { engine, clock, limits } = this.#parts
    const rows = engine.state.asked.values()
    line.unacknowledged.keepOnly(new Set(rows.map(({ escalation }) => escalation)))
    for (const row of line.unacknowledged.due(rows, clock.monotonicMs(), limits.resendMs)) {
      if (row.heard === null) void this.#askWithStory(line, row)
      else this.#ask(line, row, null)
    }
  }

  #ask({ pipe }: Line, row: AskedRow, story: SentStory | null) {
    const { engine } = this.#parts
    const call = engine.state.calls.get(row.call)
    if (call === undefined) return
    const agoMs = Math.max(0, engine.position().at - call.at)
    pipe.send({ kind: 'ask', ask: askOf(row, call), agoMs, story })
  }

  /** What changed while the story was looked up is on its way by itself. */
  async #askWithStory(line: Line, row: AskedRow) {
    const story = await this.#storyOf(row.call)
    const { revision } = this.#parts.engine.state.asked.get(row.escalation) ?? {}
    if (this.#line === line && revision !== undefined && !isNewer(revision, row.revision))
      this.#ask(line, row, story)
  }

  /** Nobody waits for a story longer than a moment. */
  async #storyOf(id: string): Promise<SentStory | null> {
    const { engine, storyOf, log } = this.#parts
    const call = engine.state.calls.get(id)
    if (call === undefined) return null
    const late = new Promise<null>((resolve) => this.#after(storyMs, () => resolve(null)))
    const told = storyOf(call).catch((error: unknown) => {
      log.warn({ err: error }, 'the story of a call could not be told')
      return null
    })
    return Promise.race([told, late])
  }

  /** A line that is dialled anew within a moment was never down; one that is silent is. */
  #tick() {
    const { clock, limits } = this.#parts
    this.#after(limits.pingMs / 4, () => this.#tick())
    this.#flush()
    const now = clock.monotonicMs()
    const heardAt = this.#line?.isUp === true ? this.#line.pipe.heardAt() : this.#heardAt
    if (this.#noted !== 'up' || now - heardAt < limits.silentMs || this.#isNoting) return
    this.#isNoting = true
    this.#submit({ name: 'desk.line', desk: this.#desk(), up: false, by: 'hub' })
      .then(
        () => {
          this.#noted = 'down'
          this.#parts.log.warn({ desk: this.#desk() }, 'the expert desk cannot be reached')
          // What was on its way meanwhile begins anew, with what is open then.
          this.#line?.pipe.close()
        },
        (error: unknown) =>
          this.#parts.log.warn({ err: error }, 'the loss of the expert desk could not be noted'),
      )
      .finally(() => {
        this.#isNoting = false
      })
  }
}

/** @throws UsherError `config.invalid` where the secret, or the authority, cannot be read. */
export const createDialler = (parts: LinkParts, settings: DeskSettings): LinkEnd => {
  const { ca, secretFile } = settings
  const authority = ca === undefined ? Buffer.alloc(0) : readAuthority('calls.desk.ca', ca)
  const secret = readLinkSecret('calls.desk.secretFile', secretFile)
  return new Dialler(parts, settings, { secret, authority })
}
