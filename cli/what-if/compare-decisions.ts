/** Which decisions differ between two runs of one day: added, dropped, and taken otherwise. */
import type { Decision } from './decisions.ts'

export type ChangeOf = 'time' | 'member' | 'words' | 'outcome' | 'answer' | 'reason'

export interface Difference {
  readonly kind: 'added' | 'dropped' | 'changed'
  readonly before: Decision | null
  readonly after: Decision | null
  /** Of what is changed. */
  readonly of: readonly ChangeOf[]
}

export interface CompareSettings {
  /** Two decisions about the same subject further apart than this are two decisions. */
  readonly windowMs: number
  /** Less is the same moment. */
  readonly movedMs: number
}

export const defaultCompare: CompareSettings = { windowMs: 300_000, movedMs: 2_000 }

const changesOf = (before: Decision, after: Decision, { movedMs }: CompareSettings): readonly ChangeOf[] => [
  ...(Math.abs(after.at - before.at) >= movedMs ? (['time'] as const) : []),
  ...(before.member === after.member ? [] : (['member'] as const)),
  ...(before.words.join('\n') === after.words.join('\n') ? [] : (['words'] as const)),
  ...(before.outcome === after.outcome ? [] : (['outcome'] as const)),
  ...(before.answer === after.answer ? [] : (['answer'] as const)),
  ...(before.because === after.because && before.urgency === after.urgency ? [] : (['reason'] as const)),
]

type Pair = readonly [before: Decision | undefined, after: Decision | undefined]

/** Both in order of time, about the same subject. Whoever is within reach of each other is a pair. */
const pairUp = (
  before: readonly Decision[],
  after: readonly Decision[],
  reachMs: number,
): readonly Pair[] => {
  const pairs: Pair[] = []
  let [left, right] = [0, 0]
  for (;;) {
    const [one, other] = [before[left], after[right]]
    if (one === undefined && other === undefined) return pairs
    const both = one !== undefined && other !== undefined
    const near = both && Math.abs(one.at - other.at) < reachMs
    const leftFirst = other === undefined || (both && one.at < other.at)
    pairs.push(near ? [one, other] : leftFirst ? [one, undefined] : [undefined, other])
    if (near || leftFirst) left++
    if (near || !leftFirst) right++
  }
}

const present = (decision: Decision | undefined): readonly Decision[] =>
  decision === undefined ? [] : [decision]

/** First what was decided at the same moment, then what may have moved. */
const pairsOf = (before: readonly Decision[], after: readonly Decision[], settings: CompareSettings) => {
  const exact = pairUp(before, after, settings.movedMs)
  const whole = ([one, other]: Pair) => one !== undefined && other !== undefined
  const rest = exact.filter((pair) => !whole(pair))
  const moved = pairUp(
    rest.flatMap(([one]) => present(one)),
    rest.flatMap(([, other]) => present(other)),
    settings.windowMs,
  )
  return [...exact.filter(whole), ...moved]
}

const differenceOf = ([before, after]: Pair, settings: CompareSettings): readonly Difference[] => {
  if (before === undefined || after === undefined)
    return [
      {
        kind: before === undefined ? 'added' : 'dropped',
        before: before ?? null,
        after: after ?? null,
        of: [],
      },
    ]
  const of = changesOf(before, after, settings)
  return of.length === 0 ? [] : [{ kind: 'changed', before, after, of }]
}

export const whenOf = ({ before, after }: Difference): number => (before ?? after)?.at ?? 0
export const keyOf = ({ before, after }: Difference): string => (before ?? after)?.key ?? ''

/** @returns in order of time. */
export const compareDecisions = (
  before: readonly Decision[],
  after: readonly Decision[],
  settings: CompareSettings = defaultCompare,
): readonly Difference[] => {
  const [left, right] = [Map.groupBy(before, ({ key }) => key), Map.groupBy(after, ({ key }) => key)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .flatMap((key) => pairsOf(left.get(key) ?? [], right.get(key) ?? [], settings))
    .flatMap((pair) => differenceOf(pair, settings))
    .sort((a, b) => whenOf(a) - whenOf(b) || (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))))
}
