/** The expected change in waiting in words, with what it rests on. */
import { figureRows } from '../figures/figure-rows.ts'
import { differenceText, intervalText, valueText } from '../report/values.ts'
import { type ComparedRow, isSure } from '../simulate/compare.ts'
import type { WhatIf } from './result.ts'

export const rowText = ({ id, first, second, difference }: ComparedRow): string => {
  const row = figureRows.find((one) => one.id === id)
  if (row === undefined) return ''
  const { label, unit } = row
  const values = `${label}: ${valueText(second, unit)} as set, ${valueText(first, unit)} changed`
  if (difference === null) return values
  const interval = `${differenceText(difference.value, unit)} (95 %: ${intervalText(difference, unit)})`
  return `${values}, ${interval}${isSure(difference) ? '' : '; chance may explain it'}`
}

/** How far the model itself is from the day it goes on from. */
export const modelNote = ({ waiting }: Pick<WhatIf, 'waiting'>): string => {
  if (waiting?.recordedMeanWaitMs == null) return ''
  const own = waiting.rows.find(({ id }) => id === 'meanWait')?.second ?? null
  return (
    `That day they waited ${valueText(waiting.recordedMeanWaitMs, 'wait')} on average; ` +
    `the model, as it was set, says ${valueText(own, 'wait')}.`
  )
}

export const tellWaiting = (result: WhatIf): readonly string[] => {
  const { waiting, whyNoWaiting } = result
  if (waiting === null) return [`Waiting: not estimated. ${whyNoWaiting ?? ''}`.trim()]
  return [
    `Waiting, by the lobby model continued from the ${waiting.tickets} tickets of that day, ${waiting.seeds} pairs of days. ${modelNote(result)}`.trim(),
    ...waiting.rows.map((row) => `  ${rowText(row)}`),
  ]
}
