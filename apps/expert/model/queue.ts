/** Who waits for an expert, and how well the desk keeps up: what the team lead looks at first. */
import type { LiveCall, LiveExpert } from '#protocol/desk/live/call-rows.ts'

const waits: ReadonlySet<LiveCall['state']> = new Set(['waiting', 'ringing'])

/** Longest first. */
export const waitingOf = (calls: readonly LiveCall[]): readonly LiveCall[] =>
  calls.filter(({ state }) => waits.has(state)).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))

export interface Level {
  readonly within: number
  /** Answered, or past the time without an answer: who waits for less has been neither yet. */
  readonly counted: number
  /** null: nothing to count. */
  readonly share: number | null
}

/** Of the calls that the page knows: open ones, and those of the last minutes. Who gave up in time counts for nobody. */
export const levelOf = (calls: readonly LiveCall[], now: number, withinMs: number): Level => {
  const known = calls.flatMap(({ at, answeredAt, state, since }) => {
    if (answeredAt !== null) return [answeredAt - at <= withinMs]
    const waitedMs = (state === 'ended' ? since : now) - at
    return waitedMs > withinMs ? [false] : []
  })
  const within = known.filter((isIn) => isIn).length
  return { within, counted: known.length, share: known.length === 0 ? null : within / known.length }
}

export const standings = ['free', 'busy', 'paused', 'gone'] as const
export type Standing = (typeof standings)[number]

export const standingOf = ({ presence, online, call }: LiveExpert): Standing => {
  if (call !== null) return 'busy'
  if (!online || presence === 'offline') return 'gone'
  return presence === 'available' ? 'free' : 'paused'
}

const ranks: Readonly<Record<Standing, number>> = { free: 0, busy: 1, paused: 2, gone: 3 }

/** Whoever can take a call now stands first. */
export const teamOf = (experts: readonly LiveExpert[]): readonly LiveExpert[] =>
  [...experts].sort((a, b) => ranks[standingOf(a)] - ranks[standingOf(b)] || (a.id < b.id ? -1 : 1))
