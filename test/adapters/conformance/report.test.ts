/** The page and the levels: nothing a device sent becomes markup, and a level is never given away. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { levelOf, provedBy, reaches } from '#adapters/conformance/level.ts'
import { reportPage } from '#adapters/conformance/report/page.ts'
import { findingLine, summary } from '#adapters/conformance/report/terminal.ts'
import type { Finding, Outcome, Result } from '#adapters/conformance/result.ts'
import type { Level } from '#adapters/conformance/rule.ts'
import { rulePage } from '#adapters/conformance/rule-page.ts'

const finding = (level: Level, outcome: Outcome): Finding => ({
  rule: `${level}.${outcome}`,
  level,
  title: { en: 'Title', zh: '标题' },
  clause: 'architecture 7',
  outcome,
  why: { en: 'because', zh: '因为' },
  evidence: [
    {
      atMs: 1_234,
      from: 'device',
      topic: 'usher/v1/demo/x/task/t-1/report',
      text: { en: '<script>alert(1)</script>', zh: '<script>alert(1)</script>' },
    },
  ],
  leftOut: 3,
  tookMs: 1,
})

const result = (findings: readonly Finding[]): Result => {
  const level = levelOf(findings)
  return {
    usherConformance: 1,
    examinedAt: '2026-01-02T03:04:05.000Z',
    tookMs: 12_300,
    subject: { what: 'x', device: 'lamp-1', vendor: '<b>Acme</b>', capabilities: ['display'] },
    seed: '1',
    ...(level !== undefined && { level }),
    proved: provedBy(findings),
    findings: [...findings],
  }
}

const all = (gold: Outcome, silver: Outcome = 'pass', bronze: Outcome = 'pass') => [
  finding('bronze', bronze),
  finding('silver', silver),
  finding('gold', gold),
]

test.each([
  [all('pass'), 'gold'],
  [all('not-applicable'), 'gold'],
  [all('fail'), 'silver'],
  [all('not-proved'), 'silver'],
  [all('pass', 'not-proved'), 'bronze'],
  [all('pass', 'pass', 'fail'), undefined],
] as const)('%#: the level is the highest below which nothing is open', (findings, level) => {
  expect(levelOf(findings)).toBe(level)
})

test('a level asked for is reached by itself and by those above', () => {
  expect(reaches('silver', 'bronze')).toBe(true)
  expect(reaches('silver', 'gold')).toBe(false)
  expect(reaches(undefined, 'bronze')).toBe(false)
})

test('what a device says is text on the page, in both languages, and nothing is fetched or run', () => {
  const page = reportPage(result(all('fail')), 'zh')
  expect(page).not.toContain('<script')
  expect(page).not.toContain('<b>Acme')
  expect(page).toContain('&lt;script&gt;')
  expect(page).toContain('<html lang="zh">')
  expect(page).toMatch(/id="zh"[^>]*checked/)
  expect(page).toContain('because')
  expect(page).toContain('因为')
  expect(page).toContain('3 more messages')
})

test('the terminal says what was broken and what was reached, in the language asked for', () => {
  const text = summary(result(all('fail')), 'zh')
  expect(text).toContain('银级')
  expect(text).toContain('✗ gold.fail: 因为')
  expect(findingLine(finding('gold', 'pass'), 'en')).not.toContain('because')
})

test('the reference page is fresh', () => {
  const file = join(import.meta.dirname, '../../../docs/reference/conformance-rules.md')
  expect(readFileSync(file, 'utf8')).toBe(rulePage())
})
