/** What the terminal shows: a line for each rule as it is decided, and at the end what was reached and what was not. */
import type { Finding, Outcome, Result } from '../result.ts'
import type { Level, Rule } from '../rule.ts'
import { levels } from '../rule.ts'
import { type Said, say, type Tongue } from '../words.ts'

const signs: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✗',
  'not-applicable': '–',
  'not-proved': '?',
}

export const outcomeWords: Readonly<Record<Outcome, Said>> = {
  pass: say('pass', '通过'),
  fail: say('fail', '未通过'),
  'not-applicable': say('not applicable', '不适用'),
  'not-proved': say('not proved', '未证明'),
}

export const levelWords: Readonly<Record<Level, Said>> = {
  bronze: say('bronze', '铜级'),
  silver: say('silver', '银级'),
  gold: say('gold', '金级'),
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

export const findingLine = (finding: Finding, tongue: Tongue): string => {
  const { outcome, rule, title, why } = finding
  const line = `${signs[outcome]} ${rule.padEnd(22)} ${title[tongue]}`
  return why === undefined || outcome === 'pass'
    ? line
    : `${line}\n    ${outcomeWords[outcome][tongue]}: ${why[tongue]}`
}

const count = (findings: readonly Finding[], outcome: Outcome) =>
  findings.filter((finding) => finding.outcome === outcome).length

const summaryWords = {
  none: say('No level reached', '未达到任何级别'),
  level: say('Level', '级别'),
  took: say('took', '用时'),
}

export const summary = (result: Result, tongue: Tongue): string => {
  const { findings, level, proved, subject, tookMs } = result
  const counts = (Object.keys(outcomeWords) as Outcome[])
    .map((outcome) => `${signs[outcome]} ${count(findings, outcome)} ${outcomeWords[outcome][tongue]}`)
    .join('   ')
  const reached =
    level === undefined
      ? summaryWords.none[tongue]
      : `${summaryWords.level[tongue]}: ${levelWords[level][tongue].toUpperCase()}`
  const broken = findings.filter(({ outcome }) => outcome === 'fail')
  const who = [subject.vendor, subject.model, subject.firmware].filter(Boolean).join(' ')
  return [
    '',
    `${subject.device}${who === '' ? '' : ` (${who})`}`,
    counts,
    ...broken.map(({ rule, why }) => `  ✗ ${rule}: ${why?.[tongue] ?? ''}`),
    `${reached}   ${summaryWords.took[tongue]} ${seconds(tookMs)}`,
    proved[tongue],
  ].join('\n')
}

/** The table of rules, for --rules. */
export const ruleTable = (rules: readonly Rule[], tongue: Tongue): string =>
  levels
    .map((level) =>
      [
        `${levelWords[level][tongue]}:`,
        ...rules
          .filter((rule) => rule.level === level)
          .map(({ id, title, clause }) => `  ${id.padEnd(22)} ${title[tongue]}\n${' '.repeat(25)}${clause}`),
      ].join('\n'),
    )
    .join('\n\n')
