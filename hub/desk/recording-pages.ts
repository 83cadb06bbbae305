/**
 * Playback for an auditor, without a script: the parties side by side from one moment on, what was said and found as chapters to
 * go to. Going to a chapter asks for the page again, so that each look is on record with the moment that it began at.
 */
import type { DeskTongue } from '#protocol/desk/errors.ts'
import {
  playPath,
  type RecordingChapter,
  type RecordingPartTold,
  type RecordingRowTold,
  type RecordingView,
} from '#protocol/desk/recording-routes.ts'
import { type Html, html } from './html.ts'
import { framePage, type PageFrame } from './pages.ts'

const said = {
  zh: {
    title: '销售录制',
    none: '没有符合条件的录制。',
    all: '全部',
    gaps: '有缺口',
    held: '法务保留',
    began: '开始',
    length: '时长',
    product: '产品',
    seller: '销售人员',
    outcome: '结果',
    missing: '缺口',
    looked: '查看记录',
    back: '返回列表',
    chapters: '检查点',
    report: '检查报告',
    notSaid: '未听到也未勾选',
    everything: '全部检查点均已完成。',
    parts: '录制片段',
    hub: '主录制',
    page: '第二份',
    nothing: '此刻没有录到任何一方。',
    audit: '每次查看都会记录查看人、时间和起点。',
    signature: '封存校验值',
    of: '方',
    opened: '查看',
    exported: '导出',
    noPlay: '只有审计员可以播放。',
    erased: '已到期删除',
    open: '尚未封存',
    later: '封存之后才能播放，检查报告也在那时生成。',
    noReport: '没有检查点的记录。',
    unsettled: '未处理的质检发现',
  },
  en: {
    title: 'Recorded sales',
    none: 'No recording fits.',
    all: 'All',
    gaps: 'With gaps',
    held: 'Held',
    began: 'Began',
    length: 'Length',
    product: 'Product',
    seller: 'Seller',
    outcome: 'Outcome',
    missing: 'Gaps',
    looked: 'Looked at',
    back: 'Back to the list',
    chapters: 'Chapters',
    report: 'Inspection report',
    notSaid: 'Neither heard nor ticked',
    everything: 'Every item of the script was done.',
    parts: 'Parts',
    hub: 'First copy',
    page: 'Second copy',
    nothing: 'Nobody was recorded at this moment.',
    audit: 'Each look is kept with who, when and from which moment.',
    signature: 'Seal',
    of: 'of',
    opened: 'watched by',
    exported: 'exported by',
    noPlay: 'Only an auditor plays recordings.',
    erased: 'deleted, its time was over',
    open: 'not sealed yet',
    later: 'It plays, and its report is there, once it is sealed.',
    noReport: 'Nothing is on record of what had to be said.',
    unsettled: 'Findings that nobody settled',
  },
} as const

const outcomes: Readonly<Record<string, readonly [string, string]>> = {
  sold: ['已售', 'sold'],
  'not-sold': ['未售', 'not sold'],
  refused: ['客户拒绝录制', 'refused'],
  broken: ['录制不完整', 'broken'],
}
const findings: Readonly<Record<string, readonly [string, string]>> = {
  forbidden: ['出现禁用语', 'forbidden wording'],
  'out-of-order': ['顺序不符', 'out of order'],
  declined: ['客户未同意', 'declined'],
  silence: ['长时间无人说话', 'silence'],
  'inspector-lost': ['语音检查中断', 'inspector lost'],
  sold: ['完成销售', 'sold'],
  hub: ['主录制缺口', 'gap in the first copy'],
  page: ['第二份缺口', 'gap in the second copy'],
}

const inTongue = (tongue: DeskTongue, pair: readonly [string, string] | undefined, code: string) =>
  pair === undefined ? code : pair[tongue === 'zh' ? 0 : 1]

const clock = (ms: number) =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`

interface Place {
  readonly tongue: DeskTongue
  readonly timeZone: string
}

const dateOf = ({ tongue, timeZone }: Place, at: number) =>
  new Intl.DateTimeFormat(tongue === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone,
  }).format(at)

const onePath = (recording: string, at?: number) =>
  `/recordings/one?${new URLSearchParams({ recording, ...(at !== undefined && { at: String(Math.round(at)) }) }).toString()}`

const stateOf = (tongue: DeskTongue, { state, outcome }: RecordingRowTold) => {
  if (state === 'erased') return said[tongue].erased
  if (state === 'open') return said[tongue].open
  return inTongue(tongue, outcomes[outcome ?? ''], outcome ?? '')
}

export const recordingsPage = (
  frame: PageFrame,
  place: Place,
  { rows, only }: { readonly rows: readonly RecordingRowTold[]; readonly only: string | undefined },
): Html => {
  const words = said[frame.tongue]
  const way = (name: string, which: string | undefined) =>
    html`<a href="/recordings${which === undefined ? '' : `?only=${which}`}"${only === which ? html` aria-current="page"` : undefined}>${name}</a> `
  const line = (row: RecordingRowTold) => html`<tr>
