/** The expected change in waiting in words, with what it rests on. */
import { figureRows } from '../figures/figure-rows.ts'
import type { Tongue } from '../io/language.ts'
import { differenceText, intervalText, valueText } from '../report/values.ts'
import { type ComparedRow, isSure } from '../simulate/compare.ts'
import type { WhatIf } from './result.ts'
import { whatIfWords } from './words.ts'

export const rowText = ({ id, first, second, difference }: ComparedRow, tongue: Tongue): string => {
  const row = figureRows.find((one) => one.id === id)
  if (row === undefined) return ''
  const { label, unit } = row
  const { waiting: words } = whatIfWords(tongue)
  const values = words.values({
    label: label[tongue],
    before: valueText(second, unit, tongue),
    after: valueText(first, unit, tongue),
  })
  if (difference === null) return values
  const interval = words.interval(
    differenceText(difference.value, unit, tongue),
    intervalText(difference, unit, tongue),
  )
  return `${values}${interval}${isSure(difference) ? '' : words.chance}`
}

/** How far the model itself is from the day it goes on from. */
export const modelNote = ({ waiting }: Pick<WhatIf, 'waiting'>, tongue: Tongue): string => {
  if (waiting?.recordedMeanWaitMs == null) return ''
  const own = waiting.rows.find(({ id }) => id === 'meanWait')?.second ?? null
  return whatIfWords(tongue).waiting.model(
    valueText(waiting.recordedMeanWaitMs, 'wait', tongue),
    valueText(own, 'wait', tongue),
  )
}

export const tellWaiting = (result: WhatIf, tongue: Tongue): readonly string[] => {
  const { waiting, whyNoWaiting } = result
  const { waiting: words } = whatIfWords(tongue)
  if (waiting === null) return [words.not(whyNoWaiting?.[tongue] ?? '')]
  return [
    words.waiting(waiting.tickets, waiting.seeds, modelNote(result, tongue)),
    ...waiting.rows.map((row) => `  ${rowText(row, tongue)}`),
  ]
}
