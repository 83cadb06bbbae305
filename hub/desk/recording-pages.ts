/**
 * Playback for an auditor: the parties side by side from one moment on, what was said and found as chapters to go to. Going to a
 * chapter asks for the page again, so that each look is on record with the moment that it began at; all players begin there.
 */
import type { DeskTongue } from '#protocol/desk/errors.ts'
import {
  inStepPath,
  playPath,
  type RecordingChapter,
  type RecordingPartTold,
  type RecordingRowTold,
  type RecordingView,
} from '#protocol/desk/recording-routes.ts'
import { type Html, html } from './html.ts'
import { framePage, type PageFrame } from './pages.ts'
import { complaintWords, findings, outcomes, said } from './recording-words.ts'

const inTongue = (tongue: DeskTongue, pair: readonly [string, string] | undefined, code: string) =>
  pair === undefined ? code : pair[tongue === 'zh' ? 0 : 1]

const clock = (ms: number) =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`

export interface Place {
  readonly tongue: DeskTongue
  readonly timeZone: string
  /** What people know somebody by: of a party, an account, and a product with its script. */
  readonly names: {
    party(participant: string): string
    person(account: string): string
    product(row: Pick<RecordingRowTold, 'id' | 'product' | 'script'>): string
  }
}

const dateOf = ({ tongue, timeZone }: Place, at: number) =>
  new Intl.DateTimeFormat(tongue === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone,
  }).format(at)

const onePath = (recording: string, at?: number, part?: string) => {
  const when = at !== undefined && { at: String(Math.round(at)) }
  return `/recordings/one?${new URLSearchParams({ recording, ...when, ...(part !== undefined && { part }) }).toString()}`
}

const stateOf = (tongue: DeskTongue, { state, outcome }: RecordingRowTold) => {
  if (state === 'erased') return said[tongue].erased
  if (state === 'open') return said[tongue].open
  return inTongue(tongue, outcomes[outcome ?? ''], outcome ?? '')
}

export interface Wanted {
  readonly only?: string | undefined
  readonly product?: string | undefined
  readonly seller?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

type Choice = readonly [value: string, name: string]

const select = (
  name: keyof Wanted,
  label: string,
  { choices, now }: { choices: readonly Choice[]; now: string | undefined },
) =>
  html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">${choices.map(
    ([value, shown]) =>
      html`<option value="${value}"${value === (now ?? '') ? html` selected` : undefined}>${shown}</option>`,
  )}</select></div>`

const day = (name: 'from' | 'to', label: string, now: string | undefined) =>
  html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="date" value="${now ?? ''}"></div>`

/** What there is to choose from, whatever was chosen before. */
const filterForm = ({ names, tongue }: Place, all: readonly RecordingRowTold[], wanted: Wanted): Html => {
  const words = said[tongue]
  const choices = (of: readonly Choice[]) => [['', words.any] as const, ...new Map(of)]
  const products = choices(all.map((row) => [row.product, names.product(row)]))
  const sellers = choices(all.map(({ seller }) => [seller, names.party(seller)]))
  const which: readonly Choice[] = [
    ['', words.all],
    ['gaps', words.gaps],
    ['held', words.held],
  ]
  return html`<form method="get" action="/recordings" class="filter">
${select('only', words.which, { choices: which, now: wanted.only })}
${select('product', words.product, { choices: products, now: wanted.product })}
${select('seller', words.seller, { choices: sellers, now: wanted.seller })}
${day('from', words.from, wanted.from)}${day('to', words.to, wanted.to)}
<button type="submit">${words.show}</button></form>`
}

export interface Listed {
  readonly all: readonly RecordingRowTold[]
  readonly rows: readonly RecordingRowTold[]
  readonly wanted: Wanted
}

export const recordingsPage = (frame: PageFrame, place: Place, { all, rows, wanted }: Listed): Html => {
  const words = said[frame.tongue]
  const line = (row: RecordingRowTold) => html`<tr>
<td><a href="${onePath(row.id)}">${dateOf(place, row.beganAt)}</a></td><td>${clock(row.durationMs)}</td>
<td>${place.names.product(row)}</td><td>${place.names.party(row.seller)}</td><td>${stateOf(frame.tongue, row)}</td><td>${row.gaps}</td>
<td>${row.holds.map(({ name }) => name).join(', ')}</td><td>${row.access.length}</td></tr>`
  const heads = [
    words.began,
    words.length,
    words.product,
    words.seller,
    words.outcome,
    words.missing,
    words.held,
    words.looked,
  ]
  return framePage(frame, {
    title: words.title,
    body: html`<section><h1>${words.title}</h1>
