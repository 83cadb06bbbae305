/**
 * One adapter under care: started, watched (does it answer, how much memory does it take), started again when it falls,
 * and left alone when it falls again and again. It knows processes only by their port, and time only by its clock.
 */
import type { Clock } from '#hub/engine/hub-time.ts'
import { type ErrorCode, UsherError } from '#protocol/errors.ts'
import type { Child, Launch, StartChild } from './child.ts'
import { waitBeforeNextMs } from './restarts.ts'

export type WardState = 'running' | 'waiting' | 'stopped' | 'ended'
export type Params = Readonly<Record<string, string | number>>

export interface WardFacts {
  readonly device: string
  readonly state: WardState
  readonly pid: number | null
  /** Wall time since when it is in this state. */
  readonly since: number
  readonly restarts: number
  /** Why it ended last, by code. */
  readonly lastCode: string | null
  readonly memoryMb: number | null
  readonly memoryMbMax: number
}

export interface WardParts {
  readonly device: string
  readonly memoryMb: number
  /** Read at each start. @throws UsherError where it cannot be started at all. */
  readonly launch: () => Launch
  readonly startChild: StartChild
  readonly clock: Clock
  readonly chance: () => number
  readonly onLine: (line: string, from: 'stdout' | 'stderr') => void
  /** `code` null: it runs well again. */
  readonly onHealth: (code: ErrorCode | null, params: Params) => void
  readonly onChange: (facts: WardFacts) => void
}

export interface Ward {
  start(): void
  /** Also one that is not started any more; its crashes are forgotten. Not after `stop`: then the hub ends. */
  restart(): void
  stop(): Promise<void>
  facts(): WardFacts
}

/** Memory is looked at so often that one that allocates without end has taken little more than its limit. */
const lookEveryMs = 250
const looksPerPing = 12
/** So many questions in a row without an answer: 15 s. Counted, not timed: when this process stands still, so does the count. */
const unansweredMax = 5
/** So long without a fall, and what was is forgotten. */
const wellAfterMs = 60_000
const endWithinMs = 5_000
/** What the SDK ends with when its settings do not fit: another try would say the same. */
const exitBadSettings = 2

export const createWard = (parts: WardParts): Ward => new WatchedWard(parts)

class WatchedWard implements Ward {
  readonly #parts: WardParts
  #state: WardState = 'ended'
  #since: number
  #child: Child | undefined
  #why: { readonly code: ErrorCode; readonly params: Params } | undefined
  #lastCode: string | null = null
  #isTroubled = false
  #restarts = 0
  #crashesAt: number[] = []
  #looks = 0
  #unanswered = 0
  #wanted: 'running' | 'again' | 'ended' = 'running'
  readonly #cancels = new Set<() => void>()
  #onEnded: () => void = () => undefined
  #stopping: Promise<void> | undefined

  constructor(parts: WardParts) {
    this.#parts = parts
    this.#since = parts.clock.wallMs()
  }

