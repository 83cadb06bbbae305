/** The log of a queue system: read as it is written, refused line by line, played again with its true times. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UsherError } from '#protocol/errors.ts'
import { livePureDay } from '#simulators/lobby/pure-day.ts'
import { findScenario } from '#simulators/lobby/scenario.ts'
import { readCsv } from '#simulators/lobby/ticket-log/csv.ts'
import { parseMapping } from '#simulators/lobby/ticket-log/mapping.ts'
import { readTicketLog } from '#simulators/lobby/ticket-log/read.ts'
import { arrivalsFromLog, importTicketLog, scenarioOfLog } from '#simulators/lobby/ticket-log/replay.ts'
import { timeReader } from '#simulators/lobby/ticket-log/times.ts'

const scenario = findScenario('morning-rush')
const { branch } = scenario

const head = 'ticket,issued,called,ended,service,counter'
const good = [
  head,
  'A001,2026-03-02 09:00:00,2026-03-02 09:02:00,2026-03-02 09:07:30,cash,counter-1',
  'A002,2026-03-02 09:01:00,2026-03-02 09:03:00,2026-03-02 09:09:00,card,counter-2',
  'B003,2026-03-02 09:01:30,,,account,',
].join('\n')

const refusal = (read: () => unknown): UsherError => {
  try {
    read()
  } catch (error) {
    if (error instanceof UsherError) return error
    throw error
  }
  throw new Error('It was not refused.')
}

describe('reading', () => {
  test('a log as it stands', () => {
    const log = readTicketLog(good, branch)
    expect(log.date).toBe('2026-03-02')
    expect(
      log.tickets.map(({ ticket, service, issuedAtMs, calledAtMs, endedAtMs, counter }) => [
        ticket,
        service,
        issuedAtMs,
        calledAtMs,
        endedAtMs,
        counter,
      ]),
    ).toEqual([
      ['A001', 'cash', 32_400_000, 32_520_000, 32_850_000, 'counter-1'],
      ['A002', 'card', 32_460_000, 32_580_000, 32_940_000, 'counter-2'],
      ['B003', 'account', 32_490_000, null, null, null],
    ])
  })

  test('with a byte order mark, semicolons, quotes, other names and other times', () => {
    const text = [
      '\uFEFF"Nr";"Zeit; gezogen";"Aufruf";"Ende";"Dienst";"Schalter"',
      '"C 17";"02.03.2026 9:00";"02.03.2026 9:02";"02.03.2026 9:10";"Kasse ""A""";"1"',
      '',
    ].join('\r\n')
    const mapping = parseMapping(
      `columns: { ticket: Nr, issued: "Zeit; gezogen", called: Aufruf, ended: Ende, service: Dienst, counter: Schalter }
timeFormat: dd.MM.yyyy H:mm
services: { 'Kasse "A"': cash }
counters: { "1": counter-1 }`,
      'mapping.yaml',
    )
    const [ticket] = readTicketLog(text, branch, mapping).tickets
    expect(ticket).toMatchObject({
      ticket: 'C 17',
      service: 'cash',
      counter: 'counter-1',
      issuedAtMs: 32_400_000,
      calledAtMs: 32_520_000,
    })
  })

  test('times of day alone, with AM and PM', () => {
    const text = `issued;called;ended;service;counter\n1:05:09 PM;1:06:00 PM;1:10:00 PM;cash;counter-1`
    const log = readTicketLog(text, branch, { timeFormat: 'h:mm:ss a' })
    expect(log.date).toBeNull()
    expect(log.tickets[0]?.issuedAtMs).toBe((13 * 60 + 5) * 60_000 + 9_000)
  })

  test('one day of several: that of the first line, or the one asked for', () => {
    const text = `${good}\nA004,2026-03-03 09:00:00,,,cash,`
    expect(readTicketLog(text, branch)).toMatchObject({ date: '2026-03-02', skipped: 1 })
    const other = readTicketLog(text, branch, { date: '2026-03-03' })
    expect(other.tickets.map(({ ticket }) => ticket)).toEqual(['A004'])
  })

  test('whatever cells hold, reading what was written gives it back', () => {
    const cell = fc.stringMatching(/^[a-z0-9 ,;"\n]{0,12}$/)
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 6 }), (rows) => {
        const text = rows.map((cells) => cells.map(quoted).join(',')).join('\r\n')
        const read = readCsv(text, ',')
        expect(read.faults).toEqual([])
        expect(read.records.map(({ cells }) => cells)).toEqual(rows)
      }),
    )
  })
})

describe('refusing', () => {
  test('every line that cannot be understood, with its number, and nothing is imported', () => {
    const text = [
      head,
      'A001,2026-03-02 09:00:00,2026-03-02 09:02:00,2026-03-02 09:07:30,cash,counter-1',
      "A002,9 o'clock,,,cash,",
      'A003,2026-03-02 09:05:00,2026-03-02 09:04:00,,cash,counter-1',
      'A004,2026-03-02 09:06:00,,,gold,',
      'A005,,,,cash,counter-99',
      'A006,2026-02-30 09:06:00,,,cash,',
    ].join('\n')
    const error = refusal(() => readTicketLog(text, branch))
    expect(error.code).toBe('ticket-log.invalid')
    expect(error.detail?.split('\n').slice(1)).toEqual([
      'line 3: issued: "9 o\'clock" is no time as in yyyy-MM-dd HH:mm:ss',
      'line 4: it was called before it was issued',
      'line 5: the branch has no service "gold"; name it in the mapping under services',
      'line 6: the branch has no counter "counter-99"; name it in the mapping under counters',
      'line 6: the ticket has no time of issue',
      'line 7: issued: "2026-02-30 09:06:00" is no time as in yyyy-MM-dd HH:mm:ss',
    ])
  })

  test('line numbers count line breaks inside of quotes', () => {
    const text = `${head}\n"A\n1",2026-03-02 09:00:00,,,cash,\nA2,never,,,cash,`
    expect(refusal(() => readTicketLog(text, branch)).detail).toContain('line 4: issued: "never"')
  })

  test('a quote that is never closed', () => {
    const text = `${head}\n"A1,2026-03-02 09:00:00,,,cash,`
    expect(refusal(() => readTicketLog(text, branch)).detail).toContain(
      'line 2: a quote is opened and never closed',
    )
  })

  test('a log without a column that is needed, naming what there is', () => {
    const error = refusal(() => readTicketLog('time,what\n1,2', branch))
    expect(error.code).toBe('ticket-log.columns')
    expect(error.detail).toContain('issued ("issued")')
    expect(error.detail).toContain('The first line has: time, what.')
  })

  test.each([
    ['an empty file', '', 'ticket-log.columns'],
    ['a head alone', head, 'ticket-log.invalid'],
    ['what is not UTF-8', `${head}\nA1,2026-03-02 09:00:00,,,\uFFFD\uFFFD,`, 'ticket-log.unreadable'],
  ])('%s', (_what, text, code) => {
    expect(refusal(() => readTicketLog(text, branch)).code).toBe(code)
  })

  test('a file that is not there', () => {
    expect(refusal(() => importTicketLog('/nowhere/log.csv', scenario)).code).toBe('ticket-log.unreadable')
  })

  test('a time format that says nothing of hours', () => {
    const error = refusal(() => readTicketLog(good, branch, { timeFormat: 'yyyy' }))
    expect(error).toMatchObject({ code: 'ticket-log.invalid' })
  })

  test('whatever is in a file, it is read or refused with a code', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const outcome = (() => {
          try {
            return readTicketLog(`${head}\n${text}`, branch).tickets.length > 0
          } catch (error) {
            return error instanceof UsherError
          }
        })()
        expect(outcome).toBe(true)
      }),
    )
  })
})

test.each([
  ['yyyy-MM-dd HH:mm:ss', '2026-03-02 09:05:06', 32_706_000],
  ["yyyy-MM-dd'T'HH:mm:ss.SSS", '2026-03-02T09:05:06.250', 32_706_250],
  ['d/M/yyyy HH:mm', '2/3/2026 09:05', 32_700_000],
  ['HH:mm', '24:00', undefined],
  ['h:mm a', '12:30 am', 1_800_000],
])('a time as in %s: %s', (format, text, atMs) => {
  expect(timeReader(format)?.(text)?.atMs).toBe(atMs)
})

describe('playing it again', () => {
  const simulated = livePureDay({ scenario, seed: 3 })
  const clock = (ms: number | null) =>
    ms === null ? '' : new Date(Date.UTC(2026, 2, 2) + ms).toISOString().slice(0, 19).replace('T', ' ')
  const text = [
    head,
    ...simulated.visitors
      .filter(({ ticket, outcome }) => ticket !== null && outcome === 'served')
      .map(({ ticket, ticketAtMs, calledAtMs, servedUntilMs, service, counter }) =>
        [ticket, clock(ticketAtMs), clock(calledAtMs), clock(servedUntilMs), service, counter].join(','),
      ),
  ].join('\n')
  const log = readTicketLog(text, branch)
  const day = scenarioOfLog(scenario, log)
  const replayed = livePureDay({ scenario: day, seed: 9, arrivals: arrivalsFromLog(log, day, 9) })

  test('those who come are those who came, when they came', () => {
    expect(replayed.visitors.map(({ arrivedAtMs }) => arrivedAtMs)).toEqual(
      log.tickets.map(({ issuedAtMs }) => issuedAtMs),
    )
  })

  test('the waiting of the real day comes out again, to a tenth', () => {
    const mean = (waits: readonly number[]) => waits.reduce((sum, wait) => sum + wait, 0) / waits.length
    const real = mean(
      log.tickets.map(({ issuedAtMs, calledAtMs }) => (calledAtMs ?? issuedAtMs) - issuedAtMs),
    )
    const again = mean(replayed.visitors.map(({ waitedMs }) => waitedMs))
    expect(Math.abs(again / real - 1)).toBeLessThan(0.1)
  })

  test('counters are at work when they were, and on a break when they were not', () => {
    const spans = day.counters.schedule['counter-1'] ?? []
    expect(spans.length).toBeGreaterThanOrEqual(1)
    for (const { calledAtMs } of log.tickets.filter(({ counter }) => counter === 'counter-1'))
      expect(spans.some(({ from, to }) => (calledAtMs ?? 0) >= from && (calledAtMs ?? 0) <= to)).toBe(true)
  })
})
