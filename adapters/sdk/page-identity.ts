/**
 * Who a page is to the hub: enrolled once with a claim code, like every device, and from then on signed in with a proof
 * of its key. It can be closed while it waits for approval, and needs no code at its next start.
 */
import { UsherError } from '#protocol/errors.ts'
import { challengePath, proofUser, webSocketPath } from '#protocol/key-proof.ts'
import { Credential } from '#protocol/messages.ts'
import { clientId } from '#protocol/topics.ts'
import { converse } from './conversation.ts'
import { validityOf } from './der.ts'
import type { MqttAddress } from './mqtt-line.ts'
import { makePageKeys, type PageKeys, proofWith, requestWith } from './page-keys.ts'
import type { PageStore } from './page-store.ts'
import { createPageTransport } from './page-transport.ts'
import type { Log } from './ports.ts'
import type { Renewal } from './renewal.ts'

/** Asked for a claim code when one is needed; `refused`: the one before was not accepted. */
export type ClaimCode = string | ((why: 'needed' | 'refused') => Promise<string>)

export interface PageIdentityParts {
  /** `wss://…` or, on the hub's own machine, `ws://…`. */
  readonly broker: string
  readonly branch: string
  readonly device: string
  readonly claim: ClaimCode
  readonly store: PageStore
  /** Ends the waiting for staff. */
  readonly signal?: AbortSignal
  readonly log: Log
}

export interface PageIdentity {
  readonly renewal: Renewal
  /** With a fresh proof. */
  address(): Promise<MqttAddress>
  /** Asks the hub whether it still knows this key. @throws UsherError `adapter.enrolment` when it does not */
  confirm(): Promise<void>
}

interface Kept {
  readonly keys: PageKeys
  readonly request: string
  /** The claim code is spent. */
  readonly presented: boolean
  readonly certificate?: string | undefined
  /** The hub turned this key away: asked once more at the next start, then a new claim code is needed. */
  readonly refused?: boolean
}

const challengeWithinMs = 10_000

const brokerUrl = (broker: string): URL => {
  const url = new URL(broker)
  if (url.pathname === '/') url.pathname = webSocketPath
  return url
}

const fetchChallenge = async (broker: URL): Promise<string> => {
  const { host, protocol } = broker
  const url = `${protocol === 'wss:' ? 'https' : 'http'}://${host}${challengePath}`
  // `AbortSignal.timeout` is younger than the browsers of many a screen.
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Error('No challenge came in time.')), challengeWithinMs)
  try {
    const answer = await fetch(url, { cache: 'no-store', credentials: 'omit', signal: late.signal })
    if (!answer.ok)
      throw new Error(`No challenge from ${url}: ${answer.status} ${(await answer.text()).trim()}`)
    return await answer.text()
  } finally {
    clearTimeout(timer)
  }
}

const isRefusal = (error: unknown) => error instanceof UsherError && error.code === 'adapter.enrolment'

/** @throws UsherError `adapter.enrolment` when there is neither an approved key nor a good claim code */
export const openPageIdentity = async (parts: PageIdentityParts): Promise<PageIdentity> => {
  const identity = new KeyIdentity(parts)
  await identity.open()
  return identity
}

class KeyIdentity implements PageIdentity {
  readonly #parts: PageIdentityParts
  readonly #broker: URL
  readonly #name: string
  #kept: Kept | undefined

  constructor(parts: PageIdentityParts) {
    this.#parts = parts
    this.#broker = brokerUrl(parts.broker)
    this.#name = clientId(parts.branch, parts.device)
  }

  readonly renewal: Renewal = {
    due: (nowMs) => {
      const { certificate, request } = this.#known()
      if (certificate === undefined) return request
      const { from, to } = validityOf(certificate)
      return nowMs > to - (to - from) / 3 ? request : undefined
    },
    take: (payload) => {
      const { certificate } = Credential.parse(JSON.parse(payload))
      if (certificate === this.#known().certificate) return false
      this.#keep({ certificate }).catch((error: unknown) =>
        this.#parts.log.error('the new certificate could not be kept', { error: String(error) }),
      )
      return true
    },
  }

  async open() {
    this.#kept = (await this.#parts.store.get(this.#key())) as Kept | undefined
    if (this.#kept?.certificate !== undefined && this.#kept.refused !== true) return
    if (this.#kept?.presented === true) {
      try {
        await this.confirm()
        return
      } catch (error) {
        if (!isRefusal(error)) throw error
        this.#parts.log.warn('the hub does not know this key any more: a new claim code is needed')
        this.#kept = undefined
      }
    }
    await this.#claim()
  }

  async address() {
    const { keys } = this.#known()
    const password = await proofWith(keys, this.#name, await fetchChallenge(this.#broker))
    return { url: this.#broker.href, username: proofUser, password }
  }

  async confirm() {
    try {
      await this.#awaitApproval()
    } catch (error) {
      if (!isRefusal(error)) throw error
      // A challenge of a hub that was started anew meanwhile is refused as well: only a second no is a no.
      await this.#awaitApproval().catch(async (again: unknown) => {
        if (isRefusal(again)) await this.#keep({ refused: true })
        throw again
      })
    }
  }

  #key = () => `identity/${this.#name}`

  #known(): Kept {
    if (this.#kept === undefined) throw new UsherError('adapter.enrolment', 'There is no key yet.')
    return this.#kept
  }

  async #keep(news: Partial<Kept>) {
    this.#kept = { ...this.#known(), ...news }
    await this.#parts.store.put(this.#key(), this.#kept)
  }

  /** With a key that is on the disk before the hub hears of it. */
  async #claim() {
    const { claim, log } = this.#parts
    const keys = this.#kept?.keys ?? (await makePageKeys())
    this.#kept = { keys, request: await requestWith(keys, this.#name), presented: false }
    await this.#keep({})
    for (let why: 'needed' | 'refused' = 'needed'; ; why = 'refused') {
      try {
        await this.#present(typeof claim === 'string' ? claim : await claim(why))
        break
      } catch (error) {
        if (typeof claim === 'string' || !isRefusal(error)) throw error
        log.warn('the claim code was not accepted')
      }
    }
    if (this.#known().certificate === undefined) await this.confirm()
  }

  async #present(code: string) {
    const { log } = this.#parts
    let isPresented = false
    await this.#converse({
      address: { url: this.#broker.href, username: 'enrol', password: code.trim() },
      presented: () => {
        isPresented = true
        log.info('the claim code is accepted, and staff are asked to approve this device')
        this.#keep({ presented: true }).catch((error: unknown) =>
          log.error('that the claim code is spent could not be kept', { error: String(error) }),
        )
      },
      mayEnd: () => isPresented,
    })
  }

  /** Asks with the key it asked with, until staff have approved. */
  #awaitApproval = () =>
    this.#converse({ address: () => this.address(), presented: () => {}, mayEnd: () => false })

  async #converse(how: Pick<Parameters<typeof converse>[0], 'address' | 'presented' | 'mayEnd'>) {
    const { branch, device, signal, log } = this.#parts
    const credential = await converse({
      ...(signal !== undefined && { signal }),
      line: createPageTransport,
      branch,
      device,
      request: () => this.#known().request,
      onTrouble: (reason) => log.warn('the enrolment waits', { reason }),
      ...how,
    })
    if (credential !== undefined)
      await this.#keep({ certificate: credential.certificate, presented: true, refused: false })
  }
}
