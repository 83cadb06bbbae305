/** How a day is going, against what is usual at this time of such a day. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDays } from '#hub/look/day/figures.ts'
import { UsualDays } from '#hub/look/day/usual.ts'
import { DayAnswer } from '#protocol/desk/look/day.ts'
import { dayMs } from '#protocol/local-time.ts'
import { createTestClock } from '../support/clock.ts'
import { type LookLab, labFile, openLookLab } from './look-lab.ts'
import { addAccount, codeOf, raise, remove, scratch, signIn } from './support.ts'

const minute = 60_000
/** Thursday, 09:00 in Shanghai. */
const thursday = Date.UTC(2026, 9, 8, 1)

let lab: LookLab

/** Visitors take a ticket and are called after so many minutes; one more leaves. */
const live = async (waits: readonly number[], prefix: string) => {
  for (const [index, wait] of waits.entries()) {
    const ticket = `${prefix}${index}`
    await lab.event('camera-1', 'visitor.detected', { zone: 'entrance', track: ticket, direction: 'in' })
    await lab.event('tickets-1', 'queue.snapshot', {
      service: 'cash',
      waiting: 1,
      announcedWaitMs: 5 * minute,
    })
    await lab.event('tickets-1', 'ticket.issued', {
      ticket,
      service: 'cash',
      track: ticket,
      camera: 'camera-1',
    })
    await lab.pass(wait * minute)
    await lab.event('tickets-1', 'ticket.called', { ticket, counter: 'c1' })
    await lab.event('tickets-1', 'ticket.ended', { ticket, counter: 'c1', outcome: 'served' })
  }
}

const passTo = (at: number) => lab.pass(at - lab.engine.position().at)

beforeAll(async () => {
  lab = await openLookLab(labFile, createTestClock(thursday))
  await live([4, 4], 'A')
  // Friday's nine o'clock, and what comes later that day must not count at eleven.
  await passTo(thursday + dayMs)
  await live([10, 10], 'B')
  await passTo(thursday + dayMs + 5 * 3_600_000)
  await live([60], 'C')
  // Shortly before midnight, so that the end of the day is read with the beginning of the next.
  await passTo(thursday + dayMs + 14.5 * 3_600_000)
  await live([3], 'N')
  // Saturday is another kind of day.
  await passTo(thursday + 2 * dayMs)
  await live([30], 'D')
  await passTo(thursday + 4 * dayMs)
  await live([8, 2], 'E')
  await lab.event('tickets-1', 'ticket.issued', { ticket: 'E9', service: 'cash' })
  await lab.event('tickets-1', 'ticket.ended', { ticket: 'E9', outcome: 'withdrawn' })
  await passTo(thursday + 4 * dayMs + 2 * 3_600_000)
}, 30_000)
afterAll(() => lab.stop())

const figure = (answer: DayAnswer, id: string) => {
  const found = answer.figures.find((one) => one.id === id)
  if (found === undefined) throw new Error(id)
  return found
}

describe('a Monday', () => {
  test('is told so far at once; the days before are read meanwhile', async () => {
    const days = createDays(lab.parts)
    const first = await days.answer({}, 'en')
    expect(first).toMatchObject({ day: '2026-10-12', isOver: false, timeZone: 'Asia/Shanghai' })
    expect(figure(first, 'waitMean')).toMatchObject({
      value: ((8 + 2 + 0) * minute) / 3,
      usual: null,
      why: null,
    })
    expect(figure(first, 'abandoned').value).toBeCloseTo(1 / 3)
    expect(figure(first, 'announcedError').value).toBe(0)
    expect(figure(first, 'announcedOff').value).toBe(3 * minute)
    expect(figure(first, 'claimMean')).toMatchObject({ value: null, why: 'Nobody has taken an alert yet.' })
    expect(first.usual).toMatchObject({ days: [], why: { code: 'being-read' } })
    await days.settled()
    const then = await days.answer({}, 'zh')
    expect(then.usual).toEqual({ days: ['2026-10-09', '2026-10-08'], why: null })
    // Of Friday only what had happened by eleven.
    expect(figure(then, 'tickets')).toMatchObject({ value: 3, usual: { value: 2, low: 2, high: 2, days: 2 } })
    expect(figure(then, 'waitMean').usual).toEqual({
      value: 7 * minute,
      low: 4 * minute,
      high: 10 * minute,
      days: 2,
    })
    expect(figure(then, 'waitMean').label).toBe('平均等候')
  })

  test('is read on, not again', async () => {
    let read = 0
    const entries: typeof lab.parts.store.entries = (branch, range) => {
      read += range.limit ?? 0
      return lab.parts.store.entries(branch, range)
    }
    const days = createDays({ ...lab.parts, store: { ...lab.parts.store, entries } })
    await days.answer({}, 'en')
    await days.settled()
    read = 0
    await lab.event('tickets-1', 'ticket.issued', { ticket: 'F1', service: 'cash' })
    expect(figure(await days.answer({}, 'en'), 'tickets').value).toBe(4)
    expect(read).toBeLessThanOrEqual(250)
    read = 0
    await Promise.all([days.answer({}, 'en'), days.answer({}, 'en')])
    expect(read).toBe(0)
  })
})

