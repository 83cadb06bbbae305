/** A what-if as one page: what was changed, what would have been otherwise and when, and what it does to waiting. */
import { html, type Markup } from '#adapters/conformance/report/markup.ts'
import { figureRows } from '../figures/figure-rows.ts'
import type { Tongue } from '../io/language.ts'
import { page } from '../report/page.ts'
import { figureOf, legendOf, section } from '../report/parts.ts'
import { type TimelineRow, timeline } from '../report/timeline.ts'
import { differenceText, intervalText, unknown, valueText } from '../report/values.ts'
import { isSure } from '../simulate/compare.ts'
import { flowName } from '../words/flow-name.ts'
import { whenOf } from './compare-decisions.ts'
import { foldDifferences } from './fold-differences.ts'
import type { FoundDifference, WhatIf } from './result.ts'
import { caveats, deedNoun, foldedText, rounded, sanityText, settingText, tellingOf } from './summary.ts'
import { modelNote } from './waiting-text.ts'
import { type WhatIfWords, whatIfWords } from './words.ts'

/** A page with more lines is read by nobody; the JSON has them all. */
const linesMax = 500
/** Wide enough to be seen: so many marks would fill the drawing. */
const marksMost = 250
const hourMs = 3_600_000

/** What every part of the page is written from. */
interface Part {
  readonly result: WhatIf
  readonly tongue: Tongue
  readonly words: WhatIfWords
}

const kinds = [
  ['added', 'work', 'wouldBeDone'],
  ['dropped', 'trouble', 'wouldNotBeDone'],
  ['changed', 'away', 'wouldBeOtherwise'],
] as const

const rowsOf = (
  differences: readonly FoundDifference[],
  { midnight, markMs }: { midnight: number; markMs: number },
  { tongue, words }: Part,
): readonly TimelineRow[] => {
  const flows = Map.groupBy(differences, ({ before, after }) => (before ?? after)?.flow ?? '')
  return [...flows].map(([flow, own]) => ({
    title: flowName(flow, tongue),
    note: String(own.length),
    spans: own.map((difference) => {
      const atMs = whenOf(difference) - midnight
      const kind = kinds.find(([name]) => name === difference.kind)
      const title = kind === undefined ? '' : words.page[kind[2]]
      return { fromMs: atMs, toMs: atMs + markMs, kind: kind?.[1] ?? 'work', title }
    }),
  }))
}

const whenSection = (part: Part): Markup | null => {
  const { result, tongue, words } = part
  const { differences, fromMs } = result
  if (differences.length === 0) return null
  const moments = differences.map((one) => whenOf(one) - fromMs)
  const from = Math.floor(Math.min(...moments) / hourMs) * hourMs
  const to = (Math.floor(Math.max(...moments) / hourMs) + 1) * hourMs
  const rows = rowsOf(differences, { midnight: fromMs, markMs: (to - from) / marksMost }, part)
  const legend = legendOf([
    ['main', words.page.added],
    ['trouble', words.page.dropped],
    ['away', words.page.changed],
  ])
  return section(
    words.page.when,
    words.page.whenNote,
    figureOf(timeline({ from, to, label: words.page.whenLabel, rows, tongue }), legend),
  )
}

const listSection = ({ result, tongue, words }: Part): Markup => {
  const telling = tellingOf(result, tongue)
  const { differences } = result
  const folded = foldDifferences(differences)
  const more = folded.length > linesMax ? words.page.listFirst(linesMax) : ''
  const lines = folded.slice(0, linesMax).map((one) => html`<tr><td>${foldedText(one, telling)}</td></tr>`)
  return section(
    words.page.list,
    differences.length === 0 ? words.page.listNone : `${words.page.listNote}${more}`,
    html`<div class="scroll"><table><tbody>${lines}</tbody></table></div>`,
  )
}

const countSection = ({ result, tongue, words }: Part): Markup => {
  const { howOften, howOftenNote, thatDay, asSet, asChanged, deed } = words.page
  return section(
    howOften,
    howOftenNote,
    html`<div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col">${thatDay}</th><th scope="col">${asSet}</th><th scope="col">${asChanged}</th></tr></thead><tbody>${result.counts.map(
      ({ flow, what, recorded, before, after }) =>
        html`<tr><td>${deed(flowName(flow, tongue), deedNoun(what, tongue))}</td><td>${recorded}</td><td>${rounded(before)}</td><td>${rounded(after)}</td></tr>`,
    )}</tbody></table></div>`,
  )
}

const waitingSection = ({ result, tongue, words }: Part): Markup => {
  const { waiting, whyNoWaiting } = result
  const { waiting: title, waitingNote, asSet, asChanged, difference: change, interval } = words.page
  if (waiting === null) return section(title, words.waiting.notHere(whyNoWaiting?.[tongue] ?? ''))
  const rows = waiting.rows.flatMap(({ id, first, second, difference }) => {
    const row = figureRows.find((one) => one.id === id)
    if (row === undefined) return []
    const sure = isSure(difference) ? '' : 'unsure'
    const value = (one: number | null) => valueText(one, row.unit, tongue)
    return [
      html`<tr><td>${row.label[tongue]}</td><td>${value(second)}</td><td>${value(first)}</td><td class="${sure}">${differenceText(difference?.value ?? null, row.unit, tongue)}</td><td class="${sure}">${difference === null ? unknown : intervalText(difference, row.unit, tongue)}</td></tr>`,
    ]
  })
  return section(
    title,
    waitingNote(waiting.tickets, waiting.seeds, modelNote(result, tongue)),
    html`<div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col">${asSet}</th><th scope="col">${asChanged}</th><th scope="col">${change}</th><th scope="col">${interval}</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  )
}

const changedText = ({ result: { changed }, words }: Part) =>
  changed.length === 0 ? words.page.nothingDiffers : changed.map(settingText).join('; ')

export const whatIfPage = (result: WhatIf, tongue: Tongue): string => {
  const { branch, day, entries, seeds, differences } = result
  const words = whatIfWords(tongue)
  const part = { result, tongue, words }
  const notes = [
    ...(result.sanity.differing > 0 ? [sanityText(result, tellingOf(result, tongue))] : []),
    ...caveats(result, tongue),
  ]
  return page({
    tongue,
    title: words.summary.title(branch, day),
    over: words.page.over,
    lead: words.page.lead({ replayed: entries.replayed, answers: entries.answers, pairs: seeds.length }),
    body: [
      html`<p class="verdict${differences.length > 0 ? '' : ' plain'}">${words.page.verdict(differences.length, changedText(part))}</p>`,
      ...[whenSection(part)].filter((one) => one !== null),
      countSection(part),
      listSection(part),
      waitingSection(part),
      ...(notes.length === 0 ? [] : [section(words.page.weighed, notes.join(' '))]),
      html`<footer><p>${words.page.footer}</p></footer>`,
    ],
  })
}
