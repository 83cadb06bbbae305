/** The course of a task as single steps in the order of time: wanted, offered, accepted, begun, ended. */
import type { ToldTask } from '#protocol/desk/look/explain.ts'

export type StepKind = 'wanted' | 'offered' | 'accepted' | 'started' | 'ended'

export interface Step {
  readonly kind: StepKind
  readonly at: number
  readonly who: string
  /** Of an end: why. */
  readonly words: string
  /** After the step before; null: it is the first. */
  readonly afterMs: number | null
}

type Bare = Omit<Step, 'afterMs'>

const stepsOf = ({ member, ...at }: ToldTask['attempts'][number], words: string): Bare[] => {
  const who = member.title
  const step = (kind: StepKind, time: number | null, what = ''): Bare[] =>
    time === null ? [] : [{ kind, at: time, who, words: what }]
  return [
    ...step('offered', at.offeredAt),
    ...step('accepted', at.acceptedAt),
    ...step('started', at.startedAt),
    ...step('ended', at.endedAt, words),
  ]
}

const distinct = (words: readonly string[]) => [...new Set(words)].join(' · ')

export const courseOf = ({ wantedAt, attempts, outcome }: ToldTask): readonly Step[] => {
  const steps: Bare[] = [
    { kind: 'wanted', at: wantedAt, who: '', words: '' },
    ...attempts.flatMap((attempt) =>
      stepsOf(attempt, distinct(attempt.end.map(({ words }) => words)) || outcome.words),
    ),
  ]
  const last = steps.at(-1)
  // What ended without an attempt of its own that ended with it: cancelled, expired, nobody there.
  if (outcome.at !== null && !outcome.isOpen && last?.kind !== 'ended')
    steps.push({
      kind: 'ended',
      at: outcome.at,
      who: '',
      words: distinct([outcome.words, ...(outcome.reason === null ? [] : [outcome.reason.words])]),
    })
  return steps.map((step, index) => ({
    ...step,
    afterMs: index === 0 ? null : Math.max(0, step.at - (steps[index - 1]?.at ?? step.at)),
  }))
}
