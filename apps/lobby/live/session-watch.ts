/**
 * Keeps the session of whoever works with the page, and says in good time when it is about to end: what the page asks by
 * itself does not count, a touch or a key does.
 */
import type { Me } from '#protocol/desk/account.ts'

export interface SessionEnd {
  readonly at: number
  /** `idle`: a touch is enough; `day`: it ends whatever one does. */
  readonly why: 'idle' | 'day'
}

export interface SessionWatch {
  /** Somebody did something. */
  touched(): void
  /** Set when it is near. */
  get(): SessionEnd | undefined
  subscribe(listener: () => void): () => void
}

export interface SessionWatchParts {
  readonly me: Me
  /** Hub time. */
  readonly now: () => number
  readonly ask: () => Promise<Me>
  /** Calls once after so many ms. @returns how to take it back */
  readonly after: (ms: number, call: () => void) => () => void
}

/** Enough to look up from a conversation. */
export const warnBeforeMs = 120_000
/** Each time is a request; the hub notes use no more often either. */
const tellEveryMs = 60_000

class Watch implements SessionWatch {
  readonly #parts: SessionWatchParts
  readonly #listeners = new Set<() => void>()
  #ends: Pick<Me, 'idleUntil' | 'until'>
  #toldAt: number
  #end: SessionEnd | undefined
  #stop: (() => void) | undefined

  constructor(parts: SessionWatchParts) {
    this.#parts = parts
    this.#ends = parts.me
    this.#toldAt = parts.now()
  }

  start() {
    this.#look()
  }

  touched() {
    const now = this.#parts.now()
    if (now - this.#toldAt < tellEveryMs && this.#end?.why !== 'idle') return
    this.#toldAt = now
    this.#parts.ask().then(
      ({ idleUntil, until }) => {
        this.#ends = { idleUntil, until }
        this.#look()
      },
      // Not reached, or over: the line says so itself. The next touch tries again.
      () => {
        this.#toldAt = 0
      },
    )
  }

  get() {
    return this.#end
  }

  subscribe(listener: () => void) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #look() {
    this.#stop?.()
    const { idleUntil, until } = this.#ends
    const at = Math.min(idleUntil, until)
    const leftMs = at - this.#parts.now()
    const isNear = leftMs <= warnBeforeMs
    this.#show(isNear ? { at, why: idleUntil < until ? 'idle' : 'day' } : undefined)
    if (!isNear) this.#stop = this.#parts.after(leftMs - warnBeforeMs, () => this.#look())
  }

  #show(end: SessionEnd | undefined) {
    if (end?.at === this.#end?.at && end?.why === this.#end?.why) return
    this.#end = end
    for (const listener of this.#listeners) listener()
  }
}

export const watchSession = (parts: SessionWatchParts): SessionWatch => {
  const watch = new Watch(parts)
  watch.start()
  return watch
}
