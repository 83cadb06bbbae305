/** Scenario files: the shipped ones fit and are what they say, copies can be changed, contradictions are told apart. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { flows } from '#flows/index.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import { UsherError } from '#protocol/errors.ts'
import { membersOf } from '#simulators/lobby/members.ts'
import { livePureDay } from '#simulators/lobby/pure-day.ts'
import { findScenario, midnightOf, parseScenario, scenarioNames } from '#simulators/lobby/scenario.ts'

const folder = new URL('../../../simulators/lobby/scenarios/', import.meta.url)
const textOf = (name: string) => readFileSync(new URL(`${name}.yaml`, folder), 'utf8')
const where = new URL('morning-rush.yaml', folder).pathname

const refusal = (read: () => unknown): UsherError => {
  try {
    read()
  } catch (error) {
    if (error instanceof UsherError) return error
    throw error
  }
  throw new Error('It was not refused.')
}

describe('the shipped scenarios', () => {
  test('are those that are promised, and the demonstration', () => {
    expect(scenarioNames()).toEqual([
      'broken-sensor',
      'demo',
      'kiosk-outage',
      'market-day',
      'morning-rush',
      'payday',
      'quiet-day',
      'robot-outage',
      'two-counters-closed',
    ])
  })

  test.each(scenarioNames())('%s fits, and so does its branch', (name) => {
    const scenario = findScenario(name)
    const parsePolicy = createPolicyParser(flows)
    expect(parseBranchFile(scenario.branchText, parsePolicy).branch).toBe(scenario.branch.branch)
    expect(textOf(name).startsWith('# ')).toBe(true)
    for (const words of [scenario.title, scenario.about])
      expect(Object.keys(words).toSorted()).toEqual(['en', 'zh'])
  })

  test('the morning rush is nine hours with about 600 visitors and 20 devices', () => {
    const scenario = findScenario('morning-rush')
    expect(scenario.day.closeMs - scenario.day.openMs).toBe(9 * 3_600_000)
    expect(membersOf(scenario)).toHaveLength(20)
    const visits = [1, 2, 3, 4, 5].map((seed) => livePureDay({ scenario, seed }).visitors.length)
    expect(Math.min(...visits)).toBeGreaterThan(540)
    expect(Math.max(...visits)).toBeLessThan(660)
  })

  test('two scenarios that differ in their trouble differ in nothing else', () => {
    const {
      troubles: _none,
      name: _name,
      title: _title,
      about: _about,
      ...rush
    } = findScenario('morning-rush')
    for (const other of ['kiosk-outage', 'robot-outage', 'two-counters-closed']) {
      const { troubles, name, title, about, ...rest } = findScenario(other)
      expect(troubles.length, `${name}: ${title['en']}: ${about['en']}`).toBeGreaterThan(0)
      expect(rest).toEqual(rush)
    }
  })

  test('closed counters make people wait longer and leave more often', () => {
    const lost = (name: string) =>
      [1, 2, 3].reduce(
        (sum, seed) =>
          sum +
          livePureDay({ scenario: findScenario(name), seed }).visitors.filter(
            ({ outcome }) => outcome === 'abandoned',
          ).length,
        0,
      )
    expect(lost('two-counters-closed')).toBeGreaterThan(lost('morning-rush') * 1.3)
  })
})

describe('a copy that somebody changed', () => {
  const own = mkdtempSync(join(tmpdir(), 'usher-scenario-'))
  afterAll(() => rmSync(own, { recursive: true, force: true }))

  test('is found by its path, with the branch file next to it', () => {
    writeFileSync(join(own, 'mine.yaml'), textOf('quiet-day').replace('../../branches/', './'))
    writeFileSync(
      join(own, 'main-street.yaml'),
      readFileSync(new URL('../../branches/main-street.yaml', folder), 'utf8'),
    )
    expect(findScenario(join(own, 'mine.yaml')).name).toBe('mine')
  })

  test('works as it is wherever it lies, before a shipped branch', () => {
    writeFileSync(join(own, 'as-it-is.yaml'), textOf('quiet-day'))
    const copied = findScenario(join(own, 'as-it-is.yaml'))
    expect(copied.branchText).toBe(findScenario('quiet-day').branchText)
  })

  test('may name its branch file by its whole path', () => {
    const path = new URL('../../branches/main-street.yaml', folder).pathname
    writeFileSync(join(own, 'far.yaml'), textOf('quiet-day').replace('../../branches/main-street.yaml', path))
    expect(findScenario(join(own, 'far.yaml')).branchText).toBe(readFileSync(path, 'utf8'))
  })

  test('may bring its branch along', () => {
    const text = JSON.stringify({
      ...(parse(textOf('quiet-day')) as object),
      branch: parse(readFileSync(new URL('../../branches/main-street.yaml', folder), 'utf8')) as object,
    })
    expect(parseScenario(text, '/anywhere/own.yaml').branch.branch).toBe('main-street')
  })

  test('knows when its midnight is, in its own time zone', () => {
    expect(new Date(midnightOf(findScenario('morning-rush'))).toISOString()).toBe('2026-03-01T16:00:00.000Z')
  })
})

describe('what does not fit is told with line, path and what to do', () => {
  const changed = (from: string | RegExp, to: string) => {
    const text = textOf('morning-rush')
    const next = text.replace(from, to)
    expect(next).not.toBe(text)
    return refusal(() => parseScenario(next, where))
  }

  test.each([
    [
      'a service that the branch has not',
      'cash: [',
      'gold: [',
      'arrivals.perHour.gold: the branch has no service "gold"',
    ],
    ['rates for other times', 'cash: [', 'cash: [1, ', 'one rate for each time'],
    [
      'closing before opening',
      'close: "17:30"',
      'close: "07:30"',
      'day.close: the branch closes (07:30:00) before it opens',
    ],
    ['a day that is none', '2026-03-02', '2026-02-30', 'day.date: 2026-02-30 is no day of the calendar'],
    ['an unknown word', 'services:', 'service:', 'Unrecognized key'],
    ['a share above 1', '{ eligibleShare: 0.75 }', '{ eligibleShare: 1.75 }', 'services.cash.eligibleShare'],
    [
      'a counter twice at once',
      'to: "12:00" }, { from: "12:45"',
      'to: "12:50" }, { from: "12:45"',
      'overlaps the one before',
    ],
    [
      'a break that ends before it begins',
      'from: "12:45", to: "17:30"',
      'from: "17:45", to: "17:30"',
      'ends (17:30:00) before it begins',
    ],
    [
      'a counter that is not there',
      'spare: [counter-8]',
      'spare: [counter-9]',
      'counters.spare[0]: the branch has no counter "counter-9"; there are: counter-1',
    ],
    [
      'a spare counter with a schedule',
      'spare: [counter-8]',
      'spare: [counter-1]',
      'has a schedule and is spare',
    ],
    [
      'a camera that is not there',
      'tracking: camera-hall',
      'tracking: camera-roof',
      'the branch has no camera "camera-roof"',
    ],
    ['a time that is none', '"09:00", "09:30"', '"9", "09:30"', 'a time of day such as 09:30'],
    ['times out of order', '"09:00", "09:30"', '"09:30", "09:00"', 'put the times in order'],
    [
      'kiosk time for what no kiosk does',
      'corporate: { segment: corporate }',
      'corporate: { kioskMinutes: 3 }',
      '"corporate" is no self-service',
    ],
  ])('%s', (_what, ...[from, to, says]) => {
    const error = changed(from, to)
    expect(error.code).toBe('scenario.invalid')
    expect(error.detail).toContain(where)
    expect(error.detail).toMatch(/\nline \d+: /)
    expect(error.detail).toContain(says)
  })

  test('people who come for what nobody serves', () => {
    const error = changed(/counter-7: \[.*\]\n/, 'counter-7: []\n')
    expect(error.detail).toContain('people come for "advice", but no counter that serves it ever opens')
  })

  test('more who accept and decline than there are', () => {
    const error = changed(
      'services:',
      'customers: { acceptsInvitationShare: 0.9, declinesInvitationShare: 0.2 }\nservices:',
    )
    expect(error.detail).toContain('together more than all')
  })

  test('everything at once', () => {
    const text = textOf('morning-rush')
      .replace('spare: [counter-8]', 'spare: [counter-9]')
      .replace('tracking: camera-hall', 'tracking: camera-roof')
    const { detail } = refusal(() => parseScenario(text, where))
    expect(detail?.split('\n')).toHaveLength(3)
  })

  test.each([
    ['no YAML', 'title: [', 'scenario.invalid'],
    ['an alias that grows', 'a: &a [1,1]\nb: &b [*a,*a]\nc: *c', 'scenario.invalid'],
    ['nothing', '', 'scenario.invalid'],
  ])('%s', (_what, text, code) => {
    expect(refusal(() => parseScenario(text, where)).code).toBe(code)
  })

  test('a name that nobody knows, and a file that is not there', () => {
    const unknown = refusal(() => findScenario('evening-rush'))
    expect(unknown).toMatchObject({ code: 'scenario.unknown' })
    expect(unknown.detail).toContain('morning-rush')
    expect(refusal(() => findScenario('/nowhere/mine.yaml')).code).toBe('scenario.unreadable')
    const lost = textOf('morning-rush').replace('../../branches/main-street.yaml', 'lost.yaml')
    expect(refusal(() => parseScenario(lost, where)).code).toBe('scenario.unreadable')
  })

  test('a fault of the branch file names that file', () => {
    const own = mkdtempSync(join(tmpdir(), 'usher-scenario-'))
    writeFileSync(join(own, 'b.yaml'), 'branch: b\nzones: []\nservices: [{ id: cash }]\n')
    const text = textOf('quiet-day').replace('../../branches/main-street.yaml', 'b.yaml')
    const { detail } = refusal(() => parseScenario(text, join(own, 'mine.yaml')))
    rmSync(own, { recursive: true })
    expect(detail).toContain(join(own, 'b.yaml'))
    expect(detail).toContain('line 2: zones:')
  })
})