<td><a href="${onePath(row.id)}">${dateOf(place, row.beganAt)}</a></td><td>${clock(row.durationMs)}</td>
<td>${row.product}</td><td>${row.seller}</td><td>${stateOf(frame.tongue, row)}</td><td>${row.gaps}</td>
<td>${row.holds.map(({ name }) => name).join(', ')}</td><td>${row.access.length}</td></tr>`
  const heads = [
    words.began,
    words.length,
    words.product,
    words.seller,
    words.outcome,
    words.missing,
    words.held,
  ]
  return framePage(frame, {
    title: words.title,
    body: html`<section><h1>${words.title}</h1>
<nav class="row">${way(words.all, undefined)}${way(words.gaps, 'gaps')}${way(words.held, 'held')}</nav>
${
  rows.length === 0
    ? html`<p>${words.none}</p>`
    : html`<div class="list"><table><thead><tr>${[...heads, words.looked].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(line)}</tbody></table></div>`
}
<p class="hint">${words.audit}</p></section>`,
  })
}

/** Of each party what was recorded at that moment: the hub's copy, or that of their page. */
const partsAt = ({ parts }: RecordingView, at: number): readonly RecordingPartTold[] => {
  const there = parts.filter((part) => part.startedAt <= at && at < part.startedAt + part.durationMs)
  const parties = [...new Set(there.map(({ participant }) => participant))].sort()
  return parties.flatMap((party) => {
    const own = there.filter(({ participant }) => participant === party)
    return own.find(({ recorder }) => recorder === 'hub') ?? own[0] ?? []
  })
}

export interface Playing {
  readonly view: RecordingView
  readonly at: number
  /** null: who asks does not play. */
  readonly grant: string | null
}

const player =
  (tongue: DeskTongue, { view, at, grant }: Playing & { readonly grant: string }) =>
  (part: RecordingPartTold) => {
    const words = said[tongue]
    const seconds = Math.max(0, (at - part.startedAt) / 1_000)
    const copy = part.recorder === 'hub' ? words.hub : words.page
    const name = `${part.participant} (${copy})`
    return html`<figure><video controls preload="metadata" aria-label="${name}" src="${playPath(view.row.id, part.part, grant)}#t=${seconds.toFixed(1)}"></video><figcaption>${name}</figcaption></figure>`
  }

const titleOf = (tongue: DeskTongue, { kind, code, title, by }: RecordingChapter) => {
  const own = title[tongue] ?? Object.values(title)[0]
  const what = kind === 'item' ? undefined : inTongue(tongue, findings[code], code)
  const whose = kind === 'gap' ? by : undefined
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

export const recordingPage = (frame: PageFrame, place: Place, playing: Playing): Html => {
  const { view, at, grant } = playing
  const { tongue } = frame
  const words = said[tongue]
  const { row } = view
  const began = view.spans[0]?.from ?? row.beganAt
  const now = partsAt(view, at)
  const chapter = (one: RecordingChapter) =>
    html`<li><a href="${onePath(row.id, one.at)}">${clock(Math.max(0, one.at - began))} ${titleOf(tongue, one)}</a>${one.settled === null ? undefined : html` <span class="hint">${one.settled}</span>`}</li>`
  const part = (one: RecordingPartTold) =>
    html`<tr><td><a href="${onePath(row.id, one.startedAt + 1)}">${clock(Math.max(0, one.startedAt - began))}</a></td><td>${clock(one.durationMs)}</td><td>${one.participant}</td><td>${one.recorder === 'hub' ? words.hub : words.page}</td></tr>`
  const players =
    row.state === 'open'
      ? html`<p>${words.later}</p>`
      : grant === null
        ? html`<p>${words.noPlay}</p>`
        : now.length === 0
          ? html`<p>${words.nothing}</p>`
          : html`<div class="players">${now.map(player(tongue, { ...playing, grant }))}</div>`
  return framePage(frame, {
    title: `${words.title} · ${row.id}`,
    body: html`<section><h1>${dateOf(place, row.beganAt)} · ${row.product}</h1>
<p><a href="/recordings">${words.back}</a></p>
<p>${row.seller} · ${stateOf(tongue, row)} · ${clock(row.durationMs)}</p>
${players}<p class="hint">${words.audit}</p></section>
<section><h2>${words.chapters}</h2><ol>${view.chapters.map(chapter)}</ol></section>
<section><h2>${words.report}</h2>${reportOf(tongue, view)}
<p class="hint">${words.signature}: <code>${view.manifest ?? ''}</code></p></section>
<section><h2>${words.parts}</h2><div class="list"><table><tbody>${view.parts.map(part)}</tbody></table></div></section>
<section><h2>${words.looked}</h2><ul>${row.access.map(
      ({ at: when, by, what, fromMs }) =>
        html`<li>${dateOf(place, when)} · ${what === 'opened' ? words.opened : words.exported} ${by} · ${clock(fromMs)}</li>`,
    )}</ul></section>`,
  })
}
