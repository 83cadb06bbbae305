/**
 * Who is signed in. A session outlives a restart of the hub, ends when nobody uses it for a while or after a working day
 * at the latest, and whoever holds a line open on its behalf is told the moment it ends.
 */
import type { DeskRole } from '#protocol/desk/roles.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { AccountStore, StoredSession } from './account-store.ts'
import { createCode, hashOfCode, type Random } from './secrets.ts'

export interface Session {
  /** Its name for its owner; lets nobody in. */
  readonly session: string
  readonly hash: string
  readonly name: string
  /** As they are now. */
  readonly roles: readonly DeskRole[]
  readonly since: number
  readonly seen: number
  readonly address: string
  readonly agent: string
  readonly idleUntil: number
  readonly until: number
}

/** From where somebody asks. */
export interface Origin {
  readonly address: string
  /** What the browser says about itself. */
  readonly agent: string
}

export interface SessionLimits {
  readonly idleMs: number
  readonly longestMs: number
}

export type Ended = 'signed-out' | 'expired' | 'ended'

export interface Sessions {
  /** @returns the code for the cookie, which is kept nowhere else. */
  open(name: string, origin: Origin): { readonly code: string; readonly session: Session }
  /** Of the code in a cookie; undefined when there is none any more. Does not count as use. */
  find(code: string): Session | undefined
  /** Somebody did something: it stays open for another while. */
  use(session: Session): Session
  of(name: string): readonly Session[]
  end(session: Pick<Session, 'hash'>, why?: Ended): void
  endAll(name: string): void
  /** Calls back once, at once when the session ends, for whatever reason. @returns a way to call it off. */
  watch(session: Session, onEnd: (why: Ended) => void): () => void
  stop(): void
}

interface Parts {
  readonly store: AccountStore
  readonly clock: Clock
  readonly limits: SessionLimits
  readonly random?: Random
}

/** Beyond it the oldest ends: more are not one person's. */
const sessionsMax = 20
/** Use is written down so often: each time is a write to the disk. */
const notedEveryMs = 30_000
const agentMax = 120

const wordsOf = (agent: string) => agent.replaceAll(/[^\u0020-\u007e]/g, '').slice(0, agentMax)

class StoredSessions implements Sessions {
  readonly #parts: Parts
  readonly #watchers = new Map<string, Set<(why: Ended) => void>>()
  readonly #timers = new Map<string, () => void>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  open(name: string, { address, agent }: Origin): { readonly code: string; readonly session: Session } {
    const { store, clock, random } = this.#parts
    return store.together(() => {
      this.#sweep()
      for (const old of this.of(name).slice(sessionsMax - 1)) this.end(old)
      const { code, hash } = createCode(random)
      const now = clock.wallMs()
      const session = createCode(random).code.slice(0, 16)
      store.putSession({ hash, session, name, since: now, seen: now, address, agent: wordsOf(agent) })
      const opened = this.#live(store.session(hash))
      // Disabled at this very moment.
      if (opened === undefined) throw new UsherError('sign-in.wrong')
      return { code, session: opened }
    })
  }

  find(code: string): Session | undefined {
    return this.#live(this.#parts.store.session(hashOfCode(code)))
  }

  use(session: Session): Session {
    const { store, clock } = this.#parts
    const now = clock.wallMs()
    // A clock that was set back must not make a session older than it is.
    if (Math.abs(now - session.seen) < notedEveryMs) return session
    store.noteSeen(session.hash, now)
    return this.#live(store.session(session.hash)) ?? session
  }

  of(name: string): readonly Session[] {
    return this.#parts.store
      .sessions()
      .filter((stored) => stored.name === name)
      .flatMap((stored) => this.#live(stored) ?? [])
  }

  end({ hash }: { readonly hash: string }, why: Ended = 'ended'): void {
    this.#parts.store.dropSession(hash)
    this.#forgetTimer(hash)
    const told = this.#watchers.get(hash) ?? []
    this.#watchers.delete(hash)
    for (const onEnd of told) onEnd(why)
  }

  endAll(name: string): void {
    for (const stored of this.#parts.store.sessions()) if (stored.name === name) this.end(stored)
  }

  watch(session: Session, onEnd: (why: Ended) => void): () => void {
    const { hash } = session
    if (this.#live(this.#parts.store.session(hash)) === undefined) {
      onEnd('ended')
      return () => undefined
    }
    const told = this.#watchers.get(hash) ?? new Set()
    this.#watchers.set(hash, told.add(onEnd))
    if (!this.#timers.has(hash)) this.#lookWhenDue(session)
    return () => {
      told.delete(onEnd)
      if (told.size > 0) return
      this.#watchers.delete(hash)
      this.#forgetTimer(hash)
    }
  }

  stop(): void {
    for (const callOff of this.#timers.values()) callOff()
    this.#timers.clear()
    this.#watchers.clear()
  }

  #live(stored: StoredSession | undefined): Session | undefined {
    const { store, clock, limits } = this.#parts
    const account = stored && store.account(stored.name)
    if (stored === undefined || account === undefined || account.disabled) return undefined
    const idleUntil = stored.seen + limits.idleMs
    const until = stored.since + limits.longestMs
    return clock.wallMs() >= Math.min(idleUntil, until)
      ? undefined
      : { ...stored, roles: account.roles, idleUntil, until }
  }

  #sweep() {
    for (const stored of this.#parts.store.sessions())
      if (this.#live(stored) === undefined) this.end(stored, 'expired')
  }

  #forgetTimer(hash: string) {
    this.#timers.get(hash)?.()
    this.#timers.delete(hash)
  }

  /** Looks again at the moment when it would end by itself: by then it may have been used. */
  #lookWhenDue({ hash, idleUntil, until }: Session) {
    const { store, clock } = this.#parts
    const dueMs = Math.max(1, Math.min(idleUntil, until) - clock.wallMs())
    const look = () => {
      const session = this.#live(store.session(hash))
      if (session === undefined) this.end({ hash }, 'expired')
      else this.#lookWhenDue(session)
    }
    this.#timers.set(hash, clock.after(dueMs, look))
  }
}

export const createSessions = (parts: Parts): Sessions => new StoredSessions(parts)
