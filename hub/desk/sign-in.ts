/** Signing in and out. Who is unknown, disabled or not invited yet gets the same answer after the same work. */
import { UsherError } from '#protocol/errors.ts'
import type { AccountStore } from './account-store.ts'
import type { Accounts } from './accounts.ts'
import type { Audit } from './audit.ts'
import type { PasswordHasher } from './password-hash.ts'
import type { Origin, Session, Sessions } from './sessions.ts'
import { type Attempt, createThrottle, type Throttle } from './throttle.ts'

/** Who asks, from where. */
export interface Asker extends Origin {
  /** On this machine, over a line that nobody else can hear. */
  readonly isLocal: boolean
  /** The session of the cookie that came along. */
  readonly session: Session | undefined
}

export interface SignedIn {
  /** For the cookie. */
  readonly code: string
  readonly session: Session
}

export interface SignIn {
  /** @throws UsherError `sign-in.wrong`, `sign-in.busy`; MustWait */
  signIn(wish: { name: string; password: string }, asker: Asker): Promise<SignedIn>
  /** With a link: the password is set, and whoever set it is signed in. */
  setUp(wish: { code: string; name?: string | undefined; password: string }, asker: Asker): Promise<SignedIn>
  /** All other sessions of the account end, and this one goes on under a new code. */
  changePassword(
    wish: { current: string; next: string },
    asker: Asker & { session: Session },
  ): Promise<SignedIn>
  signOut(session: Session): Promise<void>
  signOutEverywhere(session: Session): Promise<void>
  /** @throws UsherError `session.unknown` */
  endOwn(own: Session, session: string): Promise<void>
}

interface Parts {
  readonly store: AccountStore
  readonly sessions: Sessions
  readonly accounts: Accounts
  readonly hasher: PasswordHasher
  readonly audit: Audit
  readonly wallMs: () => number
  readonly monotonicMs: () => number
}

const familiarForMs = 30 * 86_400_000

class DoorOfDesk implements SignIn {
  readonly #parts: Parts
  readonly #throttle: Throttle

  constructor(parts: Parts) {
    this.#parts = parts
    this.#throttle = createThrottle(parts.monotonicMs)
  }

  async signIn(wish: { name: string; password: string }, asker: Asker): Promise<SignedIn> {
    const { hasher, audit, store } = this.#parts
    const name = wish.name.trim().toLowerCase()
    const stored = await this.#check(name, wish.password, asker)
    const better = hasher.isCurrent(stored) ? undefined : await hasher.hash(wish.password)
    await audit.note({ act: 'signed-in', account: name, by: name, params: { address: asker.address } })
    this.#mustBeUnchanged(name, stored)
    if (better !== undefined) store.setPassword(name, better)
    return this.#enter(name, asker)
  }

  async setUp(
    wish: { code: string; name?: string | undefined; password: string },
    asker: Asker,
  ): Promise<SignedIn> {
    return this.#enter(await this.#parts.accounts.useLink(wish), asker)
  }

  async changePassword(
    { current, next }: { current: string; next: string },
    asker: Asker & { session: Session },
  ): Promise<SignedIn> {
    const { accounts, sessions } = this.#parts
    const { name } = asker.session
    this.#mustBeUnchanged(name, await this.#check(name, current, asker))
    await accounts.setPassword(name, next)
    sessions.endAll(name)
    return this.#enter(name, asker)
  }

  async signOut(session: Session): Promise<void> {
    const { sessions, audit } = this.#parts
    sessions.end(session, 'signed-out')
    await audit.note({ act: 'signed-out', account: session.name, by: session.name })
  }

  async signOutEverywhere({ name }: Session): Promise<void> {
    const { sessions, audit } = this.#parts
    sessions.endAll(name)
    await audit.note({ act: 'signed-out-everywhere', account: name, by: name })
  }

  async endOwn({ name }: Session, wanted: string): Promise<void> {
    const { sessions, audit } = this.#parts
    const session = sessions.of(name).find((one) => one.session === wanted)
    if (session === undefined) throw new UsherError('session.unknown')
    sessions.end(session)
    await audit.note({ act: 'session-ended', account: name, by: name })
  }

  #attemptOf(name: string, address: string): Attempt {
    const at = this.#parts.store.familiarSince(name, address)
    return { name, address, isFamiliar: at !== undefined && this.#parts.wallMs() - at < familiarForMs }
  }

  /** @returns the hash it fits, which may be an old one. */
  async #check(name: string, password: string, asker: Asker): Promise<string> {
    const { store, hasher, audit } = this.#parts
    const attempt = this.#attemptOf(name, asker.address)
    const account = store.account(name)
    const mayEnter = account !== undefined && !account.disabled && (asker.isLocal || !account.localOnly)
    const stored = mayEnter ? account.password : null
    try {
      this.#throttle.begin(attempt)
    } catch (error) {
      audit.refused()
      throw error
    }
    let isRight: boolean
    try {
      isRight = await hasher.verify(password, stored)
    } catch (error) {
      this.#throttle.takeBack(attempt)
      throw error
    }
    if (!isRight || stored === null) {
      audit.refused()
      throw new UsherError('sign-in.wrong')
    }
    this.#throttle.succeeded(attempt)
    return stored
  }

  #enter(name: string, asker: Asker): SignedIn {
    const { store, sessions, wallMs } = this.#parts
    return store.together(() => {
      if (asker.session !== undefined) sessions.end(asker.session)
      store.noteFamiliar(name, asker.address, wallMs())
      return sessions.open(name, asker)
    })
  }

  /** Since the password was looked at, the account may have been disabled or reset. */
  #mustBeUnchanged(name: string, stored: string) {
    const account = this.#parts.store.account(name)
    if (account === undefined || account.disabled || account.password !== stored)
      throw new UsherError('sign-in.wrong')
  }
}

export const createSignIn = (parts: Parts): SignIn => new DoorOfDesk(parts)
