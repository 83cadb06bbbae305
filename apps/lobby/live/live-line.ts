/** Brings what the hub says into the tables, sees gaps and silence, and asks anew from where the page stands. */
import { type FromHub, fromHub, type LivePositions, liveVersion } from '#protocol/desk/live/line.ts'
import type { ConnectionStore, HubClock } from './connection.ts'
import type { Outbox } from './outbox.ts'
import type { Tables } from './tables.ts'
import type { Wire } from './wire.ts'

/** The hub says something every two seconds; after this much silence the line is dead, whatever it looks like. */
export const silenceMs = 6_500
/** A hub whose answers cannot be read, or do not fit, is not asked again without a breath. */
export const breathMs = 3_000

export interface LineParts {
  readonly wire: Wire
  readonly tables: Tables
  readonly outbox: Outbox
  readonly connection: ConnectionStore
  readonly clock: HubClock
  readonly onPositions: (positions: LivePositions) => void
  /** The page can do nothing more here: it is signed out, or of another version. */
  readonly onOver: (why: 'sign-in' | 'signed-out' | 'role' | 'version') => void
  /** Calls once after so many ms. @returns how to take it back */
  readonly after: (ms: number, call: () => void) => () => void
}

class LiveLine {
  readonly #parts: LineParts
  #stopWatch: (() => void) | undefined
  /** Asked anew, and nothing that fits has come since. */
  #isAsked = false
  #stopBreath: (() => void) | undefined

  constructor(parts: LineParts) {
    this.#parts = parts
  }

  start() {
    const { wire, tables } = this.#parts
    wire.onOpen(() => this.#heard())
    wire.onClosed(() => this.#lost())
    wire.onRefused((code) => {
      this.#lost()
      if (code === 'sign-in.needed') this.#parts.onOver('sign-in')
      if (code === 'role.missing') this.#parts.onOver('role')
      // It does not take what this page says of itself.
      if (code === 'request.invalid') this.#parts.onOver('version')
    })
    wire.onMessage((name, data) => this.#take(name, data))
    wire.start(() => {
      const have = tables.have()
      return { version: liveVersion, ...(have !== undefined && { have }) }
    })
  }

  #take(name: keyof FromHub, data: unknown) {
    const read = fromHub[name].safeParse(data)
    // What it cannot read, it has missed.
    if (!read.success) return this.#again()
    this.#heard()
    switch (name) {
      case 'snapshot': {
        const snapshot = read.data as Parameters<FromHub['snapshot']>[0]
        this.#parts.tables.takeSnapshot(snapshot)
        return this.#isFresh(snapshot.at)
      }
      case 'delta': {
        const delta = read.data as Parameters<FromHub['delta']>[0]
        if (this.#parts.tables.takeDelta(delta) === 'gap') return this.#again()
        return this.#isFresh(delta.at)
      }
      case 'beat': {
        const { at, n } = read.data as Parameters<FromHub['beat']>[0]
        const have = this.#parts.tables.have()
        if (have !== undefined && have.n < n) return this.#again()
        return have === undefined ? undefined : this.#isFresh(at)
      }
      case 'positions':
        return this.#parts.onPositions(read.data as LivePositions)
      case 'over':
        return this.#over((read.data as Parameters<FromHub['over']>[0]).why)
    }
  }

  #again() {
    const { wire, after } = this.#parts
    if (!this.#isAsked) {
      this.#isAsked = true
      return wire.again()
    }
    this.#stopBreath ??= after(breathMs, () => {
      this.#stopBreath = undefined
      wire.again()
    })
  }

  #isFresh(at: number) {
    const { clock, connection, outbox } = this.#parts
    this.#isAsked = false
    this.#stopBreath?.()
    this.#stopBreath = undefined
    clock.set(at)
    if (connection.get().state !== 'live') outbox.open()
    connection.fresh(at)
    outbox.shown(at)
  }

  #over(why: Parameters<FromHub['over']>[0]['why']) {
    if (why === 'stopping') return
    this.#parts.onOver(why === 'version' || why === 'signed-out' ? why : 'sign-in')
  }

  #heard() {
    this.#stopWatch?.()
    this.#stopWatch = this.#parts.after(silenceMs, () => {
      this.#lost()
      this.#parts.wire.again()
    })
  }

  #lost() {
    this.#stopWatch?.()
    this.#stopWatch = undefined
    this.#parts.outbox.close()
    this.#parts.connection.lost()
  }
}

export const startLiveLine = (parts: LineParts): void => new LiveLine(parts).start()
