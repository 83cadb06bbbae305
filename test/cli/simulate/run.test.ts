import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { SimulateWishes } from '#cli/commands/simulate.ts'
import { runSimulate, simulate } from '#cli/simulate/run.ts'
import { startUsher } from '../support.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-simulate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const short = join(import.meta.dirname, 'short.yaml')
const plain: SimulateWishes = {
  seed: 7,
  days: 1,
  policy: 'on',
  compare: undefined,
  sensitivity: false,
  csv: undefined,
  mapping: undefined,
  report: undefined,
  threads: 1,
  json: false,
  tongue: 'en',
}

const written = (name: string, text: string) => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const head = 'ticket,service,issued,called,ended,counter\n'

describe('usher simulate', () => {
  it('compares two arms of the same days', { timeout: 120_000 }, async () => {
    const told: string[] = []
    const wishes = { ...plain, days: 2, compare: ['on', 'off'], threads: 2 }
    const { arms, comparison } = await simulate(short, wishes, { progress: (text) => told.push(text) })
    expect(comparison?.find(({ id }) => id === 'meanWait')?.pairs).toBe(2)
    const [on, off] = arms
    expect(on?.story.record.visitors.map(({ id }) => id)).toEqual(
      off?.story.record.visitors.map(({ id }) => id),
    )
    expect(told.at(-1)).toMatch(/day [12] of 2 under policy (?:on|off); 4 of 4 runs over$/)
  })

  it('plays the tickets of a real day', { timeout: 120_000 }, async () => {
    const csv = written(
      'day.csv',
      `${head}A1,cash,2026-03-02 09:01:00,2026-03-02 09:02:00,2026-03-02 09:06:00,counter-1\n` +
        'A2,card,2026-03-02 09:03:00,2026-03-02 09:04:00,2026-03-02 09:09:00,counter-2\n',
    )
    const { arms, real } = await simulate(short, { ...plain, csv }, { progress: () => undefined })
    expect(arms[0]?.story.record.visitors.map(({ service }) => service)).toEqual(['cash', 'card'])
    expect(real).toEqual({ file: 'day.csv', tickets: 2, date: '2026-03-02' })
  })

  describe('refuses, before it lives a day and without leaving a file', () => {
    const report = join(folder, 'never')
    const refused = async (named: string, wishes: Partial<SimulateWishes>) => {
      const error = await runSimulate(named, { ...plain, report, ...wishes }).catch(
        (caught: unknown) => caught,
      )
      expect(existsSync(report)).toBe(false)
      return error
    }

    it('a scenario that nobody knows', async () => {
      expect(await refused('no-such-day', {})).toMatchObject({ code: 'scenario.unknown' })
    })

    it('a scenario that contradicts itself', async () => {
      const text = readFileSync(short, 'utf8')
        .replace('../../../', `${relative(folder, join(import.meta.dirname, '../../..'))}/`)
        .replace('close: "09:20"', 'close: "08:30"')
      expect(await refused(written('closed.yaml', text), {})).toMatchObject({ code: 'scenario.invalid' })
    })

    it('a broken ticket log, naming each line', async () => {
      const csv = written(
        'broken.csv',
        `${head}A1,cash,yesterday,,,\nA2,nothing,2026-03-02 09:03:00,2026-03-02 09:01:00,,\n`,
      )
      const error = await refused(short, { csv })
      expect(error).toMatchObject({ code: 'ticket-log.invalid' })
      expect(String(error)).toMatch(/line 2[\s\S]*line 3/)
    })

    it('a place for the report where nothing can be written', async () => {
      const file = written('a-file', '')
      const error = await refused(short, { report: join(file, 'report') })
      expect(error).toMatchObject({ code: 'command.invalid' })
      expect(String(error)).toContain('a-file')
      // A file system that lets root write and still makes no folder.
      expect(await refused(short, { report: '/proc/usher/report' })).toMatchObject({
        code: 'command.invalid',
      })
    })

    it('a mapping that is none', async () => {
      const csv = written('some.csv', head)
      const mapping = written('mapping.yaml', 'separator: ";"\ncolumns: { issued: 7 }\n')
      const error = await refused(short, { csv, mapping })
      expect(error).toMatchObject({ code: 'ticket-log.invalid' })
      expect(String(error)).toMatch(/mapping\.yaml\nline 2: columns\.issued: /)
      const nowhere = join(folder, 'no-mapping.yaml')
      expect(await refused(short, { csv, mapping: nowhere })).toMatchObject({ code: 'ticket-log.unreadable' })
    })

    it('a policy that does not fit, naming file and setting', async () => {
      const policy = written('policy.yaml', 'flows: { diversion: { policy: { enterLength: -4 } } }\n')
      const error = await refused(short, { policy })
      expect(error).toMatchObject({ code: 'policy.invalid' })
      expect(String(error)).toMatch(/policy\.yaml.*diversion[\s\S]*enterLength/)
      const other = written('other.yaml', 'flows: { nothing: { autonomy: off } }\n')
      expect(await refused(short, { compare: ['on', other] })).toMatchObject({ code: 'flow.unknown' })
      const misspelt = written('misspelt.yaml', 'flows: { greting: { autonomy: off } }\n')
      expect(String(await refused(short, { policy: misspelt }))).toMatch(
        /misspelt\.yaml: there is no flow greting; known: .*greeting.*\. Did you mean greeting\?$/,
      )
    })

    it('a policy that is not there, or no YAML: in one line that says where', async () => {
      const missing = join(folder, 'missing.yaml')
      const error = await refused(short, { policy: missing })
      expect(error).toMatchObject({ code: 'config.unreadable' })
      expect(String(error)).toContain(missing)
      const broken = await refused(short, { policy: written('broken.yaml', 'flows:\n  greeting: [1\n') })
      expect(broken).toMatchObject({ code: 'policy.invalid' })
      expect(String(broken)).toMatch(/broken\.yaml: line \d+, column \d+: [^\n]+$/)
    })

    it('two policies that come to the same, however they are written', async () => {
      const one = written('one.yaml', 'flows: { greeting: { policy: { groupMs: 5000, askIntent: true } } }\n')
      const other = written(
        'same.yaml',
        'flows:\n  greeting: { autonomy: automatic, policy: { groupMs: 5000 } }\n',
      )
      const same = await refused(short, { compare: [one, other] })
      expect(same).toMatchObject({ code: 'command.invalid' })
      expect(String(same)).toMatch(/one\.yaml .*same\.yaml: both arms come to the same; name two/)
      const nothing = written('nothing.yaml', 'flows: {}\n')
      expect(String(await refused(short, { compare: ['on', nothing] }))).toContain('come to the same')
    })
  })

  it('says wrong words and refusals as every command does', async () => {
    const ended = (...words: string[]) => startUsher(['simulate', ...words]).ended
    const [words, same, unknown] = await Promise.all([
      ended('morning-rush', '--compare', 'on'),
      ended('morning-rush', '--compare', 'on', 'on'),
      ended('no-such-day', '--report', join(folder, 'none')),
    ])
    expect(words).toMatchObject({ code: 2 })
    expect(words.complained).toContain('error command.invalid')
    expect(same).toMatchObject({ code: 2 })
    expect(same.complained).toContain('both arms are the same')
    expect(unknown).toMatchObject({ code: 1 })
    expect(unknown.complained).toContain('morning-rush')
    expect(readdirSync(folder)).not.toContain('none')
  })
})