  start() {
    if (this.#child !== undefined) return
    this.#clearTimers()
    this.#wanted = 'running'
    this.#unanswered = 0
    this.#looks = 0
    try {
      this.#child = this.#begin()
    } catch (error) {
      if (error instanceof UsherError) return this.#giveUp(error.code, { text: error.detail ?? '' })
      // A full disk, no more processes: nothing that should take the hub along, and it may pass.
      return this.#fell('adapter.crashed', { text: String(error) })
    }
    this.#enter('running')
    this.#later(lookEveryMs, () => this.#look())
    this.#later(wellAfterMs, () => this.#isWell())
  }

  restart() {
    if (this.#stopping !== undefined) return
    this.#crashesAt = []
    if (this.#child === undefined) {
      this.start()
      return
    }
    this.#wanted = 'again'
    this.#askToEnd(this.#child)
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  #stop(): Promise<void> {
    this.#wanted = 'ended'
    const child = this.#child
    if (child === undefined) {
      this.#clearTimers()
      this.#enter('ended')
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      this.#onEnded = resolve
      this.#askToEnd(child)
    })
  }

  facts(): WardFacts {
    const { device, memoryMb } = this.#parts
    return {
      device,
      state: this.#state,
      pid: this.#child?.pid ?? null,
      since: this.#since,
      restarts: this.#restarts,
      lastCode: this.#lastCode,
      memoryMb: this.#child?.memoryMb() ?? null,
      memoryMbMax: memoryMb,
    }
  }

  #begin(): Child {
    const { launch, startChild, onLine } = this.#parts
    const child: Child = startChild(launch(), {
      onPong: () => {
        if (this.#child === child) this.#unanswered = 0
      },
      onLine,
      onExit: (how) => {
        if (this.#child === child) this.#ended(how)
      },
    })
    return child
  }

  #askToEnd(child: Child) {
    this.#clearTimers()
    child.end()
    this.#later(endWithinMs, () => child.kill())
  }

  #look() {
    const child = this.#child
    if (child === undefined) return
    this.#later(lookEveryMs, () => this.#look())
    const usedMb = child.memoryMb()
    const { memoryMb } = this.#parts
    if (usedMb !== undefined && usedMb > memoryMb)
      return this.#end(child, 'adapter.too-much-memory', { usedMb: Math.round(usedMb), memoryMb })
    this.#looks += 1
    if (this.#looks % looksPerPing !== 0) return
    if (this.#unanswered >= unansweredMax) return this.#end(child, 'adapter.silent', {})
    this.#unanswered += 1
    child.ping()
  }

  #end(child: Child, code: ErrorCode, params: Params) {
    this.#why = { code, params }
    this.#clearTimers()
    child.kill()
  }

  #ended({ code, signal }: { readonly code: number | null; readonly signal: string | null }) {
    const why = this.#why ?? {
      code: code === exitBadSettings ? ('adapter.refused-settings' as const) : ('adapter.crashed' as const),
      params: { ...(code !== null && { exitCode: code }), ...(signal !== null && { signal }) },
    }
    this.#why = undefined
    this.#child = undefined
    this.#clearTimers()
    if (this.#wanted === 'ended') {
      this.#enter('ended')
      this.#onEnded()
      return
    }
    if (this.#wanted === 'again') {
      this.#restarts += 1
      this.start()
      return
    }
    this.#fell(why.code, why.params)
  }

  #fell(code: ErrorCode, params: Params) {
    this.#lastCode = code
    if (code === 'adapter.refused-settings') return this.#giveUp(code, params)
    this.#crashesAt.push(this.#parts.clock.monotonicMs())
    const waitMs = waitBeforeNextMs(this.#crashesAt, this.#parts.chance())
    if (waitMs === undefined)
      return this.#giveUp('adapter.crash-loop', { crashes: this.#crashesAt.length, last: code })
    this.#isTroubled = true
    this.#enter('waiting')
    this.#parts.onHealth(code, params)
    this.#later(waitMs, () => {
      this.#restarts += 1
      this.start()
    })
  }

  #giveUp(code: ErrorCode, params: Params) {
    this.#lastCode = code
    this.#isTroubled = true
    this.#enter('stopped')
    this.#parts.onHealth(code, params)
  }

  #isWell() {
    this.#crashesAt = []
    if (!this.#isTroubled) return
    this.#isTroubled = false
    this.#parts.onHealth(null, {})
  }

  #enter(state: WardState) {
    this.#state = state
    this.#since = this.#parts.clock.wallMs()
    this.#parts.onChange(this.facts())
  }

  #later(ms: number, call: () => void) {
    const cancel = this.#parts.clock.after(ms, () => {
      this.#cancels.delete(cancel)
      call()
    })
    this.#cancels.add(cancel)
  }

  #clearTimers() {
    for (const cancel of this.#cancels) cancel()
    this.#cancels.clear()
  }
}
