/**
 * What a member will say to an offer in a run that never happened. Asked the same as on the recorded day, it answers as
 * it did then; otherwise one of its own answers of that day for that capability is drawn by a hash of seed and task, so
 * that two runs with the same seed get the same answer wherever they ask the same.
 */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { unitHash } from '#protocol/hash.ts'
import {
  type AnswerScript,
  type CancelReply,
  type HandScript,
  personPrefix,
  type RecordedAnswers,
  type Said,
  scriptKey,
} from './recorded-answers.ts'
import { taskKey } from './task-key.ts'

/** Where an answer came from: the same question that day, another one to the same member, one like it, or nowhere. */
export type AnswerSource = 'same' | 'drawn' | 'alike' | 'assumed'

export interface ChosenAnswer {
  readonly said: readonly Said[]
  /** What it says when the hub gives the attempt up, and when it is cancelled while at it. */
  readonly reply: CancelReply | undefined
  readonly cancelReply: CancelReply | undefined
  readonly source: AnswerSource
}

export interface AnswerChoice {
  /** @param nth how often this run has asked this member for the same before. */
  answer(task: TaskRow, member: string, nth: number): ChosenAnswer
  /** @param nth how often this run has made the same task before. */
  hands(task: TaskRow, nth: number): readonly HandScript[]
}

export interface AnswerChoiceParts {
  readonly recorded: RecordedAnswers
  readonly seed: string
  /** robot, screen, kiosk …; people are one kind. */
  readonly kindOf: (member: string) => string
}

const drawn = <T>(list: readonly T[] | undefined, share: number): T | undefined =>
  list?.[Math.floor(share * list.length)]

const said = (status: Said['status'], since: Said['since'], afterMs: number): Said => ({
  status,
  since,
  afterMs,
  rest: {},
})

/** Where nobody did anything like it that day: prompt and successful, and said to be assumed. */
const assumedByDevice = [
  said('accepted', 'offer', 300),
  said('started', 'start', 500),
  said('done', 'start', 8_000),
]
const assumedByPerson = [said('accepted', 'offer', 10_000), said('done', 'start', 60_000)]
const assumedCancel: CancelReply = { status: 'cancelled', afterMs: 300 }
const assumedConfirmMs = 10_000

const finals: ReadonlySet<Said['status']> = new Set(['done', 'failed', 'refused', 'not-started', 'cancelled'])

/** How long it went on for certain, or to its end; for ever where it never said that it was over. */
const lastedMs = ({ said: all, cut }: AnswerScript, since: Said['since']): number => {
  if (cut !== null)
    return cut.since === since ? cut.afterMs : since === 'offer' ? Number.POSITIVE_INFINITY : 0
  const last = all.findLast(({ status }) => finals.has(status))
  if (last === undefined) return Number.POSITIVE_INFINITY
  return last.since === since ? last.afterMs : since === 'offer' ? Number.POSITIVE_INFINITY : 0
}

/**
 * One that was cut goes on as another one went on that had lasted longer by then; where none did, it goes on until the
 * hub ends it.
 */
const complete = (own: AnswerScript, others: readonly AnswerScript[], share: number): readonly Said[] => {
  const { cut } = own
  if (cut === null) return own.said
  const { since, afterMs } = cut
  const longer = others.filter((other) => other.cut === null && lastedMs(other, since) > afterMs)
  const rest = drawn(longer, share)?.said ?? []
  return [
    ...own.said,
    ...rest.filter((one) =>
      one.since === since ? one.afterMs > afterMs : one.since === 'start' && since === 'offer',
    ),
  ]
}

/** Answers like the one asked for: of the same member and flow where there are any, else less and less alike. */
interface Pools {
  readonly levels: readonly {
    readonly source: AnswerSource
    readonly nameOf: (asked: Pick<AnswerScript, 'member' | 'capability' | 'flow'>) => string
    readonly scripts: ReadonlyMap<string, readonly AnswerScript[]>
  }[]
}

const poolsOf = ({ recorded, kindOf }: AnswerChoiceParts): Pools => {
  const all = [...recorded.scripts.values()].flat()
  const level = (source: AnswerSource, nameOf: Pools['levels'][number]['nameOf']) => ({
    source,
    nameOf,
    scripts: Map.groupBy(all, nameOf),
  })
  return {
    levels: [
      level('drawn', ({ member, capability, flow }) => `${member}|${capability}|${flow}`),
      level('drawn', ({ member, capability }) => `${member}|${capability}`),
      level('alike', ({ member, capability, flow }) => `${kindOf(member)}|${capability}|${flow}`),
      level('alike', ({ member, capability }) => `${kindOf(member)}|${capability}`),
    ],
  }
}

interface Pool {
  readonly source: AnswerSource
  readonly scripts: readonly AnswerScript[]
}

const poolFor = ({ levels }: Pools, asked: Pick<AnswerScript, 'member' | 'capability' | 'flow'>): Pool => {
  for (const { source, nameOf, scripts } of levels) {
    const found = scripts.get(nameOf(asked))
    if (found !== undefined) return { source, scripts: found }
  }
  return { source: 'assumed', scripts: [] }
}

export const createAnswerChoice = (parts: AnswerChoiceParts): AnswerChoice => {
  const { recorded, seed } = parts
  const pools = poolsOf(parts)
  const chance = (task: TaskRow, member: string, nth: number) => (purpose: string) =>
    unitHash(seed, `${scriptKey(task, member)}#${nth}`, purpose)
  const draw = (task: TaskRow, member: string, nth: number): ChosenAnswer => {
    const share = chance(task, member, nth)
    const cancelReply = drawn(recorded.cancelled.get(member), share('cancel')) ?? assumedCancel
    const { source, scripts } = poolFor(pools, {
      member,
      capability: task.intent.capability,
      flow: task.flow,
    })
    const script = drawn(scripts, share('answer'))
    if (script === undefined) {
      const assumed = member.startsWith(personPrefix) ? assumedByPerson : assumedByDevice
      return { said: assumed, reply: undefined, cancelReply, source }
    }
    const { cut, reply } = script
    return {
      said: complete(script, scripts, share('rest')),
      reply: cut === null ? reply : undefined,
      cancelReply,
      source,
    }
  }
  const suggestion = (task: TaskRow, nth: number): readonly HandScript[] => {
    const share = unitHash(seed, `${taskKey(task)}#${nth}`, 'suggestion')
    const command = { name: 'task.confirm', task: task.id, by: 'what-if' } as const
    return [drawn(recorded.suggestions.get(task.flow), share) ?? { afterMs: assumedConfirmMs, command }]
  }
  return {
    answer: (task, member, nth) => {
      const own = recorded.scripts.get(scriptKey(task, member))?.[nth]
      const other = draw(task, member, nth)
      if (own === undefined) return other
      const { reply, cut } = own
      const { scripts } = poolFor(pools, { member, capability: own.capability, flow: own.flow })
      return {
        said: complete(own, scripts, chance(task, member, nth)('rest')),
        reply: cut === null ? reply : undefined,
        cancelReply: cut === null ? other.cancelReply : reply,
        source: 'same',
      }
    },
    hands: (task, nth) => {
      const own = recorded.hands.get(taskKey(task))?.[nth]
      return own ?? (task.suggested ? suggestion(task, nth) : [])
    },
  }
}
