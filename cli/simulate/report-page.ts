/** The report of a simulation as one page: what came out first, then how the day went, then every figure. */
import { html, type Markup } from '#adapters/conformance/report/markup.ts'
import { type FigureRow, figureRows, groupedRows } from '../figures/figure-rows.ts'
import { type Tongue, titled } from '../io/language.ts'
import { page } from '../report/page.ts'
import { figureOf, legendOf, section } from '../report/parts.ts'
import { numberText, valueText } from '../report/values.ts'
import { type ComparedRow, comparedText, isSure, meanFigure } from './compare.ts'
import * as plots from './report-plots.ts'
import { arrivalsText, factorText, type SimulateWords, simulateWords } from './report-words.ts'
import type { Arm, SimulationResult } from './result.ts'
import { verdictOf } from './verdict.ts'

/** What every part of the page is written from. */
interface Telling {
  readonly result: SimulationResult
  readonly tongue: Tongue
  readonly words: SimulateWords
}

const verdictClass = (row: FigureRow, compared: ComparedRow) => {
  const { difference } = compared
  if (!isSure(difference) || row.better === null) return ''
  return difference.value < 0 === (row.better === 'lower') ? ' better' : ' worse'
}

const compareNote = (
  row: FigureRow,
  { compared, other }: { compared: ComparedRow; other: string },
  { tongue, words }: Telling,
): Markup => {
  const change =
    compared.plainDifference === null
      ? ''
      : html`${words.columns.comma}<span class="${verdictClass(row, compared).trim()}">${comparedText(compared, row.unit, tongue).difference}</span>`
  return html`<span class="other">${words.columns.beside(other)}${valueText(compared.second, row.unit, tongue)}${change}</span>`
}

const keyFigures = (telling: Telling): Markup => {
  const { result, tongue } = telling
  const { arms, comparison } = result
  const [first, second] = arms as readonly [Arm, Arm?]
  const cards = figureRows
    .filter(({ isKey }) => isKey === true)
    .map((row) => {
      const compared = comparison?.find(({ id }) => id === row.id)
      return html`<li><span class="label">${row.label[tongue]}</span><span class="value">${valueText(meanFigure(first.days, row), row.unit, tongue)}</span>${compared !== undefined && second !== undefined ? compareNote(row, { compared, other: second.title }, telling) : null}</li>`
    })
  return html`<ul class="key">${cards}</ul>`
}

const armsLegend = ({ result: { arms }, words }: Telling): Markup | null =>
  arms.length < 2
    ? null
    : legendOf(
        arms.map(({ title }, index) => [index === 0 ? 'main' : 'other', words.columns.policyTitle(title)]),
      )

const daySections = (telling: Telling): readonly Markup[] => {
  const { result, tongue, words } = telling
  const { arms, seeds } = result
  const { sections, drawn } = words
  const [first] = arms as readonly [Arm]
  const { story } = first
  const whichDay = seeds.length > 1 ? sections.whichDay(seeds[0] ?? '') : ''
  return [
    section(
      sections.queues,
      `${whichDay}${sections.queuesNote}`,
      figureOf(plots.queues(arms, tongue), armsLegend(telling)),
    ),
    section(
      sections.waits,
      `${whichDay}${sections.waitsNote}`,
      figureOf(plots.waits(arms, tongue), armsLegend(telling)),
    ),
    section(
      sections.counters,
      sections.countersNote,
      figureOf(
        plots.counters(story, tongue),
        legendOf([
          ['main', drawn.serving],
          ['ready', drawn.idle],
          ['away', drawn.onBreak],
        ]),
      ),
    ),
    section(
      sections.devices,
      sections.devicesNote,
      figureOf(
        plots.devices(story, tongue),
        legendOf([
          ['main', drawn.acting],
          ['ready', drawn.charging],
          ['away', drawn.blocked],
          ['trouble', drawn.broken],
        ]),
      ),
    ),
    section(
      sections.heat,
      sections.heatNote(story.record.heat.cellMetres),
      figureOf(plots.heat(story, tongue), legendOf(plots.heatScale(story, tongue))),
    ),
  ]
}

