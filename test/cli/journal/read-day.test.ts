import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkDay, type RawDay } from '#cli/journal/check-day.ts'
import { type RecordedEntry, readDay, readDayFile, type StateTables } from '#cli/journal/read-day.ts'
import type { DayEntry, DayLine } from '#hub/ops/day-lines.ts'
import { here, record, recordedDate } from './recorded.ts'

let lines: DayLine[]
const folder = mkdtempSync(join(tmpdir(), 'usher-day-'))
beforeAll(async () => {
  lines = await record({ visitors: 6, untilMs: 120_000 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const textOf = (items: readonly unknown[]) => items.map((line) => `${JSON.stringify(line)}\n`).join('')
const entriesOf = (all: readonly DayLine[]) =>
  all.flatMap((line, index) => (line.type === 'entry' ? [{ line, index }] : []))
const changed = (index: number, change: Record<string, unknown>) =>
  lines.map((line, at) => (at === index ? { ...line, ...change } : line))
const nth = (n: number) => entriesOf(lines)[n] as { line: DayEntry; index: number }

describe('a recorded day', () => {
  test('is read whole from a file, with the state at its beginning', async () => {
    const day = await readDayFile(write('day.jsonl', textOf(lines)), here)
    expect(day).toMatchObject({ branch: 'sim', day: recordedDate, erased: { bodies: 0, records: 0 } })
    expect(day.entries.length).toBe(entriesOf(lines).length)
    expect(day.state.get('devices')?.length).toBe(8)
    expect(day.versions.flows['greeting']).toBeGreaterThan(0)
    expect(day.entries.some(({ records }) => (records?.length ?? 0) > 0)).toBe(true)
    const within = day.entries.filter(({ at }) => at >= day.fromMs)
    expect(within.length).toBeGreaterThan(100)
    expect(day.entries.length - within.length).toBeLessThan(40)
  })

  test('without a checkpoint it begins with the journal', async () => {
    const day = await readDay(
      await record({ visitors: 1, untilMs: 10_000, checkpointAtMs: null }),
      'day',
      here,
    )
    expect(day.entries[0]).toMatchObject({ seq: 1, kind: 'start' })
    expect(day.state.size).toBe(0)
  })

  test('a copy made after midnight serves as well, unless somebody had come by then', async () => {
    const early = await readDay(
      await record({ visitors: 1, untilMs: 90_000, checkpointAtMs: 2_000 }),
      'day',
      here,
    )
    expect(early.entries[0]?.at).toBeGreaterThanOrEqual(early.fromMs + 2_000)
    expect(early.state.get('devices')?.length).toBe(8)
    const late = await readDay(
      await record({ visitors: 1, untilMs: 90_000, checkpointAtMs: 80_000 }),
      'day',
      here,
    )
    expect(late.entries[0]).toMatchObject({ seq: 1, kind: 'start' })
  })

  test('counts what was erased, and holds all the same', async () => {
    const { index } = nth(40)
    const day = await readDay(changed(index, { body: null, records: null }), 'day', here)
    expect(day.erased).toEqual({ bodies: 1, records: 1 })
  })
})

describe('a day that does not hold is refused before anything is made of it', () => {
  const refused: readonly (readonly [string, string, () => string])[] = [
    ['no file of ours', 'journal.invalid', () => textOf([{ seq: 1, at: 2 }])],
    ['no JSON', 'journal.invalid', () => `${textOf(lines.slice(0, 4))}nonsense\n${textOf(lines.slice(4))}`],
    ['an empty file', 'journal.invalid', () => ''],
    ['a line of no kind', 'journal.invalid', () => textOf([...lines.slice(0, 3), { type: 'else' }])],
    ['a newer format', 'journal.newer-version', () => textOf(changed(0, { version: 2 }))],
    [
      'a newer hub',
      'journal.newer-version',
      () => textOf(changed(0, { versions: { hub: '0.2.0', xstate: '5', flows: {} } })),
    ],
    [
      'a newer flow',
      'journal.newer-version',
      () => textOf(changed(0, { versions: { hub: 'sim', xstate: '5', flows: { greeting: 99 } } })),
    ],
    ['an entry left out', 'journal.broken', () => textOf(lines.toSpliced(nth(30).index, 1))],
    ['an entry edited', 'journal.broken', () => textOf(changed(nth(30).index, { at: nth(30).line.at + 1 }))],
    ['a body edited', 'journal.broken', () => textOf(changed(nth(30).index, { body: '{"body":{}}' }))],
    ['a record edited', 'journal.broken', () => textOf(changed(nth(30).index, { records: ['{}'] }))],
    [
      'a row edited',
      'journal.broken',
      () =>
        textOf(
          changed(
            lines.findIndex((line) => line.type === 'row'),
            { row: { id: 'other' } },
          ),
        ),
    ],
    ['the end is missing', 'journal.cut-off', () => textOf(lines.slice(0, -1))],
    ['cut off within a line', 'journal.cut-off', () => textOf(lines).slice(0, -120)],
    [
      'the checkpoint is missing',
      'journal.no-checkpoint',
      () => textOf(lines.filter(({ type }) => type !== 'row')),
    ],
    [
      'no checkpoint at all',
      'journal.no-checkpoint',
      () => textOf(changed(0, { checkpoint: null }).filter(({ type }) => type !== 'row')),
    ],
    [
      'everything erased',
      'journal.erased',
      () =>
        textOf(lines.map((line) => (line.type === 'entry' ? { ...line, body: null, records: null } : line))),
    ],
  ]
  for (const [name, code, text] of refused)
    test(`${name}: ${code}`, async () => {
      await expect(async () => readDayFile(write('bad.jsonl', text()), here)).rejects.toMatchObject({ code })
    })

  test('a file that is not there', async () => {
    await expect(async () => readDayFile(join(folder, 'none'), here)).rejects.toMatchObject({
      code: 'config.unreadable',
    })
  })
})

describe('a flow in a newer version than here', () => {
  const digest = 'a'.repeat(64)
  const ref = { version: 9, digest, at: 0, by: 'test' }
  const shipped = { version: 9, digest: null, at: 0, by: 'test' }
  const standing = (active: typeof ref | typeof shipped, known = [active]) =>
    ['flows', { flows: { greeting: { revision: 1, active, former: [], finishing: [], known } } }] as const
  const code = [`flow-code/${digest}`, { files: { 'flow.ts': '' } }] as const
  const files = { 'flow.ts': '' }

  /** What is said of a day of these rows and deployments; versions are looked at before anything else. */
  const saidOf = (meta: NonNullable<ReturnType<StateTables['get']>>, deploy?: object) => {
    const head = {
      versions: { hub: 'sim', xstate: '5', flows: { greeting: 9 } },
      before: {},
      checkpoint: null,
    }
    const raw = { where: 'day', head, rows: [], lines: [], end: undefined } as unknown as RawDay
    const entries =
      deploy === undefined ? [] : [{ body: { kind: 'deploy', flow: 'greeting', version: 9, ...deploy } }]
    try {
      checkDay(raw, {
        entries: entries as unknown as readonly RecordedEntry[],
        state: new Map([['meta', meta]]),
        here: { hub: 'sim', flows: [{ id: 'greeting', version: 1 }] },
      })
      return undefined
    } catch (error) {
      return (error as { code?: string }).code
    }
  }

  test.each([
    ['it was shipped so', [], undefined],
    ['its source was not kept', [standing(ref)], undefined],
    ['the day goes back to what was shipped so', [], { digest: null, files: null }],
    ['the source within the day was not kept', [], { digest, files: null }],
    ['what was shipped so is in force again', [standing(shipped)], undefined],
  ] as const)('is refused where %s', (_, meta, deploy) => {
    expect(saidOf(meta, deploy)).toBe('journal.newer-version')
  })

  test.each([
    ['in the state at the beginning', [standing(ref), code], undefined],
    ['in a deployment', [], { digest, files }],
    ['no more, and nothing runs on it', [standing({ ...shipped, version: 1 }, [ref])], undefined],
  ] as const)('is no reason where the day holds its source: %s', (_, meta, deploy) => {
    // What comes next is looked at, and this day has no end.
    expect(saidOf(meta, deploy)).toBe('journal.cut-off')
  })
})
