/**
 * A simulated Xibo player: it hears what the CMS pushes to it, shows a layout, reports which, and keeps the proof of play
 * until it can hand it in.
 */

/** What the CMS pushes over its message relay, as its documentation and its own player library name the fields. */
export interface Frame {
  readonly action: string
  readonly createdDt: string
  /** Seconds. */
  readonly ttl: number
  readonly layoutId?: number
  readonly duration?: number
  readonly downloadRequired?: boolean
  readonly changeMode?: string
  readonly commandCode?: string
  readonly criteriaUpdates?: readonly {
    readonly metric: string
    readonly value: string
    readonly ttl: number
  }[]
}

export interface PlayedLayout {
  readonly layoutId: number
  readonly fromMs: number
  readonly toMs: number
}

export interface PlayerParts {
  /** What its schedule says without criteria. */
  readonly ownLayout: number
  readonly reportsAfterMs: number
  readonly nowMs: () => number
  /** Criterion `metric=value` → the layout that the schedule then shows. */
  readonly schedule: Readonly<Record<string, number>>
  readonly onReport: (layoutId: number) => void
  readonly onPlays: (plays: readonly PlayedLayout[]) => void
}

type Timer = ReturnType<typeof setTimeout>

export class SimulatedPlayer {
  /** Faults of a player: it hears, and shows nothing of it; it never says what it shows. */
  deaf = false
  silent = false
  isOnline = true
  readonly frames: Frame[] = []
  readonly criteria = new Map<string, { value: string; until: number }>()
  readonly #parts: PlayerParts
  readonly #timers = new Set<Timer>()
  #changed: number | undefined
  #overlay: PlayedLayout | undefined
  #shownSince: number
  #shown: number
  #queued: Frame[] = []
  #changeTimer: Timer | undefined
  #plays: PlayedLayout[] = []

  constructor(parts: PlayerParts) {
    this.#parts = parts
    this.#shown = parts.ownLayout
    this.#shownSince = parts.nowMs()
  }

  shows = (): number => this.#shown
  overlay = (): number | undefined => this.#overlay?.layoutId

  hear(frame: Frame) {
    if (!this.isOnline) return
    this.frames.push(frame)
    if (this.deaf) return
    if (frame.action === 'changeLayout') this.#change(frame)
    else if (frame.action === 'overlayLayout') this.#overlayWith(frame)
    else if (frame.action === 'revertToSchedule') this.#revert()
    else if (frame.action === 'criteriaUpdate') this.#learn(frame)
  }

  /** Comes back: what it kept is handed in now. */
  setOnline(isOnline: boolean) {
    this.isOnline = isOnline
    if (!isOnline) return
    this.#report()
    this.handIn()
  }

  /** Somebody on the spot, or another action. */
  put(layoutId: number) {
    this.#changed = layoutId
    this.#turnTo(layoutId)
  }

  handIn() {
    if (!this.isOnline || this.#plays.length === 0) return
    this.#parts.onPlays(this.#plays)
    this.#plays = []
  }

  end() {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #change(frame: Frame) {
    if (frame.changeMode === 'queue' && this.#changed !== undefined) {
      this.#queued.push(frame)
      return
    }
    this.#stop(this.#changeTimer)
    this.#changed = frame.layoutId
    this.#turnTo(frame.layoutId ?? this.#parts.ownLayout)
    const { duration = 0 } = frame
    if (duration > 0)
      this.#changeTimer = this.#after(duration * 1_000, () => {
        this.#changed = undefined
        const next = this.#queued.shift()
        if (next === undefined) this.#turnTo(this.#scheduled())
        else this.#change(next)
      })
  }

  #overlayWith({ layoutId = 0, duration = 0 }: Frame) {
    this.#endOverlay()
    const fromMs = this.#parts.nowMs()
    this.#overlay = { layoutId, fromMs, toMs: fromMs + duration * 1_000 }
    const mine = this.#overlay
    this.#after(duration * 1_000, () => {
      if (this.#overlay === mine) this.#endOverlay()
    })
  }

  #endOverlay() {
    if (this.#overlay !== undefined) this.#played({ ...this.#overlay, toMs: this.#parts.nowMs() })
    this.#overlay = undefined
  }

  #revert() {
    this.#stop(this.#changeTimer)
    this.#queued = []
    this.#changed = undefined
    this.#endOverlay()
    this.#turnTo(this.#scheduled())
  }

  #learn({ criteriaUpdates = [] }: Frame) {
    for (const { metric, value, ttl } of criteriaUpdates) {
      this.criteria.set(metric, { value, until: this.#parts.nowMs() + ttl * 1_000 })
      this.#after(ttl * 1_000, () => this.#reconsider())
    }
    this.#reconsider()
  }

  #reconsider() {
    if (this.#changed === undefined) this.#turnTo(this.#scheduled())
  }

  #scheduled() {
    for (const [metric, { value, until }] of this.criteria) {
      const layout = this.#parts.schedule[`${metric}=${value}`]
      if (layout !== undefined && until > this.#parts.nowMs()) return layout
    }
    return this.#parts.ownLayout
  }

  #turnTo(layoutId: number) {
    if (layoutId === this.#shown) return
    const nowMs = this.#parts.nowMs()
    this.#played({ layoutId: this.#shown, fromMs: this.#shownSince, toMs: nowMs })
    this.#shown = layoutId
    this.#shownSince = nowMs
    this.#after(this.#parts.reportsAfterMs, () => this.#report())
  }

  #report() {
    if (this.isOnline && !this.silent) this.#parts.onReport(this.#shown)
  }

  #played(play: PlayedLayout) {
    this.#plays.push(play)
    this.#after(this.#parts.reportsAfterMs, () => this.handIn())
  }

  #stop(timer: Timer | undefined) {
    if (timer === undefined) return
    clearTimeout(timer)
    this.#timers.delete(timer)
  }

  #after(ms: number, call: () => void): Timer {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      call()
    }, ms)
    this.#timers.add(timer)
    return timer
  }
}
