/** The desk's end of the lines: who comes as a branch, what each asks, and what each is told until it has it. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { FromBranch, LinkHello, linkVersion } from '#protocol/calls/link.ts'
import { UsherError } from '#protocol/errors.ts'
import { refuse } from '../../desk/live/knock.ts'
import { isOver } from '../find.ts'
import { isDeskOpen } from '../weigh.ts'
import { Unacknowledged } from './delivery.ts'
import { createFarRooms, type FarRooms } from './far-rooms.ts'
import { type LinkEnd, type LinkParts, submitTo } from './parts.ts'
import { openPipe, type Pipe, readMessage } from './pipe.ts'
import { isProof, newNonce, prove } from './proof.ts'
import { isNewer } from './revision.ts'
import { type ServedRow, servedKey } from './rows.ts'
import { readLinkSecret, type ServedBranches } from './settings.ts'

interface Line {
  readonly pipe: Pipe
  readonly nonce: string
  readonly unacknowledged: Unacknowledged
  branch: string | undefined
  boot: string | undefined
  isUp: boolean
}

/** Of whom it is not known yet who they are. */
const strangersMax = 64

export interface DeskEnd extends LinkEnd {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

class Acceptor implements DeskEnd {
  readonly far: FarRooms
  readonly #parts: LinkParts
  readonly #secrets: ReadonlyMap<string, string>
  readonly #sockets: WebSocketServer
  readonly #lines = new Map<string, Line>()
  /** When a branch was last heard of; since the start, for those that were not. */
  readonly #heardAt = new Map<string, number>()
  readonly #noting = new Set<string>()
  readonly #callOff = new Set<() => void>()
  #strangers = new Set<Line>()
  #startedAt = 0
  #open: boolean | undefined
  #stopWatching: (() => void) | undefined
  #stopped = false

