/** The measured effect in plain words and one table: for whoever decides whether it stays. */
import type { Tongue } from '../io/language.ts'
import { table } from '../io/table.ts'
import { momentIn } from '../io/time.ts'
import { differenceText, intervalText, numberText, type Unit, valueText } from '../report/values.ts'
import { tossesNeeded } from '../statistics/randomisation.ts'
import { type Comparison, isEffect } from './compare.ts'
import type { EffectReport, ServiceEffect } from './estimate.ts'
import { blockReasons, effectWords, sayWhyLeft } from './words.ts'

interface Line {
  readonly service: string
  readonly figure: string
  readonly unit: Unit
  readonly comparison: Comparison
}

const linesOf = (effect: ServiceEffect, tongue: Tongue): readonly Line[] => {
  const words = effectWords(tongue)
  const service = effect.service ?? words.all
  return [
    { service, figure: words.meanWait, unit: 'wait', comparison: effect.meanWaitMs },
    { service, figure: words.p90Wait, unit: 'wait', comparison: effect.p90WaitMs },
    { service, figure: words.left, unit: 'share', comparison: effect.leftShare },
  ]
}

const allLines = ({ overall, services }: EffectReport, tongue: Tongue): readonly Line[] =>
  [overall, ...(services.length > 1 ? services : [])].flatMap((effect) => linesOf(effect, tongue))

const resultTable = (report: EffectReport, tongue: Tongue): string => {
  const words = effectWords(tongue)
  return table(allLines(report, tongue), [
    { title: words.service, cell: ({ service }) => service },
    { title: words.figure, cell: ({ figure }) => figure },
    { title: words.on, cell: ({ comparison, unit }) => valueText(comparison.on, unit, tongue) },
    { title: words.off, cell: ({ comparison, unit }) => valueText(comparison.off, unit, tongue) },
    {
      title: words.difference,
      cell: ({ comparison, unit }) => differenceText(comparison.difference?.value ?? null, unit, tongue),
    },
    {
      title: words.interval,
      cell: ({ comparison, unit }) =>
        comparison.difference === null ? null : intervalText(comparison.difference, unit, tongue),
    },
    {
      title: words.chance,
      cell: ({ comparison: { chance } }) => (chance === null ? null : numberText(chance, 3, tongue)),
    },
    { title: '', cell: ({ comparison }) => (isEffect(comparison) ? '*' : ' ') },
  ])
}

const moreText = ({ moreDays, tosses }: EffectReport, tongue: Tongue): string => {
  const words = effectWords(tongue)
  if (moreDays !== null) return words.moreDays(moreDays)
  return tosses === 0 ? words.noPair : words.atLeast(tossesNeeded())
}

/** One sentence that can be repeated at a meeting, and one that says what stands behind it. */
export const verdictText = (report: EffectReport, tongue: Tongue): string => {
  const { verdict, overall, smallestMs } = report
  const { difference, detectable } = overall.meanWaitMs
  const words = effectWords(tongue)
  const smallest = valueText(smallestMs, 'wait', tongue)
  if (verdict === 'effect' && difference !== null)
    return words.effect({
      by: valueText(Math.abs(difference.value), 'wait', tongue),
      isLess: difference.value < 0,
      interval: intervalText(difference, 'wait', tongue),
    })
  if (verdict === 'none-that-matters') return words.noneThatMatters(smallest)
  const shown = detectable === null ? '' : words.soFar(valueText(detectable, 'wait', tongue))
  return `${words.notEnough(smallest)}${shown}${words.space}${moreText(report, tongue)}`
}

const leftOut = ({ blocks }: EffectReport, tongue: Tongue): readonly string[] => {
  const words = effectWords(tongue)
  const reasons = Map.groupBy(blocks.left, ({ why }) => sayWhyLeft(why, tongue))
  return reasons.size === 0
    ? []
    : [words.leftOut([...reasons].map(([why, left]) => words.blocks(left.length, why)))]
}

/** @param telling.timeZone of the branch, in whose time a plan is set. */
export const effectText = (
  report: EffectReport,
  { tongue, timeZone }: { readonly tongue: Tongue; readonly timeZone: string },
): string => {
  const { plan, flows, from, until } = report
  const words = effectWords(tongue)
  const span =
    from === null || until === null
      ? words.noBlock
      : words.span(momentIn(timeZone, from), momentIn(timeZone, until))
  const head = words.head(plan, flows.join(tongue === 'zh' ? '、' : ', ') || words.noFlows, span)
  if (report.tosses === 0)
    return [head, ...leftOut(report, tongue), '', verdictText(report, tongue)].join('\n')
  return [
    head,
    words.counted(report),
    ...leftOut(report, tongue),
    '',
    resultTable(report, tongue),
    '',
    verdictText(report, tongue),
    ...(report.isDiluted ? [words.diluted] : []),
    words.paired,
    words.judged,
  ].join('\n')
}

/** For programs: its few words are English whatever language people read. */
export const effectJson = (report: EffectReport): unknown => {
  const say = (code: string) => (Object.hasOwn(blockReasons, code) ? sayWhyLeft([code], 'en') : code)
  const left = report.blocks.left.map(({ id, why }) => ({ id, why: why.map(say).join(', ') }))
  return { ...report, blocks: { ...report.blocks, left } }
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
  const rows = allLines(report, 'en').map(
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
