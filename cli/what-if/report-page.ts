/** A what-if as one page: what was changed, what would have been otherwise and when, and what it does to waiting. */
import { figureRows } from '../figures/figure-rows.ts'
import { html, type Markup } from '../report/html.ts'
import { page } from '../report/page.ts'
import { type TimelineRow, timeline } from '../report/timeline.ts'
import { differenceText, intervalText, unknown, valueText } from '../report/values.ts'
import { isSure } from '../simulate/compare.ts'
import { whenOf } from './compare-decisions.ts'
import { foldDifferences } from './fold-differences.ts'
import type { FoundDifference, WhatIf } from './result.ts'
import { modelNote } from './waiting-words.ts'
import { caveats, clockOf, deedNoun, foldedText, sanityText, settingText } from './words.ts'

/** A page with more lines is read by nobody; the JSON has them all. */
const linesMax = 500
/** Wide enough to be seen: so many marks would fill the drawing. */
const marksMost = 250
const hourMs = 3_600_000

const section = (title: string, note: string, ...parts: readonly (Markup | null)[]): Markup =>
  html`<section><h2>${title}</h2><p class="note">${note}</p>${parts}</section>`

const rounded = (value: number) => String(Math.round(value * 10) / 10)

const kinds = [
  ['added', 'work', 'would be done'],
  ['dropped', 'trouble', 'would not be done'],
  ['changed', 'away', 'would be done otherwise'],
] as const

const rowsOf = (
  differences: readonly FoundDifference[],
  { midnight, markMs }: { midnight: number; markMs: number },
): readonly TimelineRow[] => {
  const flows = Map.groupBy(differences, ({ before, after }) => (before ?? after)?.flow ?? '')
  return [...flows].map(([title, own]) => ({
    title,
    note: String(own.length),
    spans: own.map((difference) => {
      const atMs = whenOf(difference) - midnight
      const kind = kinds.find(([name]) => name === difference.kind)
      return { fromMs: atMs, toMs: atMs + markMs, kind: kind?.[1] ?? 'work', title: kind?.[2] ?? '' }
    }),
  }))
}

const whenSection = ({ differences, fromMs }: WhatIf): Markup | null => {
  if (differences.length === 0) return null
  const moments = differences.map((one) => whenOf(one) - fromMs)
  const from = Math.floor(Math.min(...moments) / hourMs) * hourMs
  const to = (Math.floor(Math.max(...moments) / hourMs) + 1) * hourMs
  const rows = rowsOf(differences, { midnight: fromMs, markMs: (to - from) / marksMost })
  const drawing = timeline({ from, to, label: 'When decisions differ', rows })
  return section(
    'When',
    'Each mark is a decision that would have been another.',
    html`<figure>${drawing}<ul class="legend"><li class="main"><i></i>Added</li><li class="trouble"><i></i>Dropped</li><li class="away"><i></i>Changed</li></ul></figure>`,
  )
}

const listSection = (result: WhatIf): Markup => {
  const clock = clockOf(result.timeZone)
  const { differences } = result
  const folded = foldDifferences(differences)
  const more = folded.length > linesMax ? ` The first ${linesMax}; what-if.json has them all.` : ''
  const lines = folded.slice(0, linesMax).map((one) => html`<tr><td>${foldedText(one, clock)}</td></tr>`)
  return section(
    'Decisions that would have been others',
    differences.length === 0
      ? 'None.'
      : `From the run as it was set to the changed one, both with simulated answers.${more}`,
    html`<div class="scroll"><table><tbody>${lines}</tbody></table></div>`,
  )
}

const countSection = ({ counts }: WhatIf): Markup =>
  section(
    'How often',
    'Really begun, done or raised: on the recorded day, and on average over the simulated runs.',
    html`<div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col">That day</th><th scope="col">As set</th><th scope="col">Changed</th></tr></thead><tbody>${counts.map(
      ({ flow, what, recorded, before, after }) =>
        html`<tr><td>${flow}: ${deedNoun(what)}</td><td>${recorded}</td><td>${rounded(before)}</td><td>${rounded(after)}</td></tr>`,
    )}</tbody></table></div>`,
  )

const waitingSection = (result: WhatIf): Markup => {
  const { waiting, whyNoWaiting } = result
  if (waiting === null) return section('Waiting', `Not estimated. ${whyNoWaiting ?? ''}`)
  const rows = waiting.rows.flatMap(({ id, first, second, difference }) => {
    const row = figureRows.find((one) => one.id === id)
    if (row === undefined) return []
    const sure = isSure(difference) ? '' : 'unsure'
    return [
      html`<tr><td>${row.label}</td><td>${valueText(second, row.unit)}</td><td>${valueText(first, row.unit)}</td><td class="${sure}">${differenceText(difference?.value ?? null, row.unit)}</td><td class="${sure}">${difference === null ? unknown : intervalText(difference, row.unit)}</td></tr>`,
    ]
  })
  return section(
    'Waiting',
    `By the lobby model continued from the ${waiting.tickets} tickets of that day, ${waiting.seeds} pairs of days. ${modelNote(result)} Grey where chance may explain the difference.`,
    html`<div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col">As set</th><th scope="col">Changed</th><th scope="col">Difference</th><th scope="col">95 % interval</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  )
}

const changedText = ({ changed }: WhatIf) =>
  changed.length === 0 ? 'Nothing differs from what was in force.' : changed.map(settingText).join('; ')

export const whatIfPage = (result: WhatIf): string => {
  const { branch, day, entries, seeds, differences } = result
  const notes = [...(result.sanity.differing > 0 ? [sanityText(result)] : []), ...caveats(result)]
  return page({
    title: `What if: ${branch}, ${day}`,
    over: 'A recorded day, decided otherwise',
    lead: `${entries.replayed} events of that day replayed at their times, ${entries.answers} answers simulated instead, in ${seeds.length} pairs of runs with the same chance.`,
    body: [
      html`<p class="verdict${differences.length > 0 ? '' : ' plain'}">${differences.length} decisions would have been others. ${changedText(result)}</p>`,
      ...[whenSection(result)].filter((part) => part !== null),
      countSection(result),
      listSection(result),
      waitingSection(result),
      ...(notes.length === 0 ? [] : [section('To be weighed', notes.join(' '))]),
      html`<footer><p>A replay knows what was sensed that day, not how people would have reacted: who was not greeted came in all the same, who was invited later may have said something else. docs/guides/what-if.md says what follows from that.</p></footer>`,
    ],
  })
}
