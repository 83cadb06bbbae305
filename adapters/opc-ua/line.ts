/**
 * The line to one server: it is opened, looked after, and opened again, longer and longer apart. The log has one line when
 * it is lost and one when it is back.
 */
import type { Clock, Log } from '../sdk/ports.ts'
import type { ServerConfig } from './config.ts'
import type { Session } from './session.ts'
import { type Cause, needsSomebody, ServerTrouble, troubleOf } from './trouble.ts'
import { pause, within } from './within.ts'

export interface LineParts {
  readonly server: ServerConfig
  readonly clock: Clock
  readonly chance: () => number
  readonly log: Log
  readonly open: () => Promise<Session>
  /** Everything is read anew, and watched. */
  readonly onUp: (session: Session) => Promise<void>
  readonly onDown: (reason: Cause) => void
}

export interface ServerLine {
  /** Settles with the first success or failure. */
  readonly tried: Promise<void>
  session(): Session | undefined
  /** @returns undefined when it did not come back in time, or the signal was aborted */
  back(withinMs: number, signal?: AbortSignal): Promise<Session | undefined>
  close(): Promise<void>
}

const retryMinMs = 500
const retryMaxMs = 30_000
/** Nothing passes by itself there, and servers lock users out who try too often. */
const retryLockedMs = 15_000
/** State of the server: 0 is running (OPC 10000-5, 12.6). */
const serverState = 'i=2259'

export const openLine = (parts: LineParts): ServerLine => {
  const line = new Line(parts)
  void line.run()
  return line
}

class Line implements ServerLine {
  readonly tried: Promise<void>
  readonly #parts: LineParts
  readonly #ending = new AbortController()
  readonly #waiting = new Set<() => void>()
  #session: Session | undefined
  #isTried: () => void = () => {}
  #told: Cause | 'up' | undefined
  #over: Promise<void> = Promise.resolve()

  constructor(parts: LineParts) {
    this.#parts = parts
    this.tried = new Promise((resolve) => {
      this.#isTried = resolve
    })
  }

  session = () => this.#session

  async back(withinMs: number, signal?: AbortSignal) {
    if (this.#session !== undefined) return this.#session
    const { clock } = this.#parts
    await new Promise<void>((resolve) => {
      const end = () => {
        cancel()
        this.#waiting.delete(end)
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const cancel = clock.after(withinMs, end)
      this.#waiting.add(end)
      signal?.addEventListener('abort', end)
      if (signal?.aborted === true || this.#ending.signal.aborted) end()
    })
    return this.#session
  }

  async close() {
    this.#ending.abort()
    this.#wake()
    await this.#over
  }

  run() {
    this.#over = this.#run()
    return this.#over
  }

  async #run() {
    const { clock, chance } = this.#parts
    const { signal } = this.#ending
    let retryMs = retryMinMs
    while (!signal.aborted) {
      const trouble = await this.#live()
      if (signal.aborted) return
      if (this.#told === 'up') retryMs = retryMinMs
      this.#down(trouble)
      this.#isTried()
      const waitMs = needsSomebody(trouble.reason) ? Math.max(retryMs, retryLockedMs) : retryMs
      retryMs = Math.min(retryMaxMs, retryMs * 2)
      await pause(clock, waitMs * (1 + chance() / 2), signal)
    }
  }

  /** One session, from its opening to its end. @returns what ended it */
  async #live(): Promise<ServerTrouble> {
    const { open, onUp } = this.#parts
    let session: Session | undefined
    try {
      session = await open()
      await this.#look(session)
      await onUp(session)
      this.#up(session)
      return await this.#last(session)
    } catch (error) {
      return troubleOf(error)
    } finally {
      this.#session = undefined
      await session?.close()
    }
  }

  #up(session: Session) {
    if (this.#ending.signal.aborted) return
    const { log, server } = this.#parts
    this.#session = session
    if (this.#told !== 'up')
      log.info(this.#told === undefined ? 'the server is reached' : 'the server is back', {
        server: server.name,
      })
    this.#told = 'up'
    this.#isTried()
    this.#wake()
  }

  /** Until it is lost, does not answer, or is no longer wanted. */
  async #last(session: Session): Promise<ServerTrouble> {
    const { clock, server } = this.#parts
    const { signal } = this.#ending
    const stop = new AbortController()
    const ended = session.lost.then((reason) => {
      stop.abort()
      return reason
    })
    const onEnd = () => stop.abort()
    signal.addEventListener('abort', onEnd)
    try {
      while (!stop.signal.aborted && !signal.aborted) {
        await pause(clock, server.lookEveryMs, stop.signal)
        if (!stop.signal.aborted) await this.#look(session)
      }
    } finally {
      signal.removeEventListener('abort', onEnd)
    }
    const reason = signal.aborted ? 'the adapter ends' : await ended
    return new ServerTrouble('server-unreachable', reason)
  }

  /** @throws ServerTrouble */
  async #look(session: Session) {
    const { clock, server } = this.#parts
    const answer = await within(session.read([serverState]), { clock, ms: server.answerWithinMs })
    if (answer === undefined) throw new ServerTrouble('server-unreachable', 'The server does not answer.')
    const state = answer[0]
    if (state?.quality === 'good' && state.value !== 0)
      throw new ServerTrouble('server-not-running', `The server is in state ${state.value}.`)
  }

  #down(trouble: ServerTrouble) {
    const { log, server, onDown } = this.#parts
    onDown(trouble.reason)
    if (this.#told === trouble.reason) return
    const about = { server: server.name, code: trouble.reason, reason: trouble.message, ...trouble.fields }
    if (needsSomebody(trouble.reason)) log.error('the server cannot be worked with', about)
    else if (this.#told === 'up') log.warn('the server is lost', about)
    else log.warn('the server cannot be reached yet', about)
    this.#told = trouble.reason
  }

  #wake() {
    for (const wake of this.#waiting) wake()
  }
}
