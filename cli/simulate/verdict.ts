/** What came out, in one or two sentences, and never more than the intervals carry. */
import { figureRows } from '../figures/figure-rows.ts'
import type { Tongue } from '../io/language.ts'
import { differenceText, valueText } from '../report/values.ts'
import { isSure, meanFigure } from './compare.ts'
import { simulateWords } from './report-words.ts'
import type { Arm, SimulationResult } from './result.ts'

export interface Verdict {
  readonly text: string
  readonly isEffect: boolean
}

const rowOf = (id: string) => figureRows.find((row) => row.id === id)

const ofOneArm = ({ days, title }: Arm, tongue: Tongue): Verdict => {
  const value = (id: string) => {
    const row = rowOf(id)
    return row === undefined ? '' : valueText(meanFigure(days, row), row.unit, tongue)
  }
  const { oneArm } = simulateWords(tongue).verdict
  const it = {
    policy: title,
    mean: value('meanWait'),
    p90: value('p90Wait'),
    left: value('abandonedShare'),
  }
  return { isEffect: false, text: oneArm(it) }
}

const plain = (text: string) => text.replace(/^[+\u2212]/u, '')

export const verdictOf = ({ arms, comparison, seeds }: SimulationResult, tongue: Tongue): Verdict => {
  const [first, second] = arms as readonly [Arm, Arm?]
  const compared = comparison?.find(({ id }) => id === 'meanWait')
  if (second === undefined || compared === undefined) return ofOneArm(first, tongue)
  const words = simulateWords(tongue).verdict
  const { difference } = compared
  const waits = {
    first: first.title,
    second: second.title,
    firstWait: valueText(compared.first, 'wait', tongue),
    secondWait: valueText(compared.second, 'wait', tongue),
  }
  if (difference === null) return { isEffect: false, text: words.oneDay(waits) }
  const range = [difference.low, difference.high]
    .toSorted((a, b) => Math.abs(a) - Math.abs(b))
    .map((ms) => differenceText(ms, 'wait', tongue))
  if (!isSure(difference)) return { isEffect: false, text: words.unsure(waits, seeds.length, range) }
  const by = plain(differenceText(difference.value, 'wait', tongue))
  const it = { by, isLess: difference.value < 0, range: range.map(plain) }
  return { isEffect: true, text: words.effect(waits, seeds.length, it) }
}
