/** The report of a simulation as one page: what came out first, then how the day went, then every figure. */
import { type FigureRow, figureRows } from '../figures/figure-rows.ts'
import { html, type Markup } from '../report/html.ts'
import { page } from '../report/page.ts'
import { groupedText, valueText } from '../report/values.ts'
import { type ComparedRow, comparedText, isSure, meanFigure } from './compare.ts'
import * as plots from './report-plots.ts'
import type { Arm, SimulationResult } from './result.ts'
import { verdictOf } from './verdict.ts'

const verdictClass = (row: FigureRow, compared: ComparedRow) => {
  const { difference } = compared
  if (!isSure(difference) || row.better === null) return ''
  return difference.value < 0 === (row.better === 'lower') ? ' better' : ' worse'
}

const compareNote = (row: FigureRow, compared: ComparedRow, other: string): Markup => {
  const change =
    compared.plainDifference === null
      ? ''
      : html`, <span class="${verdictClass(row, compared).trim()}">${comparedText(compared, row.unit).difference}</span>`
  return html`<span class="other">${other}: ${valueText(compared.second, row.unit)}${change}</span>`
}

const keyFigures = ({ arms, comparison }: SimulationResult): Markup => {
  const [first, second] = arms as readonly [Arm, Arm?]
  const cards = figureRows
    .filter(({ isKey }) => isKey === true)
    .map((row) => {
      const compared = comparison?.find(({ id }) => id === row.id)
      return html`<li><span class="label">${row.label}</span><span class="value">${valueText(meanFigure(first.days, row), row.unit)}</span>${compared !== undefined && second !== undefined ? compareNote(row, compared, second.title) : null}</li>`
    })
  return html`<ul class="key">${cards}</ul>`
}

const legendOf = (entries: readonly (readonly [kind: string, text: string])[]): Markup =>
  html`<ul class="legend">${entries.map(([kind, text]) => html`<li class="${kind}"><i></i>${text}</li>`)}</ul>`

const armsLegend = (arms: readonly Arm[]): Markup | null =>
  arms.length < 2
    ? null
    : legendOf(arms.map(({ title }, index) => [index === 0 ? 'main' : 'other', `Policy ${title}`]))

const section = (title: string, note: string, ...parts: readonly (Markup | null)[]): Markup =>
  html`<section><h2>${title}</h2><p class="note">${note}</p>${parts}</section>`

const figureOf = (drawing: Markup, legend: Markup | null): Markup =>
  html`<figure>${drawing}${legend}</figure>`

const daySections = ({ arms, seeds }: SimulationResult): readonly Markup[] => {
  const [first] = arms as readonly [Arm]
  const { story } = first
  const whichDay = seeds.length > 1 ? `The day of seed ${seeds[0] ?? ''}. ` : ''
  return [
    section(
      'Who waited, and what was done about it',
      `${whichDay}People with a ticket who had not been called; below, each thing that was done.`,
      figureOf(plots.queues(arms), armsLegend(arms)),
    ),
    section(
      'How long they waited',
      `${whichDay}From the ticket until service began at a counter or a kiosk, or until they gave up.`,
      figureOf(plots.waits(arms), armsLegend(arms)),
    ),
    section(
      'Counters',
      'Customers served, and the share of the open time in which somebody was being served.',
      figureOf(
        plots.counters(story),
        legendOf([
          ['main', 'Serving'],
          ['ready', 'Open, nobody there'],
          ['away', 'On a break'],
        ]),
      ),
    ),
    section(
      'Devices',
      'How often each acted for people, and the share of the day it did.',
      figureOf(
        plots.devices(story),
        legendOf([
          ['main', 'Acting'],
          ['ready', 'Charging'],
          ['away', 'Way blocked'],
          ['trouble', 'Out of order'],
        ]),
      ),
    ),
    section(
      'Where people were',
      `Person-minutes of the day on the floor plan, stronger colour for more; a cell is ${story.record.heat.cellMetres} m wide. Circles are robots where they rest; squares stand still.`,
      figureOf(plots.heat(story), legendOf(plots.heatScale(story))),
    ),
  ]
}