const comparedCells = (row: FigureRow, compared: ComparedRow | undefined, tongue: Tongue): Markup | null => {
  if (compared === undefined) return null
  const sure = isSure(compared.difference) ? '' : 'unsure'
  const { difference, interval } = comparedText(compared, row.unit, tongue)
  return html`<td>${valueText(compared.second, row.unit, tongue)}</td><td class="${sure}">${difference}</td><td class="${sure}">${interval}</td>`
}

const headCells = (titles: readonly string[]): readonly Markup[] =>
  titles.map((title) => html`<th scope="col">${title}</th>`)

const allFigures = ({ result, tongue, words }: Telling): Markup => {
  const { arms, comparison, seeds } = result
  const { columns, columnTitles, sections } = words
  const [first, second] = arms as readonly [Arm, Arm?]
  const titles =
    second === undefined
      ? [seeds.length > 1 ? columns.meanOfDays : columns.theDay]
      : [
          columns.policyTitle(first.title),
          columns.policyTitle(second.title),
          columnTitles.difference,
          columns.interval,
        ]
  const rows = groupedRows(tongue).map(
    (group) =>
      html`<tr><th colspan="5" scope="rowgroup">${group.title}</th></tr>${group.rows.map(
        (row) =>
          html`<tr><td>${row.label[tongue]}</td><td>${valueText(meanFigure(first.days, row), row.unit, tongue)}</td>${comparedCells(
            row,
            comparison?.find(({ id }) => id === row.id),
            tongue,
          )}</tr>`,
      )}`,
  )
  return section(
    sections.all,
    second === undefined ? sections.allNote : sections.allComparedNote,
    html`<div class="scroll"><table><thead><tr>${headCells(['', ...titles])}</tr></thead><tbody>${rows}</tbody></table></div>`,
  )
}

const sensitivityOf = ({ result: { sensitivity }, tongue, words }: Telling): Markup | null => {
  if (sensitivity === null) return null
  const { columns, columnTitles, sections } = words
  const rows = sensitivity.map(({ assumption, factor, wait, finished }) => {
    const sure = isSure(wait.difference) ? '' : 'unsure'
    const { difference, interval } = comparedText(wait, 'wait', tongue)
    return html`<tr><td>${columns.change(assumption[tongue], factorText(factor, tongue))}</td><td>${valueText(wait.first, 'wait', tongue)}</td><td>${valueText(wait.second, 'wait', tongue)}</td><td class="${sure}">${difference}</td><td class="${sure}">${interval}</td><td>${valueText(finished.first, 'count', tongue)}</td></tr>`
  })
  const { changed, first, second, difference, diverted } = columnTitles
  return section(
    sections.hangsOn,
    sections.hangsOnNote,
    html`<div class="scroll"><table><thead><tr>${headCells([changed, first, second, difference, columns.interval, diverted])}</tr></thead><tbody>${rows}</tbody></table></div>`,
  )
}

const leadOf = ({ result, tongue, words: { head } }: Telling): string => {
  const { arms, seeds } = result
  const [{ story }] = arms as readonly [Arm]
  return head.lead({
    days: head.days(seeds),
    arms: head.arms(arms.map(({ title }) => title)),
    visits: numberText(story.record.visitors.length, 0, tongue),
    devices: story.branch.devices.length,
    sensed: numberText(story.record.sensed, 0, tongue),
    arrivals: arrivalsText(result, tongue),
  })
}

export const reportPage = (result: SimulationResult, tongue: Tongue): string => {
  const words = simulateWords(tongue)
  const telling = { result, tongue, words }
  const [{ story }] = result.arms as readonly [Arm]
  const verdict = verdictOf(result, tongue)
  return page({
    tongue,
    title: titled(result.scenario.title, tongue),
    over: words.head.over(titled(story.branch.title, tongue) || story.branch.id),
    lead: leadOf(telling),
    body: [
      html`<p class="verdict${verdict.isEffect ? '' : ' plain'}">${verdict.text}</p>`,
      keyFigures(telling),
      ...daySections(telling),
      allFigures(telling),
      ...[sensitivityOf(telling)].filter((part) => part !== null),
      html`<footer><p>${words.sections.footer}</p><code>${result.command}</code></footer>`,
    ],
  })
}
