/**
 * From a page to a device of the branch, and there again whenever it is turned away. It asks for ever: a page on a wall
 * has nobody beside it.
 */
import { z } from 'zod'
import type { Adapter, PageOptions, RunningAdapter } from '#adapters/sdk/browser.ts'
import { type PageKind, pairingRoutes } from '#protocol/desk/pairing-routes.ts'
import type { Ask, Door } from './ask.ts'
import type { Kept } from './kept.ts'
import { pair } from './pairing.ts'
import type { Patience } from './patience.ts'

/** What the page shows while it is not (or not yet) a device of the branch; it plays on meanwhile. */
export type Joining =
  | { readonly at: 'looking' }
  /** No hub answers; asked again and again. */
  | { readonly at: 'no-hub' }
  /** The hub lets no pages in. */
  | { readonly at: 'door-closed' }
  /** Somebody types these six characters at the desk. */
  | { readonly at: 'pairing'; readonly code: string }
  /** Another page of this browser is the device. */
  | { readonly at: 'elsewhere' }
  | { readonly at: 'joined'; readonly device: string; readonly branch: string }

export interface JoiningParts {
  readonly kind: PageKind
  readonly adapter: Adapter
  readonly onJoining: (joining: Joining) => void
  /** The device that the address of the page names; only where the hub takes a page by its word. */
  readonly named: string | undefined
  readonly ask: Ask
  readonly kept: Kept
  readonly patience: Patience
  readonly brokerOf: (door: Door) => string | undefined
  readonly run: (adapter: Adapter, options: PageOptions) => Promise<RunningAdapter>
  /** Troubles that nobody sees otherwise. */
  readonly complain: (text: string) => void
}

/** Which device this page is; with claim and secret while it is on its way to be it. */
const Self = z.object({
  branch: z.string(),
  device: z.string(),
  claim: z.string().optional(),
  secret: z.string().optional(),
})
type Self = z.infer<typeof Self>

/** The hub does not know this page as a device (any more): it begins anew, with a code. */
class Stranger extends Error {}

/** A hub that is started anew has forgotten whom it let in: so often in a row it says so before it is believed. */
const forgottenTimes = 4
const lookAgainMs = 2_000
const doorClosedMs = 15_000

interface Found {
  readonly door: Door
  /** As it was: the hub does not answer now. */
  readonly isOld: boolean
}

export class Joiner {
  readonly #parts: JoiningParts
  readonly #key: string
  #running: RunningAdapter | undefined
  #isEnded = false
  #first: { resolve: (running: RunningAdapter) => void; reject: (error: unknown) => void } | undefined
  #endTurn: () => void = () => {}

  constructor(parts: JoiningParts) {
    this.#parts = parts
    this.#key = parts.named === undefined ? parts.kind : `${parts.kind}/${parts.named}`
  }

  /** @returns the device, whichever it is from time to time. @throws UsherError `adapter.config` */
  join(): Promise<RunningAdapter> {
    const joined = new Promise<RunningAdapter>((resolve, reject) => {
      this.#first = { resolve, reject }
    })
    void this.#keepJoining()
    return joined
  }

  async #keepJoining() {
    const { patience, complain } = this.#parts
    while (!this.#isEnded) {
      try {
        await this.#joinOnce()
        patience.isWell()
      } catch (error) {
        // No settings of its own make it a device: whoever wrote the page has to know.
        if (codeOf(error) === 'adapter.config') {
          this.#first?.reject(error)
          return
        }
        complain(`not joined: ${error instanceof Error ? error.message : String(error)}`)
      }
      if (!this.#isEnded) await patience.afterTrouble()
    }
  }

