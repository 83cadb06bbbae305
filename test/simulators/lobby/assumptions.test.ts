/** One table of assumptions: the schema has its defaults from there and no others, and the guide shows it as it is. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { assumptions } from '#simulators/lobby/assumptions.ts'
import { withAssumptions } from '#simulators/lobby/guide.ts'
import { ScenarioFile, serviceDefaults } from '#simulators/lobby/scenario-schema.ts'

const bare = ScenarioFile.parse({
  title: 'Nothing said',
  branch: 'branch.yaml',
  day: { date: '2026-03-02', open: '09:00', close: '17:00' },
})

/** What a scenario says of a branch and a day is no assumption. */
const said = new Set([
  'arrivals.times',
  'arrivals.perHour',
  'arrivals.languages',
  'arrivals.appointments',
  'arrivals.staged',
  'services.*.segment',
  'counters.schedule',
  'counters.spare',
  'cameras.counts',
  'floor.zones',
])

const sections = [
  'arrivals',
  'customers',
  'kiosks',
  'counters',
  'ticketMachine',
  'robots',
  'cameras',
  'staff',
  'floor',
] as const

const defaults = new Map<string, unknown>([
  ...sections.flatMap((section) =>
    Object.entries(bare[section]).map(([name, value]): [string, unknown] => [`${section}.${name}`, value]),
  ),
  ...Object.entries(serviceDefaults).map(([name, value]): [string, unknown] => [`services.*.${name}`, value]),
])

test('every assumption is a setting, and every setting that has a default is an assumption', () => {
  const settings = [...defaults.keys()].filter((path) => !said.has(path))
  expect(settings.toSorted()).toEqual(Object.keys(assumptions).toSorted())
})

test('a scenario that says nothing has exactly what the table says', () => {
  for (const [path, { default: value }] of Object.entries(assumptions))
    expect(defaults.get(path), path).toEqual(value)
})

test('each row has a meaning, and a source or the word "assumed"', () => {
  for (const [path, { meaning, source }] of Object.entries(assumptions)) {
    expect(meaning.en.length, path).toBeGreaterThan(10)
    expect(source, path).not.toBe('')
  }
})

test('the guide shows the table as it is; renew it with npm run docs', () => {
  const guide = readFileSync(new URL('../../../docs/guides/lobby-model.md', import.meta.url), 'utf8')
  expect(guide).toBe(withAssumptions(guide))
})
