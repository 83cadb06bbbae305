/** The measured effect in plain words and one table: for whoever decides whether it stays. */

import { table } from '../io/table.ts'
import { dateTime } from '../io/time.ts'
import { differenceText, intervalText, type Unit, valueText } from '../report/values.ts'
import { tossesNeeded } from '../statistics/randomisation.ts'
import { type Comparison, isEffect } from './compare.ts'
import type { EffectReport, ServiceEffect } from './estimate.ts'

interface Line {
  readonly service: string
  readonly figure: string
  readonly unit: Unit
  readonly comparison: Comparison
}

const linesOf = (effect: ServiceEffect): readonly Line[] => {
  const service = effect.service ?? 'all'
  return [
    { service, figure: 'mean wait', unit: 'wait', comparison: effect.meanWaitMs },
    { service, figure: 'wait, 90 % within', unit: 'wait', comparison: effect.p90WaitMs },
    { service, figure: 'left without service', unit: 'share', comparison: effect.leftShare },
  ]
}

const allLines = ({ overall, services }: EffectReport): readonly Line[] => [
  ...linesOf(overall),
  ...(services.length > 1 ? services.flatMap(linesOf) : []),
]

const resultTable = (report: EffectReport): string =>
  table(allLines(report), [
    { title: 'service', cell: ({ service }) => service },
    { title: 'figure', cell: ({ figure }) => figure },
    { title: 'with', cell: ({ comparison, unit }) => valueText(comparison.on, unit) },
    { title: 'without', cell: ({ comparison, unit }) => valueText(comparison.off, unit) },
    {
      title: 'difference',
      cell: ({ comparison, unit }) => differenceText(comparison.difference?.value ?? null, unit),
    },
    {
      title: '95 % interval',
      cell: ({ comparison, unit }) =>
        comparison.difference === null ? null : intervalText(comparison.difference, unit),
    },
    {
      title: 'by chance',
      cell: ({ comparison }) => (comparison.chance === null ? null : comparison.chance.toFixed(3)),
    },
    { title: '', cell: ({ comparison }) => (isEffect(comparison) ? '*' : ' ') },
  ])

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

const moreText = ({ moreDays, tosses }: EffectReport): string => {
  if (moreDays !== null) return `About ${plural(moreDays, 'more day', 'more days')} like these would do.`
  return tosses === 0
    ? 'No pair of blocks has been measured yet.'
    : `At least ${tossesNeeded()} independent pairs are needed before anything can be said.`
}

/** One sentence that can be repeated at a meeting, and one that says what stands behind it. */
export const verdictText = (report: EffectReport): string => {
  const { verdict, overall, smallestMs } = report
  const { difference, detectable } = overall.meanWaitMs
  const smallest = valueText(smallestMs, 'wait')
  if (verdict === 'effect' && difference !== null) {
    const change = difference.value < 0 ? 'shorter' : 'longer'
    return (
      `Customers wait ${valueText(Math.abs(difference.value), 'wait')} ${change} with these flows than without ` +
      `(${intervalText(difference, 'wait')}).`
    )
  }
  if (verdict === 'none-that-matters')
    return `No effect on the mean wait was found, and one of ${smallest} or more would very likely have been seen.`
  const shown =
    detectable === null ? '' : ` So far only ${valueText(detectable, 'wait')} or more would be seen.`
  return `The data are not enough to tell whether there is an effect of ${smallest} or more.${shown} ${moreText(report)}`
}

const counted = ({ blocks, visitors, tosses, days }: EffectReport): string =>
  [
    `${plural(blocks.on, 'block', 'blocks')} with and ${blocks.off} without on ${plural(days, 'day', 'days')}`,
    `${plural(tosses, 'independent toss', 'independent tosses')} of the coin`,
    `${visitors.on} visitors with and ${visitors.off} without, ${visitors.burnIn} in burn-in not counted`,
  ].join('; ')

const leftOut = ({ blocks }: EffectReport): readonly string[] => {
  const reasons = new Map<string, number>()
  for (const { why } of blocks.left) reasons.set(why, (reasons.get(why) ?? 0) + 1)
  return reasons.size === 0
    ? []
    : [
        `Left out: ${[...reasons].map(([why, count]) => `${plural(count, 'block', 'blocks')} (${why})`).join(', ')}.`,
      ]
}

const diluted =
  'The burn-in is short against the waits: the true difference is likely larger than the one shown. Plan longer blocks.'

export const effectText = (report: EffectReport): string => {
  const { plan, flows, from, until } = report
  const span = from === null || until === null ? 'no block yet' : `${dateTime(from)} to ${dateTime(until)}`
  const head = `${plan}: ${flows.join(', ') || 'of flows not on record'}; ${span}`
  if (report.tosses === 0) return [head, ...leftOut(report), '', verdictText(report)].join('\n')
  return [
    head,
    `${counted(report)}.`,
    ...leftOut(report),
    '',
    resultTable(report),
    '',
    verdictText(report),
    ...(report.isDiluted ? [diluted] : []),
    'Each block is compared with its own pair, and each service with itself: the difference is not one column less the other.',
    'Judged by the first line; of the others one in twenty stands out by chance alone (*: told from chance).',
  ].join('\n')
}

const columns = [
  'service',
  'figure',
  'unit',
  'with',
  'without',
  'difference',
  'low',
  'high',
  'chance',
] as const

export const effectCsv = (report: EffectReport): string => {
  const cell = (value: number | null | undefined) => (value == null ? '' : String(value))
  const rows = allLines(report).map(
    ({ service, figure, unit, comparison: { on, off, difference, chance } }) =>
      [
        service,
        figure,
        unit === 'wait' ? 'ms' : 'share',
        ...[on, off, difference?.value, difference?.low, difference?.high, chance].map(cell),
      ].join(','),
  )
  return [columns.join(','), ...rows].join('\n')
}
