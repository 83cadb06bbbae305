/** A file that grows, is rotated, truncated, half written, in GBK, and read on where it was left. */
import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fieldsOf, splitLines } from '#adapters/queue-system/sources/csv-lines.ts'
import { type CsvTailParts, openCsvTail } from '#adapters/queue-system/sources/csv-tail.ts'
import { remove, scratch } from '../../cli/support.ts'
import { createFakeClock } from '../../simulators/support/fake-clock.ts'

let folder: string
let file: string
const ends: (() => void)[] = []

beforeEach(() => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
  file = join(folder, 'queue.csv')
})
afterEach(() => {
  for (const end of ends.splice(0)) end()
  remove(folder)
})

const header = '票号,状态\n'

const follow = (more: Partial<CsvTailParts> = {}) => {
  const clock = createFakeClock()
  const rows: (string | undefined)[] = []
  const states: boolean[] = []
  const notes: string[] = []
  const tail = openCsvTail({
    file: () => file,
    encoding: 'utf-8',
    separator: ',',
    header: undefined,
    from: 'start',
    everyMs: 100,
    remember: join(folder, 'state', 'position'),
    clock,
    onRow: (row) => void rows.push(row['票号']),
    onState: (isThere) => void states.push(isThere),
    note: (code) => void notes.push(code),
    ...more,
  })
  ends.push(() => tail.close())
  return { rows, states, notes, close: () => tail.close(), look: () => clock.pass(100) }
}

test('it grows; half a line waits until it is whole', async () => {
  writeFileSync(file, `\ufeff${header}A001,等待\nA0`)
  const tail = follow()
  expect(tail.rows).toEqual(['A001'])
  appendFileSync(file, '02,等待')
  await tail.look()
  expect(tail.rows).toEqual(['A001'])
  appendFileSync(file, '\r\n"A003","等,待"\n')
  await tail.look()
  expect(tail.rows).toEqual(['A001', 'A002', 'A003'])
  expect(tail.notes).toEqual([])
})

test('rotated: the rest of the old file is read first, then the new one from its start', async () => {
  writeFileSync(file, `${header}A001,等待\n`)
  const tail = follow()
  appendFileSync(file, 'A002,等待\n')
  renameSync(file, `${file}.1`)
  writeFileSync(file, `${header}A003,等待\n`)
  await tail.look()
  expect(tail.rows).toEqual(['A001', 'A002', 'A003'])
})

test('rotated with a pause in between: what was still written to the old file is read', async () => {
  writeFileSync(file, `${header}A001,等待\n`)
  const tail = follow()
  renameSync(file, `${file}.1`)
  appendFileSync(`${file}.1`, 'A002,等待\n')
  await tail.look()
  writeFileSync(file, `${header}A003,等待\n`)
  await tail.look()
  expect(tail.rows).toEqual(['A001', 'A002', 'A003'])
  expect(tail.states).toEqual([true, false, true])
  expect(tail.notes).toEqual([])
})

test('truncated, and grown again past where it was', async () => {
  writeFileSync(file, `${header}A001,等待\n`)
  const tail = follow()
  truncateSync(file, 0)
  appendFileSync(file, `${header}A002,等待\n`)
  await tail.look()
  truncateSync(file, 0)
  appendFileSync(file, `${header}B100,等待\nB101,等待\nB102,等待\n`)
  await tail.look()
  expect(tail.rows).toEqual(['A001', 'A002', 'B100', 'B101', 'B102'])
})

test('truncated, and begun again with the same long header', async () => {
  const long = `票号,状态,${'x'.repeat(300)}\n`
  writeFileSync(file, `${long}A001,等待,\nA002,等待,\n`)
  const tail = follow()
  truncateSync(file, 0)
  appendFileSync(file, `${long}A003,等待,\n`)
  await tail.look()
  expect(tail.rows).toEqual(['A001', 'A002', 'A003'])
})

test('after a restart it goes on where it was, in the file or in its successor', () => {
  writeFileSync(file, `${header}A001,等待\nA002,等待\n`)
  const first = follow()
  first.close()
  appendFileSync(file, 'A003,等待\n')
  const second = follow({ from: 'end' })
  expect(second.rows).toEqual(['A003'])
  second.close()
  renameSync(file, `${file}.1`)
  writeFileSync(file, `${header}B001,等待\n`)
  const third = follow({ from: 'end' })
  expect(third.rows).toEqual(['B001'])
  expect(third.notes).toEqual(['file-gap'])
})

test('a file that was never read before is begun at its end', async () => {
  writeFileSync(file, `${header}A001,等待\nA0`)
  const tail = follow({ from: 'end' })
  expect(tail.rows).toEqual([])
  appendFileSync(file, '02,等待\n')
  await tail.look()
  expect(tail.rows).toEqual(['A002'])
})

test('a file that is not there, comes, goes and comes again', async () => {
  const tail = follow()
  writeFileSync(file, `${header}A001,等待\n`)
  await tail.look()
  rmSync(file)
  await tail.look()
  writeFileSync(file, `${header}B001,等待\n`)
  await tail.look()
  expect(tail.states).toEqual([false, true, false, true])
  expect(tail.rows).toEqual(['A001', 'B001'])
})

/** 票号,姓名 / A001,王 / A002,\ as GBK has it: its second bytes may look like anything but a newline. */
const gbk = Buffer.from('c6b1bac52cd0d5c3fb0a413030312ccdf50a413030322c815c0a', 'hex')

test('GBK is read as GBK, also when a letter is cut in two', async () => {
  writeFileSync(file, gbk.subarray(0, gbk.length - 2))
  const tail = follow({ encoding: 'gbk' })
  expect(tail.rows).toEqual(['A001'])
  appendFileSync(file, gbk.subarray(gbk.length - 2))
  await tail.look()
  expect(tail.rows).toEqual(['A001', 'A002'])
  expect(tail.notes).toEqual([])
})

test('GBK that is read as UTF-8 is noticed', () => {
  writeFileSync(file, gbk)
  expect(follow({ header: ['票号', '姓名'] }).notes).toContain('bad-encoding')
})

test('lines that do not fit are counted, and the next ones read', async () => {
  writeFileSync(file, `${header}A001\nA002,等待,x\nA003,等待\n${'x'.repeat(300_000)}`)
  const tail = follow()
  appendFileSync(file, `${'x'.repeat(10)}\nA004,等待\n`)
  await tail.look()
  expect(tail.rows).toEqual(['A003', 'A004'])
  expect(tail.notes).toEqual(['bad-line', 'bad-line', 'bad-line'])
})

test('quotes, doubled quotes, other separators, a newline within a field', () => {
  expect(fieldsOf('a, "b;c" ,"d""e"', ',')).toEqual(['a', 'b;c', 'd"e'])
  expect(fieldsOf('a\tb\t', '\t')).toEqual(['a', 'b', ''])
  const { lines, used } = splitLines(Buffer.from('"a\nb",c\nd,"e'))
  expect(lines.map(String)).toEqual(['"a\nb",c'])
  expect(used).toBe(8)
})
