/** The command as people type it: what it says, what it writes, and that it says nothing where something does not hold. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createProgram } from '#cli/program.ts'
import type { WhatIf } from '#cli/what-if/result.ts'
import { createFolders } from '../../deploy/folders.ts'
import { record } from '../journal/recorded.ts'
import { countedMorning, willing } from './planted.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-what-if-'))
const flowFolders = createFolders()
const at = (name: string) => join(folder, name)
const write = (name: string, text: string) => {
  writeFileSync(at(name), text)
  return at(name)
}
let day: string

beforeAll(async () => {
  const lines = await record({ play: countedMorning, untilMs: 360_000, behaviour: willing })
  day = write('day.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  write('cool.yaml', 'flows: { greeting: { policy: { coolDownMs: 40000 } } }\n')
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  flowFolders.remove()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** What is said on standard output; refusals come out as errors. */
const usher = async (...words: readonly string[]): Promise<string> => {
  const said: string[] = []
  vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text))
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await createProgram().parseAsync(['what-if', '--seeds', '2', ...words], { from: 'user' })
  return said.join('\n')
}

const ask = async (...words: readonly string[]) => JSON.parse(await usher('--json', ...words)) as WhatIf

describe('usher what-if', () => {
  test('says in plain words what would have been otherwise, and when', async () => {
    const said = await usher('--journal', day, '--policy', at('cool.yaml'))
    expect(said).toContain('greeting.coolDownMs: 20000 → 40000')
    expect(said).toContain('2 decisions would have been others')
    expect(said).toMatch(
      /00:00:45 {2}greeting: would no longer greet visitor v-\S+, zone entrance \(robot-1\)/,
    )
    expect(said).toContain('Waiting: not estimated. The day has 0 tickets')
  })

  test('gives programs everything, and writes a page that holds the same', async () => {
    const result = await ask('--journal', day, '--policy', at('cool.yaml'), '--report', at('out'))
    expect(result).toMatchObject({ branch: 'sim', waiting: null, sanity: { differing: 0 } })
    expect(JSON.parse(readFileSync(at('out/what-if.json'), 'utf8'))).toEqual(result)
    const page = readFileSync(at('out/what-if.html'), 'utf8')
    expect(page).toContain('greeting.coolDownMs: 20000 → 40000')
    expect(page).toContain('would no longer greet visitor')
  })

  test('off is greeting, diversion and promotion off', async () => {
    const { changed, counts } = await ask('--journal', day, '--policy', 'off')
    expect(changed.map(({ flow, setting }) => `${flow}.${setting}`)).toEqual([
      'diversion.autonomy',
      'diversion-invitation.autonomy',
      'greeting.autonomy',
      'promotion.autonomy',
    ])
    expect(counts).toMatchObject([{ flow: 'greeting', before: 5, after: 0 }])
  })

  test('a copy of a shipped flow changes nothing; a threshold changed in its code does', async () => {
    const copy = flowFolders.copyShipped('greeting')
    const same = await ask('--journal', day, '--flows', copy)
    expect(same.changed).toMatchObject([{ flow: 'greeting', setting: 'code' }])
    expect([...same.differences, ...same.parked, ...same.undecided]).toEqual([])
    const policy = join(copy, 'policy.ts')
    writeFileSync(policy, readFileSync(policy, 'utf8').replace('default(20_000)', 'default(40_000)'))
    const changed = await ask('--journal', day, '--flows', copy)
    expect(changed.differences.map(({ kind, before }) => [kind, before?.what])).toEqual([
      ['dropped', 'greet'],
      ['dropped', 'greet'],
    ])
  })

  test('a flow that throws is parked in the run, and said to be', async () => {
    const copy = flowFolders.copyShipped('greeting')
    const decide = join(copy, 'decide.ts')
    const planned = '  if (view.visit === null || view.greeted) return'
    const text = readFileSync(decide, 'utf8')
    expect(text).toContain(planned)
    writeFileSync(decide, text.replace(planned, `  if (at > 0) throw new Error('planted')\n${planned}`))
    const { parked, counts } = await ask('--journal', day, '--flows', copy)
    expect(parked).toMatchObject([
      { flow: 'greeting', reason: expect.stringContaining('planted') as string, runs: 2 },
    ])
    expect(counts).toMatchObject([{ flow: 'greeting', before: 5, after: 0 }])
  })
})

describe('where something does not hold, nothing is said or written', () => {
  const lines = () => readFileSync(day, 'utf8').split('\n')
  const edited = (line: string) => line.replace('"kind":"event"', '"kind":"other"')
  const refused: readonly (readonly [code: string, words: () => readonly string[], what: string])[] = [
    [
      'journal.broken',
      () => ['--journal', write('broken.jsonl', lines().map(edited).join('\n')), '--policy', at('cool.yaml')],
      'missing link',
    ],
    [
      'journal.newer-version',
      () => [
        '--journal',
        write('newer.jsonl', lines().join('\n').replace('"version":1', '"version":7')),
        '--policy',
        at('cool.yaml'),
      ],
      'a newer format',
    ],
    [
      'journal.no-checkpoint',
      () => [
        '--journal',
        write(
          'bare.jsonl',
          lines()
            .filter((line) => !line.startsWith('{"type":"row"'))
            .join('\n'),
        ),
        '--policy',
        at('cool.yaml'),
      ],
      'no state',
    ],
    [
      'journal.cut-off',
      () => ['--journal', write('cut.jsonl', lines().slice(0, -3).join('\n')), '--policy', at('cool.yaml')],
      'half a file',
    ],
    ['config.unreadable', () => ['--journal', at('none.jsonl'), '--policy', at('cool.yaml')], 'no file'],
    ['config.unreadable', () => ['--journal', day, '--policy', at('none.yaml')], 'no policy'],
    ['policy.invalid', () => ['--journal', day, '--policy', write('bad.yaml', 'flows: [1')], 'no YAML'],
    [
      'policy.invalid',
      () => ['--journal', day, '--policy', write('empty.yaml', 'flows: {}')],
      'an empty policy',
    ],
    ['policy.invalid', () => ['--journal', day, '--policy', write('odd.yaml', 'flow: {}')], 'an odd policy'],
    [
      'policy.invalid',
      () => [
        '--journal',
        day,
        '--policy',
        write('high.yaml', 'flows: { greeting: { policy: { coolDownMs: 9999999 } } }'),
      ],
      'out of bounds',
    ],
    [
      'policy.invalid',
      () => [
        '--journal',
        day,
        '--policy',
        write('clash.yaml', 'flows: { diversion: { policy: { enterLength: 3 } } }'),
      ],
      'against what is in force',
    ],
    [
      'flow.unknown',
      () => ['--journal', day, '--policy', write('none-such.yaml', 'flows: { dancing: {} }')],
      'no such flow',
    ],
    ['flow.folder', () => ['--journal', day, '--flows', folder], 'no flows'],
    ['command.invalid', () => ['--journal', day], 'nothing to change'],
    [
      'command.invalid',
      () => ['--journal', day, '--policy', at('cool.yaml'), '--report', day],
      'a file as folder',
    ],
  ]
  test.each(refused.map(([code, words, what]) => ({ code, words, what })))(
    '$what: $code',
    async ({ code, words }) => {
      const report = at('never')
      const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
      const given = words()
      const all = given.includes('--report') ? given : [...given, '--report', report]
      await expect(createProgram().parseAsync(['what-if', ...all], { from: 'user' })).rejects.toMatchObject({
        code,
      })
      expect(log).not.toHaveBeenCalled()
      expect(existsSync(report)).toBe(false)
    },
  )
})