${filterForm(place, all, wanted)}
${
  rows.length === 0
    ? html`<p>${words.none}</p>`
    : html`<div class="list"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(line)}</tbody></table></div>`
}
<p class="hint">${words.audit}</p></section>`,
  })
}

const endOf = ({ startedAt, durationMs }: RecordingPartTold) => startedAt + durationMs

/** Of each party what was recorded at that moment: the copy that was asked for, or the one that goes on longest without a break. */
const partsAt = ({ view: { parts }, at, part: asked }: Playing): readonly RecordingPartTold[] => {
  const there = parts.filter((part) => part.startedAt <= at && at < endOf(part))
  const parties = [...new Set(there.map(({ participant }) => participant))].sort()
  return parties.flatMap((party) => {
    const own = there.filter(({ participant }) => participant === party)
    return own.find(({ part }) => part === asked) ?? own.toSorted((a, b) => endOf(b) - endOf(a))[0] ?? []
  })
}

export interface Playing {
  readonly view: RecordingView
  readonly at: number
  readonly part?: string | undefined
  /** null: who asks does not play. */
  readonly grant: string | null
  /** Whether who asks may hold it, and release it. */
  readonly mayHold: boolean
}

const player =
  ({ tongue, names }: Place, { view, at, grant }: Playing & { readonly grant: string }) =>
  (part: RecordingPartTold) => {
    const words = said[tongue]
    const seconds = Math.max(0, (at - part.startedAt) / 1_000)
    const copy = part.recorder === 'hub' ? words.hub : words.page
    const name = `${names.party(part.participant)} (${copy})`
    return html`<figure><video controls preload="metadata" data-began="${part.startedAt}" aria-label="${name}" src="${playPath(view.row.id, part.part, grant)}#t=${seconds.toFixed(1)}"></video><figcaption>${name}</figcaption></figure>`
  }

const titleOf = ({ tongue, names }: Place, { kind, code, title, by }: RecordingChapter) => {
  const own = title[tongue] ?? Object.values(title)[0]
  const what = kind === 'item' ? undefined : inTongue(tongue, findings[code], code)
  const whose = kind === 'gap' && by !== null ? names.party(by) : undefined
  return [what, own ?? (kind === 'item' ? code : undefined), whose].filter((one) => one != null).join(': ')
}

const itemsOf = (tongue: DeskTongue, missing: NonNullable<RecordingView['missing']>): Html => {
  const words = said[tongue]
  return missing.length === 0
    ? html`<p class="good">${words.everything}</p>`
    : html`<p class="bad">${words.notSaid}: ${missing.map(({ code, title }) => title[tongue] ?? code).join(', ')}</p>`
}

/** Nothing is called done of which nothing is known. */
const reportOf = (tongue: DeskTongue, { missing, chapters, gaps }: RecordingView): Html => {
  const words = said[tongue]
  if (missing === null) return html`<p class="hint">${words.noReport}</p>`
  const unsettled = chapters.filter(({ kind, settled }) => kind === 'finding' && settled === null).length
  const troubles = [
    ...(unsettled > 0 ? [`${words.unsettled}: ${unsettled}`] : []),
    ...(gaps.length > 0 ? [`${words.missing}: ${gaps.length}`] : []),
  ]
  const bad = troubles.length === 0 ? undefined : html`<p class="bad">${troubles.join(' · ')}</p>`
  return html`${itemsOf(tongue, missing)}${bad}`
}

const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`

