/** What an adapter prints is kept within bounds: in memory, on the disk, and in how fast it is read. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { createFloods } from '#cli/adapters/floods.ts'
import { createLogBook, linesKept } from '#cli/adapters/log-book.ts'
import { lineBytesMax, readPaced } from '#cli/adapters/paced-lines.ts'
import { createTestClock } from '../../support/clock.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-output-'))
afterAll(() => rmSync(folder, { recursive: true }))

const bookIn = (name: string, onTrouble: (error: unknown) => void = () => undefined) => {
  const clock = createTestClock()
  const file = join(folder, name, 'log.jsonl')
  return { clock, file, book: createLogBook({ file, clock, onTrouble }) }
}

describe('the log of an adapter', () => {
  test('keeps JSON as it is, and makes JSON of everything else', async () => {
    const { file, book } = bookIn('json')
    book.write('{"level":"info","msg":"started"}', 'stdout')
    book.write('Error: no', 'stderr')
    book.write('42', 'stdout')
    await book.flush()
    const time = '2026-10-12T01:00:00.000Z'
    expect(book.last(10).map((line) => JSON.parse(line) as unknown)).toEqual([
      { level: 'info', msg: 'started' },
      { time, level: 'error', msg: 'Error: no' },
      { time, level: 'info', msg: '42' },
    ])
    expect(readFileSync(file, 'utf8')).toBe(`${book.last(10).join('\n')}\n`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('takes two megabytes of the disk and a thousand lines of memory, however much is written', async () => {
    const { file, book } = bookIn('long')
    for (let round = 0; round < 40; round += 1) {
      for (let line = 0; line < 200; line += 1) book.write(`${round}/${line} ${'x'.repeat(1_000)}`, 'stdout')
      await book.flush()
    }
    expect(book.last(5_000)).toHaveLength(linesKept)
    expect(readdirSync(join(file, '..')).sort()).toEqual(['log.jsonl', 'log.jsonl.1'])
    for (const one of [file, `${file}.1`]) expect(statSync(one).size).toBeLessThan(1_100_000)
    expect(readFileSync(file, 'utf8')).toContain('39/199')
  })

  test('goes on in memory where the disk refuses, and says so once', async () => {
    const troubles: unknown[] = []
    const { book } = bookIn('json/log.jsonl', (error) => troubles.push(error))
    book.write('a', 'stdout')
    await book.flush()
    book.write('b', 'stdout')
    await book.flush()
    expect(book.last(5)).toHaveLength(2)
    expect(troubles).toHaveLength(1)
  })
})

describe('output', () => {
  test('comes as lines, whole ones at the end, long ones cut', async () => {
    const stream = new PassThrough()
    const lines: string[] = []
    readPaced(stream, createTestClock(), (line) => lines.push(line))
    const ended = new Promise((resolve) => stream.once('end', resolve))
    stream.write('one\ntw')
    stream.write(`o\n\n${'x'.repeat(lineBytesMax * 3)}`)
    stream.end('\nlast')
    await ended
    expect(lines).toEqual(['one', 'two', 'x'.repeat(lineBytesMax), 'last'])
  })

  test('is read no faster than 64 kB a second: who prints more waits', async () => {
    const clock = createTestClock()
    const stream = new PassThrough({ highWaterMark: 1_024 })
    let read = 0
    readPaced(stream, clock, (line) => {
      read += line.length + 1
    })
    const line = `${'x'.repeat(1_023)}\n`
    const settle = () => new Promise((resolve) => setImmediate(resolve))
    for (let count = 0; count < 500; count += 1) stream.write(line)
    for (let turn = 0; turn < 600; turn += 1) await settle()
    expect(read).toBeGreaterThanOrEqual(65_536)
    expect(read).toBeLessThan(65_536 + 4_096)
    clock.advance(1_000)
    for (let turn = 0; turn < 600; turn += 1) await settle()
    expect(read).toBeGreaterThanOrEqual(2 * 65_536)
    expect(read).toBeLessThan(2 * 65_536 + 8_192)
  })
})

describe('a flood', () => {
  const setUp = () => {
    const clock = createTestClock()
    const told: boolean[] = []
    return { clock, told, floods: createFloods({ clock, onFlood: (_device, is) => told.push(is) }) }
  }
  const slowFor = ({ clock, floods }: ReturnType<typeof setUp>, ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) {
      floods.slowed('robot-1')
      clock.advance(100)
    }
  }

  test('is told once, and that it is over once', () => {
    const parts = setUp()
    slowFor(parts, 60_000)
    expect(parts.told).toEqual([true])
    parts.clock.advance(31_000)
    expect(parts.told).toEqual([true, false])
    expect(parts.clock.pending()).toBe(0)
  })

  test('is not what a device has kept while the line was down', () => {
    const parts = setUp()
    slowFor(parts, 4_900)
    parts.clock.advance(60_000)
    expect(parts.told).toEqual([])
  })
})