test('a weekend is not held against working days, and says that there is none like it', async () => {
  const days = createDays(lab.parts)
  await days.answer({ day: '2026-10-10' }, 'en')
  await days.settled()
  const saturday = await days.answer({ day: '2026-10-10' }, 'en')
  expect(saturday.isOver).toBe(true)
  expect(figure(saturday, 'waitMean')).toMatchObject({ value: 30 * minute, usual: null })
  expect(saturday.usual.why?.code).toBe('none-kept')
})

test('a day that is over is the same however often somebody asks', async () => {
  const days = createDays(lab.parts)
  const first = await days.answer({ day: '2026-10-09' }, 'en')
  expect(figure(first, 'tickets').value).toBe(4)
  expect((await days.answer({ day: '2026-10-09' }, 'en')).figures).toEqual(first.figures)
})

test('a day whose news were erased is no usual day', async () => {
  const erased: typeof lab.parts.store.entries = async (branch, range) =>
    (await lab.parts.store.entries(branch, range)).map((entry) =>
      entry.at < thursday + dayMs / 2 ? { ...entry, body: null } : entry,
    )
  const days = createDays({ ...lab.parts, store: { ...lab.parts.store, entries: erased } })
  await days.answer({}, 'en')
  await days.settled()
  expect((await days.answer({}, 'en')).usual.days).toEqual(['2026-10-09'])
  await expect(days.answer({ day: '2026-10-08' }, 'en')).rejects.toMatchObject({ code: 'journal.no-day' })
})

test('the desk answers, or says that there is no such day', async () => {
  const folder = scratch()
  const stage = await raise(folder)
  try {
    await addAccount(stage, 'boss', ['manager'])
    const boss = await signIn(stage, 'boss')
    const answer = DayAnswer.parse(JSON.parse((await boss.get('/api/day?lang=en')).text))
    expect(answer.figures.length).toBeGreaterThan(10)
    expect(answer.figures.every(({ value, why }) => (value === null) === (why !== null && why !== ''))).toBe(
      true,
    )
    for (const day of ['2026-10-01', '2026-10-30'])
      expect(codeOf(await boss.get(`/api/day?day=${day}`))).toBe('journal.no-day')
    expect(codeOf(await boss.get('/api/day?day=2026-02-31'))).toBe('request.invalid')
  } finally {
    await stage.stop()
    remove(folder)
  }
})

test('days that cannot be read are told of to who asks next, and read again after that', async () => {
  const calendar = { timeZone: 'Asia/Shanghai', calendar: { week: {}, days: {} } }
  let isBroken = true
  const entries: typeof lab.parts.store.entries = (...asked) =>
    isBroken ? Promise.reject(new Error('the disk is gone')) : lab.parts.store.entries(...asked)
  const store = { ...lab.parts.store, entries }
  const days = new UsualDays({ ...lab.parts, store })
  const ask = () => days.usual(Math.floor(thursday / dayMs) + 4, 3_600_000, calendar)
  expect(ask().why).toBe('being-read')
  await days.settled()
  expect(ask).toThrow('the disk is gone')
  isBroken = false
  expect(ask().why).toBe('being-read')
  await days.settled()
  expect(ask().why).toBeNull()
})
