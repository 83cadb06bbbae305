/**
 * Pages that show a code, or that were let in with one and are on their way. In memory only, and with an end to each: a
 * page whose hub was started anew takes another code.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { PageKind } from '#protocol/desk/pairing-routes.ts'
import { UsherError } from '#protocol/errors.ts'
import { codeAlphabet } from '../broker/claim-codes.ts'
import { createMinuteCount } from '../broker/rates.ts'
import type { PairingSettings } from './settings.ts'

/** Said yes to: who it is, and what it shows the hub to become that. */
export interface Admission {
  readonly device: string
  readonly claim: string
  readonly claimHash: string
  readonly by: string
}

export interface WaitingPage {
  readonly code: string
  readonly kind: PageKind
  readonly address: string
  /** Hub time. */
  readonly since: number
  readonly admission: Admission | undefined
}

export interface CodeBook {
  /** @throws UsherError `pairing.busy` */
  ask(kind: PageKind, address: string): { code: string; secret: string; forMs: number }
  /** The page that was given this secret, and how much longer it is known. */
  bySecret(secret: string): (WaitingPage & { readonly forMs: number }) | undefined
  /** Also one that was let in already. */
  byCode(code: string): WaitingPage | undefined
  /** Those that nobody has let in yet, the longest waiting first. */
  waiting(): readonly WaitingPage[]
  /** Let in, and not over yet. */
  admitted(device: string): WaitingPage | undefined
  /** Whoever was on the way to be this device is it no longer. @returns whether the page was still there */
  admit(code: string, admission: Admission, lifeMs: number): boolean
}

export interface CodeBookParts {
  readonly settings: PairingSettings
  /** Hub time, for people. */
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  readonly random: (bytes: number) => Buffer
}

interface Row extends WaitingPage {
  readonly secretHash: Buffer
  /** Monotonic. */
  readonly until: number
}

const codeLength = 6
const secretBytes = 32

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** In a time that says nothing about how much of it was right. */
const isSame = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)

const codeFrom = (random: CodeBookParts['random']): string =>
  [...random(codeLength)].map((byte) => codeAlphabet[byte % codeAlphabet.length]).join('')

class MemoryCodeBook implements CodeBook {
  readonly #parts: CodeBookParts
  readonly #asked: ReturnType<typeof createMinuteCount>
  /** The longest there first. */
  #rows: readonly Row[] = []

  constructor(parts: CodeBookParts) {
    this.#parts = parts
    this.#asked = createMinuteCount(parts.monotonicMs)
  }

  ask(kind: PageKind, address: string) {
    const { settings, nowMs, monotonicMs, random } = this.#parts
    const waiting = this.#living().filter(({ admission }) => admission === undefined)
    const own = waiting.filter((row) => row.address === address)
    const gives = own.length >= settings.waitingPerAddressMax ? own[0] : undefined
    const isFull = gives === undefined && waiting.length >= settings.waitingMax
    if (isFull || this.#asked.of(address) >= settings.codesPerMinute) throw new UsherError('pairing.busy')
    this.#asked.add(address)
    const taken = new Set(this.#rows.map(({ code }) => code))
    let code = codeFrom(random)
    while (taken.has(code)) code = codeFrom(random)
    const secret = random(secretBytes).toString('base64url')
    const row: Row = {
      code,
      kind,
      address,
      since: nowMs(),
      admission: undefined,
      secretHash: hashOf(secret),
      until: monotonicMs() + settings.codeLifeMs,
    }
    this.#rows = [...this.#rows.filter((one) => one !== gives), row]
    return { code, secret, forMs: settings.codeLifeMs }
  }

  bySecret(secret: string) {
    const hash = hashOf(secret)
    const row = this.#living().find(({ secretHash }) => isSame(secretHash, hash))
    return row && { ...row, forMs: Math.ceil(row.until - this.#parts.monotonicMs()) }
  }

  byCode(code: string): WaitingPage | undefined {
    const typed = hashOf(code)
    return this.#living().find((row) => isSame(hashOf(row.code), typed))
  }

  waiting(): readonly WaitingPage[] {
    return this.#living().filter(({ admission }) => admission === undefined)
  }

  admitted(device: string): WaitingPage | undefined {
    return this.#living().find(({ admission }) => admission?.device === device)
  }

  admit(code: string, admission: Admission, lifeMs: number): boolean {
    const row = this.#living().find((one) => one.code === code)
    if (row === undefined) return false
    const until = this.#parts.monotonicMs() + lifeMs
    this.#rows = this.#rows
      .filter((one) => one === row || one.admission?.device !== admission.device)
      .map((one) => (one === row ? { ...one, admission, until } : one))
    return true
  }

  #living(): readonly Row[] {
    const now = this.#parts.monotonicMs()
    if (this.#rows.some(({ until }) => until <= now))
      this.#rows = this.#rows.filter(({ until }) => until > now)
    return this.#rows
  }
}

export const createCodeBook = (parts: CodeBookParts): CodeBook => new MemoryCodeBook(parts)
