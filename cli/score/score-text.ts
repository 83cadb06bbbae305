/** The scorecard as a person reads it, and as a table for other programs. */
import { type Counts, countNames, totalOf } from '#hub/ops/score/counts.ts'
import type { Tongue } from '../io/language.ts'
import { printable } from '../io/printable.ts'
import { table } from '../io/table.ts'
import { dateTime } from '../io/time.ts'
import { nameOf, type ScoredModel, type ScoreReport } from './score-report.ts'
import { type ScoreWords, scoreWords } from './score-words.ts'
import { judgedMin } from './shares.ts'

const percent = (value: number) => Math.round(value * 1_000) / 10
const whole = (value: number) => Math.round(value * 100)

const keptText = ({ kept, tooFew, judged, counts }: ScoredModel, words: ScoreWords): string | null => {
  if (counts.offers === 0) return null
  return kept === null || tooFew
    ? words.tooFew(judged)
    : words.kept95(whole(kept.value), whole(kept.low), whole(kept.high))
}

const notStarted = ({ refused, notStarted: others }: Counts) => totalOf(refused) + totalOf(others)

const modelTable = (models: readonly ScoredModel[], words: ScoreWords): string =>
  table(models, [
    { title: words.model, cell: ({ vendor, model }) => `${vendor} ${model}`.trim() },
    {
      title: words.firmware,
      cell: ({ firmware, onProbation }) => `${firmware ?? '?'}${onProbation ? ` (${words.probation})` : ''}`,
    },
    { title: words.devices, cell: ({ devices }) => devices.length },
    { title: words.offers, cell: ({ counts }) => counts.offers },
    { title: words.kept, cell: (model) => keptText(model, words) },
    { title: words.missed, cell: ({ counts }) => counts.missedAnswers },
    { title: words.late, cell: ({ counts }) => counts.lateStarts },
    { title: words.neverDone, cell: ({ counts }) => counts.neverDone },
    { title: words.refused, cell: ({ counts }) => notStarted(counts) },
    { title: words.failed, cell: ({ counts }) => totalOf(counts.failed) },
    { title: words.lost, cell: ({ counts }) => counts.lost },
    { title: words.ignored, cell: ({ counts }) => counts.cancelsIgnored },
    { title: words.falseOffline, cell: ({ counts }) => counts.falseOffline },
    { title: words.invalid, cell: ({ counts }) => totalOf(counts.invalid) },
    {
      title: words.availability,
      cell: ({ availability }) => (availability === null ? null : `${percent(availability)} %`),
    },
  ])

const codeNames = ['refused', 'notStarted', 'failed', 'invalid'] as const

const codesText = (codes: Readonly<Record<string, number>>): string =>
  Object.entries(codes)
    .toSorted(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))
    .map(([code, count]) => `${code} ${count}`)
    .join(', ')

const detail = (model: ScoredModel, words: ScoreWords): readonly string[] => {
  const { counts } = model
  const { beganEarly, restarts, incapable } = counts
  const said = [
    ...codeNames
      .filter((name) => totalOf(counts[name]) > 0)
      .map((name) => `${words.codes[name]}: ${codesText(counts[name])}`),
    ...(beganEarly > 0 ? [words.aside.early(beganEarly)] : []),
    ...(restarts > 0 ? [words.aside.restarts(restarts)] : []),
    ...(incapable > 0 ? [words.aside.incapable(incapable)] : []),
  ]
  return said.length === 0 ? [] : [printable(`  ${nameOf(model)}: ${said.join('; ')}`)]
}

const comparison = ({ differences }: ScoreReport, words: ScoreWords): readonly string[] =>
  differences.length === 0
    ? [words.noDifference]
    : differences.map(({ worse, better }) => printable(words.worse(worse, better)))

export const scoreText = (report: ScoreReport, tongue: Tongue): string => {
  const words = scoreWords(tongue)
  const { models, from, to, erased, entries } = report
  const head = words.head(dateTime(from), dateTime(to))
  if (models.length === 0) return `${head}\n${words.nothing}`
  const details = models.flatMap((model) => detail(model, words))
  return [
    head,
    '',
    modelTable(models, words),
    ...(details.length === 0 ? [] : ['', words.asideTitle, ...details]),
    '',
    ...comparison(report, words),
    words.meaning(judgedMin),
    ...(erased > 0 ? [words.erased(erased, entries)] : []),
  ].join('\n')
}

/** A vendor's text must neither end its cell nor be taken for a formula. */
const textCell = (text: string): string => {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return `"${printable(safe).replaceAll('"', '""')}"`
}

const number = (value: number | undefined | null) =>
  value === undefined || value === null ? '' : String(Math.round(value * 10_000) / 10_000)

type Figure = readonly [name: string, of: (model: ScoredModel) => string]

const figures: readonly Figure[] = [
  ['kind', ({ kind }) => kind],
  ['vendor', ({ vendor }) => textCell(vendor)],
  ['model', ({ model }) => textCell(model)],
  ['firmware', ({ firmware }) => textCell(firmware ?? '')],
  ['onProbation', ({ onProbation }) => String(onProbation)],
  ['devices', ({ devices }) => devices.join(' ')],
  ['offers', ({ counts }) => number(counts.offers)],
  ['judged', ({ judged }) => number(judged)],
  ['done', ({ counts }) => number(counts.done)],
  ['keptShare', ({ kept }) => number(kept?.value)],
  ['keptLow', ({ kept }) => number(kept?.low)],
  ['keptHigh', ({ kept }) => number(kept?.high)],
  ['tooFew', ({ tooFew }) => String(tooFew)],
  ...countNames
    .filter((name) => name !== 'offers' && name !== 'done')
    .map((name): Figure => [name, ({ counts }) => number(counts[name])]),
  ...codeNames.map((name): Figure => [name, ({ counts }) => textCell(codesText(counts[name]))]),
  ['availability', ({ availability }) => number(availability)],
]

export const scoreCsv = ({ models }: ScoreReport): string =>
  [
    figures.map(([name]) => name).join(','),
    ...models.map((model) => figures.map(([, of]) => of(model)).join(',')),
  ].join('\n')