  constructor(parts: LinkParts, secrets: ReadonlyMap<string, string>) {
    this.#parts = parts
    this.#secrets = secrets
    this.#sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: parts.limits.bytesMax,
    })
    this.far = createFarRooms({
      nowMs: () => parts.clock.monotonicMs(),
      isLinked: (call) => parts.engine.state.calls.get(call)?.branch !== undefined,
      send: (call, message) => {
        const { branch, escalation } = parts.engine.state.calls.get(call) ?? {}
        const line = this.#lines.get(branch ?? '')
        if (line?.isUp === true) line.pipe.send({ ...message, escalation })
      },
    })
  }

  async start(): Promise<void> {
    const { clock, watch } = this.#parts
    this.#startedAt = clock.monotonicMs()
    this.#stopWatching = watch(({ changes }) => {
      for (const { table, rows } of changes) {
        if (table === 'served') for (const branch of this.#lines.keys()) this.#flush(branch)
        if (table === 'experts') this.#tellExperts()
        if (table === 'calls') for (const [call, row] of rows) if (row === undefined) this.far.forget(call)
      }
    })
    this.#tick()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#stopWatching?.()
    for (const callOff of this.#callOff) callOff()
    for (const { pipe } of [...this.#lines.values(), ...this.#strangers]) pipe.close()
    this.#sockets.close()
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    try {
      if (this.#stopped) throw new UsherError('hub.stopping')
      // A branch is no page: whatever names an origin is one.
      if (request.headers.origin !== undefined) throw new UsherError('request.origin')
      if (this.#strangers.size >= strangersMax) throw new UsherError('live.too-many')
    } catch (error) {
      if (error instanceof UsherError) this.#parts.onRefused(error.code)
      return refuse(request, socket, error)
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#greet(opened))
  }

  readonly #submit = (command: Parameters<ReturnType<typeof submitTo>>[0]) => submitTo(this.#parts)(command)

  #after(delayMs: number, callback: () => void) {
    const callOff = this.#parts.clock.after(delayMs, () => {
      this.#callOff.delete(callOff)
      if (!this.#stopped) callback()
    })
    this.#callOff.add(callOff)
  }

  #greet(socket: Parameters<typeof openPipe>[0]) {
    const { clock, limits, onRefused } = this.#parts
    const pipe = openPipe(socket, {
      clock,
      limits,
      onRefused,
      onMessage: (message) => this.#hear(line, message),
      onClosed: () => this.#lose(line),
    })
    const line: Line = {
      pipe,
      nonce: newNonce(),
      unacknowledged: new Unacknowledged(),
      branch: undefined,
      boot: undefined,
      isUp: false,
    }
    this.#strangers.add(line)
    pipe.send({ kind: 'challenge', version: linkVersion, nonce: line.nonce })
    this.#after(limits.helloMs, () => {
      if (this.#strangers.has(line)) pipe.refuse('link.denied')
    })
  }

  #lose(line: Line) {
    this.#strangers.delete(line)
    const { branch } = line
    if (branch === undefined || this.#lines.get(branch) !== line) return
    this.#heardAt.set(branch, line.pipe.heardAt())
    this.#lines.delete(branch)
  }

  #hear(line: Line, message: unknown) {
    if (line.branch === undefined) return this.#introduced(line, message)
    if (this.#lines.get(line.branch) !== line) return
    this.#take(line, line.branch, readMessage(FromBranch, message))
  }

  #introduced(line: Line, message: unknown) {
    const { branch, boot, nonce, proof, open } = readMessage(LinkHello, message)
    const secret = this.#secrets.get(branch)
    const nonces = [line.nonce, nonce] as const
    if (secret === undefined || !isProof(proof, secret, { side: 'branch', branch, nonces }))
      throw new UsherError('link.denied')
    const before = this.#lines.get(branch)
    if (before !== undefined && before.boot !== boot) throw new UsherError('link.taken')
    this.#strangers.delete(line)
    line.branch = branch
    line.boot = boot
    this.#lines.set(branch, line)
    before?.pipe.close()
    const mine = prove(secret, { side: 'desk', branch, nonces })
    this.#admit(line, open, mine).catch((error: unknown) => {
      this.#parts.log.warn({ branch, err: error }, 'the line of a branch could not be noted')
      line.pipe.close()
    })
  }

  async #admit(line: Line, open: readonly string[], proof: string) {
    const { branch = '' } = line
    const { state } = this.#parts.engine
    if (state.served.size > 0)
      await this.#submit({ name: 'branch.holds', branch, escalations: open, by: 'hub' })
    if (this.#lines.get(branch) !== line) return
    const known = this.#rowsOf(branch).map(({ escalation }) => escalation)
    line.pipe.send({ kind: 'welcome', proof, known, experts: isDeskOpen(state) })
    line.isUp = true
    line.pipe.watch()
    this.#parts.log.info({ branch }, 'a branch is connected')
    this.#flush(branch)
    for (const { call } of this.#rowsOf(branch)) this.far.tellAgain(call)
  }

  #rowsOf(branch: string): readonly ServedRow[] {
    return this.#parts.engine.state.served.values().filter((row) => row.branch === branch)
  }

  #take(line: Line, branch: string, message: FromBranch) {
    const { engine } = this.#parts
    switch (message.kind) {
      case 'ping':
        return line.pipe.onPing(message.n)
      case 'pong':
        return line.pipe.onPong()
      case 'ask':
        return this.#try(() => this.#asked(line, branch, message))
      case 'ack':
        line.unacknowledged.acked(message)
        return this.#try(() => this.#settle(branch, message))
      case 'here':
      case 'browse':
      case 'say': {
        const call = engine.state.served.get(servedKey(branch, message.escalation))?.call
        return call === undefined ? undefined : this.#passOn(call, message)
      }
    }
  }

  /** Who comes in at a branch is never an expert, whatever it says. */
  #passOn(call: string, message: Extract<FromBranch, { kind: 'here' | 'say' | 'browse' }>) {
    const isTheirs = (participant: string) => !participant.startsWith('expert:')
    if (message.kind !== 'here' && !isTheirs(message.from)) throw new UsherError('link.message')
    if (message.kind === 'browse') return this.#parts.room.farBrowses(call, message.from, message.said)
    if (message.kind === 'say') return this.#parts.room.farSays(call, message.from, message.said)
    if (!message.seen.every(({ id }) => isTheirs(id))) throw new UsherError('link.message')
    if (this.far.heard(call, message.seen)) this.#parts.room.farChanged(call)
  }

  async #asked(
    { pipe }: Line,
    branch: string,
    { ask, agoMs, story = null }: Extract<FromBranch, { kind: 'ask' }>,
  ) {
    const { escalation, revision } = ask
    const known = this.#parts.engine.state.served.get(servedKey(branch, escalation))
    if (isNewer(revision, known?.heard ?? null))
      await this.#submit({ name: 'branch.asked', branch, ask, agoMs, story, by: 'hub' })
    pipe.send({ kind: 'ack', escalation, revision })
  }

  async #settle(branch: string, { escalation, revision }: Extract<FromBranch, { kind: 'ack' }>) {
    const { state } = this.#parts.engine
    const row = state.served.get(servedKey(branch, escalation))
    if (row === undefined || row.settled || row.told?.state !== 'ended') return
    if (isNewer(row.told.revision, revision)) return
    const call = state.calls.get(row.call)
    if (call !== undefined && isOver(call))
      await this.#submit({ name: 'branch.settled', branch, escalation, by: 'hub' })
  }

  #try(act: () => Promise<unknown>) {
    act().catch((error: unknown) =>
      this.#parts.log.warn({ err: error }, 'what a branch asked could not be noted; it asks again'),
    )
  }

  #flush(branch: string) {
    const line = this.#lines.get(branch)
    if (line?.isUp !== true) return
    const { engine, clock, limits } = this.#parts
    const told = this.#rowsOf(branch).flatMap((row) => (row.told === null ? [] : [row.told]))
    line.unacknowledged.keepOnly(new Set(told.map(({ escalation }) => escalation)))
    const now = engine.position().at
    for (const one of line.unacknowledged.due(told, clock.monotonicMs(), limits.resendMs))
      line.pipe.send({ kind: 'told', told: one, now })
  }

  #tellExperts() {
    const open = isDeskOpen(this.#parts.engine.state)
    if (open === this.#open) return
    this.#open = open
    for (const { pipe, isUp } of this.#lines.values()) if (isUp) pipe.send({ kind: 'experts', open })
  }

  #tick() {
    const { clock, limits, engine } = this.#parts
    this.#after(limits.pingMs / 2, () => this.#tick())
    for (const branch of this.#lines.keys()) this.#flush(branch)
    const now = clock.monotonicMs()
    const ringing = engine.state.served.values().filter(({ call }) => {
      const state = engine.state.calls.get(call)?.state
      return state === 'waiting' || state === 'ringing'
    })
    for (const branch of new Set(ringing.map((row) => row.branch))) {
      const heardAt = this.#lines.get(branch)?.pipe.heardAt() ?? this.#heardAt.get(branch) ?? this.#startedAt
      if (now - heardAt >= limits.silentMs) this.#noteLost(branch)
    }
  }

  #noteLost(branch: string) {
    if (this.#noting.has(branch)) return
    this.#noting.add(branch)
    this.#parts.log.warn({ branch }, 'a branch cannot be reached; nobody is rung for it any more')
    this.#try(() =>
      this.#submit({ name: 'branch.lost', branch, by: 'hub' }).finally(() => this.#noting.delete(branch)),
    )
  }
}

/** @throws UsherError `config.invalid` where a secret cannot be read. */
export const createAcceptor = (parts: LinkParts, branches: ServedBranches): DeskEnd =>
  new Acceptor(
    parts,
    new Map(
      branches.map(({ name, secretFile }) => [name, readLinkSecret(`calls.branches ${name}`, secretFile)]),
    ),
  )
