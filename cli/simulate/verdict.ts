/** What came out, in one or two sentences, and never more than the intervals carry. */
import { figureRows } from '../figures/figure-rows.ts'
import { differenceText, valueText } from '../report/values.ts'
import { isSure, meanFigure } from './compare.ts'
import type { Arm, SimulationResult } from './result.ts'

export interface Verdict {
  readonly text: string
  readonly isEffect: boolean
}

const rowOf = (id: string) => figureRows.find((row) => row.id === id)

const ofOneArm = ({ days, title }: Arm): Verdict => {
  const value = (id: string) => {
    const row = rowOf(id)
    return row === undefined ? '' : valueText(meanFigure(days, row), row.unit)
  }
  return {
    isEffect: false,
    text: `With policy ${title}, people waited ${value('meanWait')} on average, nine in ten of them ${value('p90Wait')} at most; ${value('abandonedShare')} left without service.`,
  }
}

const plain = (text: string) => text.replace(/^[+\u2212]/u, '')

export const verdictOf = ({ arms, comparison, seeds }: SimulationResult): Verdict => {
  const [first, second] = arms as readonly [Arm, Arm?]
  const compared = comparison?.find(({ id }) => id === 'meanWait')
  if (second === undefined || compared === undefined) return ofOneArm(first)
  const { difference } = compared
  const waits = `${valueText(compared.first, 'wait')} against ${valueText(compared.second, 'wait')}`
  const policies = `Policy ${first.title} against ${second.title}`
  if (difference === null)
    return {
      isEffect: false,
      text: `${policies}: mean wait ${waits} on this one day. One day cannot tell an effect from chance; ask for more with --days.`,
    }
  const range = [difference.low, difference.high].toSorted((a, b) => Math.abs(a) - Math.abs(b))
  if (!isSure(difference))
    return {
      isEffect: false,
      text: `${policies}: mean wait ${waits}. Over ${seeds.length} days that is not told from chance (95 % interval of the difference: ${range.map((ms) => differenceText(ms, 'wait')).join(' to ')}).`,
    }
  const by = differenceText(difference.value, 'wait')
  const between = range.map((ms) => plain(differenceText(ms, 'wait'))).join(' to ')
  return {
    isEffect: true,
    text: `With policy ${first.title}, people waited ${plain(by)} ${difference.value < 0 ? 'less' : 'longer'} on average than with policy ${second.title}: ${waits}, over ${seeds.length} days with the same visitors (95 % interval ${between}).`,
  }
}