const holdsOf = (place: Place, { view: { row }, mayHold }: Playing): Html => {
  const words = said[place.tongue]
  const mayChange = mayHold && row.state === 'sealed'
  const release = (name: string) =>
    html`<form method="post" action="/recordings/release" class="row">${hidden('recording', row.id)}${hidden('hold', name)}
<input name="reason" required maxlength="300" aria-label="${words.reason}" placeholder="${words.reason}"><button class="plain" type="submit">${words.release}</button></form>`
  const held = row.holds.map(
    ({ name, reason, by, at }) =>
      html`<li><strong>${name}</strong> · ${reason} · ${place.names.person(by)} · ${dateOf(place, at)}${mayChange ? release(name) : undefined}</li>`,
  )
  const form = html`<form method="post" action="/recordings/hold">${hidden('recording', row.id)}
<label for="hold">${words.hold}</label><input id="hold" name="hold" required maxlength="80">
<label for="reason">${words.reason}</label><input id="reason" name="reason" required maxlength="300" aria-describedby="hold-hint">
<p class="hint" id="hold-hint">${words.holdHint}</p><button type="submit">${words.addHold}</button></form>`
  return html`<section><h2>${words.held}</h2>${held.length === 0 ? html`<p class="hint">${words.noHolds}</p>` : html`<ul>${held}</ul>`}
${mayChange ? form : undefined}</section>`
}

const playersOf = (place: Place, playing: Playing): Html => {
  const { view, grant } = playing
  const words = said[place.tongue]
  if (view.row.state === 'open') return html`<p>${words.later}</p>`
  if (grant === null) return html`<p>${words.noPlay}</p>`
  const now = partsAt(playing)
  return now.length === 0
    ? html`<p>${words.nothing}</p>`
    : html`<div class="players">${now.map(player(place, { ...playing, grant }))}</div>
<script src="${inStepPath}" defer></script>`
}

export const recordingPage = (frame: PageFrame, place: Place, playing: Playing): Html => {
  const { view } = playing
  const { tongue } = frame
  const { names } = place
  const words = said[tongue]
  const { row } = view
  const began = view.spans[0]?.from ?? row.beganAt
  const chapter = (one: RecordingChapter) =>
    html`<li><a href="${onePath(row.id, one.at)}">${clock(Math.max(0, one.at - began))} ${titleOf(place, one)}</a>${one.settled === null ? undefined : html` <span class="hint">${one.settled}</span>`}</li>`
  const part = (one: RecordingPartTold) =>
    html`<tr><td><a href="${onePath(row.id, one.startedAt + 1, one.part)}">${clock(Math.max(0, one.startedAt - began))}</a></td><td>${clock(one.durationMs)}</td><td>${names.party(one.participant)}</td><td>${one.recorder === 'hub' ? words.hub : words.page}</td></tr>`
  return framePage(frame, {
    title: `${words.title} · ${row.id}`,
    body: html`<section><h1>${dateOf(place, row.beganAt)} · ${names.product(row)}</h1>
<p><a href="/recordings">${words.back}</a></p>
<p>${names.party(row.seller)} · ${stateOf(tongue, row)} · ${clock(row.durationMs)}</p>
${playersOf(place, playing)}<p class="hint">${words.audit}</p></section>
<section><h2>${words.chapters}</h2><ol>${view.chapters.map(chapter)}</ol></section>
<section><h2>${words.report}</h2>${reportOf(tongue, view)}
<p class="hint">${words.signature}: <code>${view.manifest ?? ''}</code></p>
<form method="post" action="/recordings/check">${hidden('recording', row.id)}<button class="plain" type="submit">${words.check}</button></form></section>
${holdsOf(place, playing)}
<section><h2>${words.parts}</h2><div class="list"><table><tbody>${view.parts.map(part)}</tbody></table></div></section>
<section><h2>${words.looked}</h2><ul>${row.access.map(
      ({ at: when, by, what, fromMs }) =>
        html`<li>${dateOf(place, when)} · ${what === 'opened' ? words.opened : words.exported} ${names.person(by)} · ${clock(fromMs)}</li>`,
    )}</ul></section>`,
  })
}

/** What a check of one has found. */
export const checkedPage = (
  frame: PageFrame,
  { recording, complaints }: { recording: string; complaints: readonly { file: string; what: string }[] },
): Html => {
  const words = said[frame.tongue]
  const line = ({ file, what }: { file: string; what: string }) =>
    html`<li><code>${file}</code> ${inTongue(frame.tongue, complaintWords[what], what)}</li>`
  return framePage(frame, {
    title: words.check,
    body: html`<section><h1>${words.check}</h1><p><code>${recording}</code></p>
${complaints.length === 0 ? html`<p class="good">${words.whole}</p>` : html`<p class="bad">${words.harmed}</p><ul>${complaints.map(line)}</ul>`}
<p><a href="${onePath(recording)}">${words.ofRecording}</a></p></section>`,
  })
}
