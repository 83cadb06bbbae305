/** Calls with experts as figures count them: who was answered, how soon, and what became of the others; all, and by group. */
import type { DecisionRecord } from '../engine/turn.ts'

export interface CallFigures {
  readonly calls: number
  readonly answered: number
  /** Answered within the time of the service level. */
  readonly within: number
  /** Of those answered, that nobody answered, or that waited longer: who gave up sooner counts for nobody. null: there are none. */
  readonly level: number | null
  /** Called off before anybody had accepted. */
  readonly abandoned: number
  readonly unanswered: number
  /** Until somebody accepted. null: nobody has. */
  readonly waitMs: number | null
  /** From accepting to the end, with all experts of a call together. */
  readonly talkMs: number | null
  readonly wrapUpMs: number | null
}

export interface CallsOfDay extends CallFigures {
  /** By the group that was asked, or of whoever accepted first. */
  readonly groups: Readonly<Record<string, CallFigures>>
}

interface Seen {
  readonly at: number
  readonly withinMs: number
  group: string | null
  answeredAt: number | null
  hungUpAt: number | null
  endedAt: number | null
  outcome: string | null
}

/** Where a day was recorded before the time of the level was told with each call. */
const usualWithinMs = 20_000

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round(values.reduce((sum, one) => sum + one, 0) / values.length)

const between = (from: number | null, to: number | null): readonly number[] =>
  from === null || to === null ? [] : [to - from]

const figuresOf = (calls: readonly Seen[], at: number): CallFigures => {
  const answered = calls.filter(({ answeredAt }) => answeredAt !== null)
  const waits = answered.flatMap((call) => between(call.at, call.answeredAt))
  const within = answered.filter((call) => (call.answeredAt ?? 0) - call.at <= call.withinMs).length
  const open = calls.filter(({ answeredAt }) => answeredAt === null)
  const isLate = (call: Seen) =>
    call.outcome === 'unanswered' || (call.endedAt ?? at) - call.at > call.withinMs
  const late = open.filter(isLate).length
  const counted = answered.length + late
  const endedAs = (outcome: string) => open.filter((call) => call.outcome === outcome).length
  const unanswered = endedAs('unanswered')
  return {
    calls: calls.length,
    answered: answered.length,
    within,
    level: counted === 0 ? null : within / counted,
    abandoned: open.filter(({ endedAt }) => endedAt !== null).length - unanswered,
    unanswered,
    waitMs: mean(waits),
    talkMs: mean(answered.flatMap((call) => between(call.answeredAt, call.hungUpAt ?? call.endedAt))),
    wrapUpMs: mean(answered.flatMap((call) => between(call.hungUpAt, call.endedAt))),
  }
}

export class CallBook {
  readonly #calls = new Map<string, Seen>()

  note({ kind, code, params = {} }: DecisionRecord, at: number): void {
    if (kind !== 'call') return
    const id = String(params['call'])
    const group = typeof params['group'] === 'string' ? params['group'] : null
    if (code === 'call.requested') {
      const withinMs = Number(params['withinMs'] ?? usualWithinMs)
      const blank = { answeredAt: null, hungUpAt: null, endedAt: null, outcome: null }
      this.#calls.set(id, { ...blank, at, withinMs, group })
      return
    }
    const call = this.#calls.get(id)
    if (call === undefined) return
    if (code === 'call.moved') call.group = group
    if (code === 'call.accepted') {
      call.answeredAt ??= at
      call.group ??= group
    }
    if (code === 'call.hung-up') call.hungUpAt ??= at
    if (code !== 'call.ended') return
    call.endedAt = at
    call.outcome = String(params['outcome'])
  }

  /** As of a moment: what came later is not known yet. */
  figures(at: number): CallsOfDay {
    const until = (time: number | null) => (time !== null && time <= at ? time : null)
    const seen = [...this.#calls.values()]
      .filter((call) => call.at <= at)
      .map((call) => ({
        ...call,
        answeredAt: until(call.answeredAt),
        hungUpAt: until(call.hungUpAt),
        endedAt: until(call.endedAt),
        outcome: until(call.endedAt) === null ? null : call.outcome,
      }))
    const byGroup = Map.groupBy(seen, ({ group }) => group ?? '')
    const groups = [...byGroup]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, calls]) => [group, figuresOf(calls, at)])
    return { ...figuresOf(seen, at), groups: Object.fromEntries(groups) }
  }
}