  /** Over when the page is turned away, or has to look for the hub again. */
  async #joinOnce() {
    const { named, onJoining, patience, brokerOf } = this.#parts
    const self = await this.#self()
    const { door, isOld } = await this.#door(self)
    const broker = brokerOf(door)
    if (broker === undefined) {
      onJoining({ at: 'door-closed' })
      await patience.pause(doorClosedMs)
      return
    }
    if (named !== undefined && door.byName) {
      await this.#be({ branch: door.branch, device: named }, { broker, isOld, isByName: true })
      return
    }
    const known = self?.branch === door.branch ? self : await this.#pair(door)
    try {
      await this.#be(known, { broker, isOld, isByName: false })
    } catch (error) {
      if (!(error instanceof Stranger)) throw error
      await this.#forget()
    }
  }

  async #self(): Promise<Self | undefined> {
    const known = Self.safeParse(await this.#parts.kept.get(`self/${this.#key}`))
    return known.success ? known.data : undefined
  }

  async #forget() {
    await this.#parts.kept.put(`self/${this.#key}`, undefined)
    await this.#parts.kept.put(`code/${this.#key}`, undefined)
  }

  /** The last answer will do for who knows which device it is, while the hub is away. */
  async #door(self: Self | undefined): Promise<Found> {
    const { ask, kept, named, patience, onJoining } = this.#parts
    for (;;) {
      try {
        const door = await ask('door', {})
        await kept.put('door', door)
        patience.isWell()
        return { door, isOld: false }
      } catch {
        const last = (pairingRoutes.door.response as z.ZodType<Door>).safeParse(await kept.get('door'))
        const mayGoOn = last.success && (self !== undefined || (named !== undefined && last.data.byName))
        if (mayGoOn) return { door: last.data, isOld: true }
        onJoining({ at: 'no-hub' })
        await patience.afterTrouble()
      }
    }
  }

  async #pair({ branch }: Door): Promise<Self> {
    const { kind, ask, kept, patience, onJoining } = this.#parts
    const admitted = await pair({
      kind,
      ask,
      kept,
      key: `code/${this.#key}`,
      patience,
      onCode: (code) => onJoining({ at: 'pairing', code }),
      onNoHub: () => onJoining({ at: 'no-hub' }),
    })
    const self = { branch, ...admitted }
    await kept.put(`self/${this.#key}`, self)
    return self
  }

  /** @throws Stranger */
  async #be(self: Self, how: { broker: string; isOld: boolean; isByName: boolean }) {
    const { onJoining, kept } = this.#parts
    const { branch, device } = self
    let onStranger: (error: Stranger) => void = () => {}
    const turn = new Promise<void>((resolve, reject) => {
      this.#endTurn = resolve
      onStranger = reject
    })
    // It may end before anybody waits for its end.
    turn.catch(() => {})
    const running = await this.#run(self, how, onStranger)
    this.#running = running
    if (self.claim !== undefined) await kept.put(`self/${this.#key}`, { branch, device })
    if (!how.isByName) await kept.put(`code/${this.#key}`, undefined)
    onJoining({ at: 'joined', device, branch })
    this.#first?.resolve(this.#facade(running))
    if (how.isOld) void this.#lookForHub(how.broker)
    await turn
  }

  async #run(
    self: Self,
    { broker, isByName }: { broker: string; isByName: boolean },
    onStranger: (error: Stranger) => void,
  ): Promise<RunningAdapter> {
    const { adapter, run, onJoining } = this.#parts
    const { branch, device, claim, secret } = self
    if (isByName) return await run(adapter, { broker, branch, device })
    const enrolling = { isOver: false, abort: new AbortController() }
    if (claim !== undefined) onJoining({ at: 'looking' })
    if (secret !== undefined) void this.#watchAdmission(secret, enrolling)
    try {
      return await run(adapter, {
        broker,
        branch,
        device,
        signal: enrolling.abort.signal,
        claim: (why) =>
          why === 'needed' && claim !== undefined
            ? Promise.resolve(claim)
            : Promise.reject(new Stranger('a code is needed')),
        onTurnedAway: (reason) => onStranger(new Stranger(reason)),
      })
    } finally {
      enrolling.isOver = true
    }
  }

  /** While it waits to be approved: a hub that has forgotten the yes will not say it again. */
  async #watchAdmission(secret: string, enrolling: { isOver: boolean; abort: AbortController }) {
    const { ask, patience } = this.#parts
    for (let forgotten = 0; forgotten < forgottenTimes; ) {
      await patience.pause(lookAgainMs)
      const said = await ask('followPairing', { secret }).catch(() => undefined)
      if (enrolling.isOver) return
      if (said !== undefined) forgotten = said.state === 'over' ? forgotten + 1 : 0
    }
    enrolling.abort.abort(new Stranger('the hub has forgotten that it was let in'))
  }

  /** Started where the hub was last: it may be elsewhere now. */
  async #lookForHub(broker: string) {
    const { brokerOf, ask, kept, patience } = this.#parts
    const running = this.#running
    while (!this.#isEnded && this.#running === running) {
      try {
        const door = await ask('door', {})
        await kept.put('door', door)
        if (brokerOf(door) === broker || this.#running !== running) return
        await running?.stop()
        this.#endTurn()
        return
      } catch {
        await patience.afterTrouble()
      }
    }
  }

  #facade(first: RunningAdapter): RunningAdapter {
    const now = () => this.#running ?? first
    return {
      ready: first.ready,
      stop: async () => {
        this.#isEnded = true
        await now().stop()
        this.#endTurn()
      },
      die: () => {
        this.#isEnded = true
        now().die()
        this.#endTurn()
      },
      counts: () => now().counts(),
      unacknowledged: () => now().unacknowledged(),
    }
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