const groups = [...new Set(figureRows.map(({ group }) => group))]

const comparedCells = (row: FigureRow, compared: ComparedRow | undefined): Markup | null => {
  if (compared === undefined) return null
  const sure = isSure(compared.difference) ? '' : 'unsure'
  const { difference, interval } = comparedText(compared, row.unit)
  return html`<td>${valueText(compared.second, row.unit)}</td><td class="${sure}">${difference}</td><td class="${sure}">${interval}</td>`
}

const allFigures = ({ arms, comparison, seeds }: SimulationResult): Markup => {
  const [first, second] = arms as readonly [Arm, Arm?]
  const columns =
    second === undefined
      ? html`<th scope="col">${seeds.length > 1 ? 'Mean of the days' : 'The day'}</th>`
      : html`<th scope="col">Policy ${first.title}</th><th scope="col">Policy ${second.title}</th><th scope="col">Difference</th><th scope="col">95 % interval</th>`
  const rows = groups.map(
    (group) =>
      html`<tr><th colspan="5" scope="rowgroup">${group}</th></tr>${figureRows
        .filter((row) => row.group === group)
        .map(
          (row) =>
            html`<tr><td>${row.label}</td><td>${valueText(meanFigure(first.days, row), row.unit)}</td>${comparedCells(
              row,
              comparison?.find(({ id }) => id === row.id),
            )}</tr>`,
        )}`,
  )
  return section(
    'All figures',
    second === undefined
      ? 'A dash is not known, or there was none to judge by.'
      : 'Differences within days: the same visitors came in both. Grey where the interval does not leave zero out: chance may explain it.',
    html`<div class="scroll"><table><thead><tr><th scope="col"></th>${columns}</tr></thead><tbody>${rows}</tbody></table></div>`,
  )
}

const sensitivityOf = ({ sensitivity }: SimulationResult): Markup | null => {
  if (sensitivity === null) return null
  const rows = sensitivity.map(({ assumption, change, wait, finished }) => {
    const sure = isSure(wait.difference) ? '' : 'unsure'
    const { difference, interval } = comparedText(wait, 'wait')
    return html`<tr><td>${assumption}: ${change}</td><td>${valueText(wait.first, 'wait')}</td><td>${valueText(wait.second, 'wait')}</td><td class="${sure}">${difference}</td><td class="${sure}">${interval}</td><td>${valueText(finished.first, 'count')}</td></tr>`
  })
  return section(
    'What it hangs on',
    'The same comparison with one assumption changed at a time: mean wait in both arms, and those diverted who finished at a kiosk.',
    html`<div class="scroll"><table><thead><tr><th scope="col">Changed</th><th scope="col">First</th><th scope="col">Second</th><th scope="col">Difference</th><th scope="col">95 % interval</th><th scope="col">Diverted</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  )
}

export const reportPage = (result: SimulationResult): string => {
  const { scenario, arms, seeds, arrivals, command } = result
  const [{ story }] = arms as readonly [Arm]
  const days =
    seeds.length === 1
      ? `One day, seed ${seeds[0]}`
      : `${seeds.length} days, seeds ${seeds[0]} to ${seeds.at(-1)}`
  const verdict = verdictOf(result)
  return page({
    title: scenario.title,
    over: `Simulated · ${story.branch.title}`,
    lead: `${days}; ${arms.map(({ title }) => `policy ${title}`).join(' against ')}. ${groupedText(story.record.visitors.length)} visits, ${story.branch.devices.length} devices, ${groupedText(story.record.sensed)} sensed events on the first day; arrivals: ${arrivals}.`,
    body: [
      html`<p class="verdict${verdict.isEffect ? '' : ' plain'}">${verdict.text}</p>`,
      keyFigures(result),
      ...daySections(result),
      allFigures(result),
      ...[sensitivityOf(result)].filter((part) => part !== null),
      html`<footer><p>A simulation says what follows from its assumptions, each listed with its source in docs/guides/lobby-model.md. The hub, its flows and its dispatcher are the real ones. Again:</p><code>${command}</code></footer>`,
    ],
  })
}
