/** Accounts: who gets one, with which roles, by which one-time link, and how it ends. */
import type { AccountView } from '#protocol/desk/account.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Account, AccountStore } from './account-store.ts'
import type { Audit } from './audit.ts'
import type { PasswordHasher } from './password-hash.ts'
import { checkNewPassword } from './password-rules.ts'
import { createCode, hashOfCode } from './secrets.ts'
import type { Sessions } from './sessions.ts'

/** To be handed over; kept nowhere. */
export interface Link {
  readonly name: string
  readonly code: string
  readonly until: number
}

export interface Accounts {
  list(): readonly AccountView[]
  /** @throws UsherError `account.exists`, `account.reserved` */
  invite(wish: { name: string; roles: readonly DeskRole[]; by: string }): Promise<Link>
  setRoles(wish: { name: string; roles: readonly DeskRole[]; by: string }): Promise<void>
  disable(wish: { name: string; by: string }): Promise<void>
  enable(wish: { name: string; by: string }): Promise<void>
  /** The password is gone at once. */
  reset(wish: { name: string; by: string }): Promise<Link>
  /** For the very first administrator; undefined once there is any account. */
  firstLink(): { readonly code: string; readonly until: number } | undefined
  /** @returns whose link it is, null for the first one. @throws UsherError `link.spent` */
  ownerOf(code: string): string | null
  /** @returns whose account has that password now. */
  useLink(wish: { code: string; name?: string | undefined; password: string }): Promise<string>
  setPassword(name: string, password: string): Promise<void>
  /** Of the demonstration: signs in from this machine only. Whoever is signed in stays so where nothing of it is other than it was. */
  putLocal(account: { name: string; roles: readonly DeskRole[]; password: string }): Promise<void>
}

interface Parts {
  readonly branch: string
  readonly store: AccountStore
  readonly sessions: Sessions
  readonly hasher: PasswordHasher
  readonly audit: Audit
  readonly wallMs: () => number
  /** As the branch file has the person. */
  readonly titleOf: (name: string) => Readonly<Record<string, string>>
}

/** Whoever was invited is at hand; whoever sets up the hub stands before it. */
const invitedForMs = 86_400_000
const firstForMs = 3_600_000

/** The journal calls parts of the hub by these: nobody else may act under them. */
const reserved: ReadonlySet<string> = new Set([
  'operator',
  'calendar',
  'branch-file',
  'hub',
  'desk',
  'what-if',
  'report',
  'timer',
  'demo',
])

const stateOf = ({ disabled, password }: Account): AccountView['state'] => {
  if (disabled) return 'disabled'
  return password === null ? 'invited' : 'active'
}

interface Wish {
  readonly name: string
  readonly by: string
}

interface WishWithRoles extends Wish {
  readonly roles: readonly DeskRole[]
}

class StoredAccounts implements Accounts {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  list(): readonly AccountView[] {
    const { store, sessions, titleOf } = this.#parts
    return store.accounts().map((account) => ({
      name: account.name,
      title: titleOf(account.name),
      roles: [...account.roles],
      state: stateOf(account),
      since: account.since,
      sessions: sessions.of(account.name).length,
    }))
  }

