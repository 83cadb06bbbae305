/** What the command prints: safe on a terminal, aligned with Chinese text, and times as people write them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tongueOf } from '#cli/io/language.ts'
import { printable, shellQuoted } from '#cli/io/printable.ts'
import { table } from '#cli/io/table.ts'
import { ago, parseDuration, parseTime } from '#cli/io/time.ts'
import { cutTo, padTo, widthOf } from '#cli/io/width.ts'
import { prettyLine } from '#cli/start/pretty.ts'

describe('text from outside', () => {
  test('cannot steer the terminal, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // oxlint-disable-next-line no-control-regex -- control characters are what must be gone
        expect(printable(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
    expect(printable('a\u001b[2Jb')).toBe('a\\u001b[2Jb')
    expect(printable('迎宾机器人 1')).toBe('迎宾机器人 1')
  })

  test('quotes a folder as a shell takes it', () => {
    expect(shellQuoted('/srv/usher')).toBe('/srv/usher')
    expect(shellQuoted("/srv/mei's data")).toBe(String.raw`'/srv/mei'\''s data'`)
  })
})

describe('width', () => {
  test('Chinese characters take two columns', () => {
    expect(widthOf('等候区 A')).toBe(8)
    expect(padTo('柜台', 6)).toBe('柜台  ')
  })

  test('what is cut fits, and says that it was cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const cut = cutTo(text, width)
        expect(widthOf(cut)).toBeLessThanOrEqual(Math.max(width, 0))
        if (widthOf(text) > width) expect(cut.endsWith('…')).toBe(true)
      }),
    )
  })

  test('columns of a table begin at the same place in every row', () => {
    const rows = [
      { id: 'robot-1', name: '迎宾机器人', last: 'x' },
      { id: 'k', name: 'Kiosk', last: 'y' },
    ]
    const lines = table(rows, [
      { title: 'device', cell: ({ id }) => id },
      { title: 'name', cell: ({ name }) => name },
      { title: 'last', cell: ({ last }) => last },
    ]).split('\n')
    const starts = [
      lines[0]?.indexOf('LAST'),
      ...['x', 'y'].map((mark, index) => {
        const line = lines[index + 1] ?? ''
        return widthOf(line.slice(0, line.lastIndexOf(mark)))
      }),
    ]
    expect(new Set(starts).size).toBe(1)
  })
})

describe('time', () => {
  test('durations as people write them', () => {
    expect([parseDuration('90s'), parseDuration('1h30m'), parseDuration('250ms')]).toEqual([
      90_000, 5_400_000, 250,
    ])
    for (const wrong of ['', '10', 'ten minutes', '5m?'])
      expect(() => parseDuration(wrong)).toThrow('duration')
  })

  test('a time of day is the last such time', () => {
    const now = new Date(2026, 2, 31, 14, 30).getTime()
    expect(parseTime('14:05', now)).toBe(new Date(2026, 2, 31, 14, 5).getTime())
    expect(parseTime('23:00', now)).toBe(new Date(2026, 2, 30, 23, 0).getTime())
    expect(parseTime('2026-03-31T12:00:00Z', now)).toBe(Date.UTC(2026, 2, 31, 12))
    expect(() => parseTime('noon', now)).toThrow('time')
    expect([ago(20), ago(61_000), ago(600_000), ago(9_000_000)]).toEqual(['20 ms', '61 s', '10 min', '3 h'])
  })
})

test('the language is the asked one, else that of the terminal', () => {
  expect(tongueOf('zh', { LANG: 'en_GB.UTF-8' })).toBe('zh')
  expect(tongueOf(undefined, { LANG: 'zh_CN.UTF-8' })).toBe('zh')
  expect(tongueOf(undefined, {})).toBe('en')
})

test('a line of the log reads as a sentence, and never as more than one line', () => {
  const time = new Date(2026, 2, 31, 9, 5, 3).toISOString()
  expect(prettyLine(JSON.stringify({ level: 'info', time, msg: 'the hub is ready', epoch: 1 }))).toBe(
    '09:05:03  the hub is ready  epoch=1',
  )
  expect(
    prettyLine(JSON.stringify({ level: 'error', time, msg: 'no', err: { stack: 'a\n  b' } })),
  ).not.toContain('\n')
})
