/** The report as one file: everything in it, both languages, nothing fetched and nothing run. */
import type { EvidenceLine, Finding, Outcome, Result } from '../result.ts'
import { outcomes } from '../result.ts'
import { type Level, levels } from '../rule.ts'
import { type Said, say, type Tongue } from '../words.ts'
import { html, Markup } from './markup.ts'
import { style } from './style.ts'
import { levelWords, outcomeWords } from './terminal.ts'

/** Even a page that was tampered with runs and fetches nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

const both = ({ en, zh }: Said): Markup =>
  en === zh
    ? html`${en}`
    : html`<span class="en" lang="en">${en}</span><span class="zh" lang="zh">${zh}</span>`

const marks: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✕',
  'not-applicable': '–',
  'not-proved': '?',
}

const levelTitles: Readonly<Record<Level, Said>> = {
  bronze: say('can be trusted with a task', '可以托付任务'),
  silver: say('does nothing twice and can be stopped', '不重复执行，随时可停'),
  gold: say('keeps its word when things break', '出了故障仍守约'),
}

const whoSays: Readonly<Record<EvidenceLine['from'], Said>> = {
  device: say('device', '设备'),
  will: say('its will', '遗嘱消息'),
  stored: say('retained', '保留消息'),
  examiner: say('hub', '中枢'),
  note: say('', ''),
}

const shortTopic = (topic: string) =>
  topic.split('/').slice(4).join('/') || topic.split('/').slice(3).join('/')

const evidenceRow = ({ atMs, from, topic, text }: EvidenceLine): Markup =>
  html`<tr><td>${(atMs / 1_000).toFixed(3)}</td><td>${both(whoSays[from])}</td><td>${topic === undefined ? '' : html`<code>${shortTopic(topic)}</code>`}</td><td class="payload">${both(text)}</td></tr>`

const evidenceOf = ({ evidence, leftOut, clause }: Finding): Markup =>
  html`<div class="evidence"><p class="clause">${both(say('Contract', '约定'))}: ${clause}</p>${
    evidence.length === 0 ? '' : html`<table>${evidence.map(evidenceRow)}</table>`
  }${leftOut === 0 ? '' : html`<p>${both(say(`${leftOut} more messages left out in the middle`, `中间另有 ${leftOut} 条消息未列出`))}</p>`}</div>`

const findingOf = (finding: Finding, isOpen = false): Markup => {
  const { outcome, title, rule, why } = finding
  const open = isOpen ? new Markup(' open') : ''
  return html`<details class="finding ${outcome}"${open}><summary><span class="mark">${marks[outcome]} ${both(outcomeWords[outcome])}</span><span class="title">${both(title)}</span><code>${rule}</code>${
    why === undefined || outcome === 'pass' ? '' : html`<span class="why">${both(why)}</span>`
  }</summary>${evidenceOf(finding)}</details>`
}

/** First what the reader came for, with its evidence open. */
const brokenSection = ({ findings }: Result): Markup => {
  const broken = findings.filter(({ outcome }) => outcome === 'fail')
  return broken.length === 0
    ? html``
    : html`<section><h2>${both(say('What is broken', '未遵守的规则'))}</h2>${broken.map((finding) => findingOf(finding, true))}</section>`
}

const levelSection = (result: Result, level: Level): Markup =>
  html`<section><h2><span class="name">${both(levelWords[level])}</span> <small>${both(levelTitles[level])}</small></h2>${result.findings
    .filter((finding) => finding.level === level)
    .map((finding) => findingOf(finding))}</section>`

const countItem = (result: Result, outcome: Outcome): Markup =>
  html`<li><b>${result.findings.filter((finding) => finding.outcome === outcome).length}</b>${both(outcomeWords[outcome])}</li>`

const headOf = ({ subject, examinedAt, tookMs }: Result): Markup => {
  const what = [subject.vendor, subject.model, subject.firmware].filter((one) => one !== undefined).join(' ')
  const when = `${examinedAt.slice(0, 16).replace('T', ' ')} UTC`
  const took = Math.round(tookMs / 1_000)
  return html`<header><p class="over">Usher · ${both(say('conformance to the MQTT contract, version 1', 'MQTT 约定第 1 版符合性检查'))}</p><h1>${subject.device}${what === '' ? '' : ` · ${what}`}</h1><p>${both(say(`Examined ${when}, in ${took} s`, `检查时间 ${when}，用时 ${took} 秒`))}</p><p>${both(say('Capabilities', '能力'))}: ${subject.capabilities.join(', ') || '–'}</p></header>`
}

const verdictOf = ({ level, proved }: Result): Markup =>
  html`<div class="verdict"><div class="medal ${level ?? 'none'}">${level === undefined ? both(say('no level', '未达级别')) : both(levelWords[level])}</div><p>${both(proved)}</p></div>`

const footOf = ({ subject, seed }: Result): Markup =>
  html`<footer><p>${both(
    say(
      'Judged by nothing but what the device itself said over MQTT. A rule that could not be examined limits the level as one that is broken.',
      '只依据设备自己通过 MQTT 所说的话判断。无法检查的规则与未遵守的规则一样限制级别。',
    ),
  )}</p><p>${both(say('Examined', '检查对象'))}: ${subject.what} · ${both(say('seed', '种子'))} ${seed}</p></footer>`

export const reportPage = (result: Result, tongue: Tongue): string => {
  const checked = (one: Tongue) => (one === tongue ? new Markup(' checked') : '')
  return html`<!doctype html>
<html lang="${tongue}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width,initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<title>${result.subject.device}: Usher conformance</title>
<style>${new Markup(style)}</style>
</head>
<body>
<input type="radio" class="pick" name="language" id="en" aria-label="English"${checked('en')}/>
<input type="radio" class="pick" name="language" id="zh" aria-label="中文"${checked('zh')}/>
<main>
<div class="languages"><label for="en">English</label><label for="zh">中文</label></div>
${headOf(result)}
${verdictOf(result)}
<ul class="counts">${outcomes.map((outcome) => countItem(result, outcome))}</ul>
${brokenSection(result)}
${levels.map((level) => levelSection(result, level))}
${footOf(result)}
</main>
</body>
</html>
`.text
}