  async invite({ name, roles, by }: WishWithRoles): Promise<Link> {
    const { store, audit, wallMs } = this.#parts
    this.#mustBeFree(name)
    await audit.note({ act: 'invited', account: name, by, params: { roles: roles.join(' ') } })
    return store.together(() => {
      this.#mustBeFree(name)
      store.putAccount({ name, roles, password: null, since: wallMs(), disabled: false, localOnly: false })
      // Whoever begins over the command line needs no first link any more.
      store.dropLinks(null)
      return { name, ...this.#newLink(name, invitedForMs) }
    })
  }

  async setRoles({ name, roles, by }: WishWithRoles): Promise<void> {
    const { store, sessions, audit } = this.#parts
    this.#known(name)
    if (!roles.includes('admin')) this.#mustNotBeLastAdmin(name)
    await audit.note({ act: 'roles-set', account: name, by, params: { roles: roles.join(' ') } })
    store.putAccount({ ...this.#known(name), roles })
    sessions.endAll(name)
  }

  async disable({ name, by }: Wish): Promise<void> {
    const { store, sessions, audit } = this.#parts
    this.#known(name)
    this.#mustNotBeLastAdmin(name)
    await audit.note({ act: 'disabled', account: name, by })
    store.putAccount({ ...this.#known(name), disabled: true })
    store.dropLinks(name)
    sessions.endAll(name)
  }

  async enable({ name, by }: Wish): Promise<void> {
    const { store, audit } = this.#parts
    this.#known(name)
    await audit.note({ act: 'enabled', account: name, by })
    store.putAccount({ ...this.#known(name), disabled: false })
  }

  async reset({ name, by }: Wish): Promise<Link> {
    const { store, sessions, audit } = this.#parts
    if (this.#known(name).disabled) throw new UsherError('account.disabled', name)
    await audit.note({ act: 'reset', account: name, by })
    return store.together(() => {
      store.setPassword(name, null)
      sessions.endAll(name)
      return { name, ...this.#newLink(name, invitedForMs) }
    })
  }

  firstLink(): { readonly code: string; readonly until: number } | undefined {
    return this.#parts.store.accounts().length === 0 ? this.#newLink(null, firstForMs) : undefined
  }

  ownerOf(code: string): string | null {
    const { store, wallMs } = this.#parts
    const link = store.link(hashOfCode(code))
    if (link === undefined || link.until <= wallMs()) throw new UsherError('link.spent')
    if (link.name !== null && store.account(link.name)?.disabled !== false) throw new UsherError('link.spent')
    return link.name
  }

  async useLink(wish: { code: string; name?: string | undefined; password: string }): Promise<string> {
    const { store, sessions, audit, wallMs } = this.#parts
    const name = this.#nameFor(wish)
    const isFirst = this.ownerOf(wish.code) === null
    const hash = await this.#hashNew(name, wish.password)
    // Of two who use one link at the same moment, one is too late.
    this.#nameFor(wish)
    await audit.note({ act: isFirst ? 'set-up' : 'link-used', account: name, by: name })
    return store.together(() => {
      this.#nameFor(wish)
      const blank = { name, roles: ['admin' as const], since: wallMs(), disabled: false, localOnly: false }
      if (isFirst) store.putAccount({ ...blank, password: hash })
      else store.setPassword(name, hash)
      store.dropLinks(isFirst ? null : name)
      sessions.endAll(name)
      return name
    })
  }

  async setPassword(name: string, password: string): Promise<void> {
    const { store, audit } = this.#parts
    const hash = await this.#hashNew(name, password)
    await audit.note({ act: 'password-changed', account: name, by: name })
    store.setPassword(name, hash)
  }

  async putLocal(account: { name: string; roles: readonly DeskRole[]; password: string }): Promise<void> {
    const { store, sessions, hasher, wallMs } = this.#parts
    if (await this.#isLocal(account)) return
    const password = await hasher.hash(account.password)
    store.putAccount({ ...account, password, since: wallMs(), disabled: false, localOnly: true })
    sessions.endAll(account.name)
  }

  async #isLocal({ name, roles, password }: Parameters<Accounts['putLocal']>[0]): Promise<boolean> {
    const { store, hasher } = this.#parts
    const known = store.account(name)
    if (known === undefined || known.disabled || !known.localOnly) return false
    const hasRoles = known.roles.length === roles.length && roles.every((role) => known.roles.includes(role))
    return hasRoles && hasher.verify(password, known.password)
  }

  #newLink(name: string | null, forMs: number) {
    const { code, hash } = createCode()
    const until = this.#parts.wallMs() + forMs
    this.#parts.store.putLink(hash, { name, until })
    return { code, until }
  }

  #nameFor({ code, name: wanted }: { code: string; name?: string | undefined }): string {
    const name = this.ownerOf(code)
    if (name !== null) return name
    if (wanted === undefined) throw new UsherError('request.invalid', 'name: choose one')
    this.#mustBeFree(wanted)
    return wanted
  }

  #hashNew(name: string, password: string): Promise<string> {
    checkNewPassword(password, [name, this.#parts.branch])
    return this.#parts.hasher.hash(password)
  }

  #known(name: string): Account {
    const account = this.#parts.store.account(name)
    if (account === undefined) throw new UsherError('account.unknown', name)
    return account
  }

  #mustBeFree(name: string): void {
    if (reserved.has(name)) throw new UsherError('account.reserved', name)
    if (this.#parts.store.account(name) !== undefined) throw new UsherError('account.exists', name)
  }

  /** Somebody who can sign in must be left to manage accounts. */
  #mustNotBeLastAdmin(name: string): void {
    const isAdmin = ({ roles, disabled, password }: Account) =>
      roles.includes('admin') && !disabled && password !== null
    const admins = this.#parts.store.accounts().filter(isAdmin)
    if (admins.length === 1 && admins[0]?.name === name) throw new UsherError('account.last-admin')
  }
}

export const createAccounts = (parts: Parts): Accounts => new StoredAccounts(parts)
