/** What a screen plays by itself, over any programme: the share of what is mandatory, hours and days, and never a standstill. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWallClock, dayMs } from '#apps/screen/play/local-time.ts'
import { mayRunForMs } from '#apps/screen/play/runs.ts'
import {
  afterShowing,
  type Choice,
  canPayMandatory,
  chooseNext,
  type History,
  noHistory,
} from '#apps/screen/play/schedule.ts'
import type { Programme, ProgrammeEntry } from '#protocol/programme.ts'

const always = { from: null, to: null, hours: null, weekdays: [] }
const start = Date.parse('2026-11-02T00:00:00Z')
const clock = createWallClock('UTC')

const entryOf = (more: Partial<ProgrammeEntry> & { item: string }): ProgrammeEntry => ({
  version: 1,
  words: [],
  showForMs: 10_000,
  mandatory: false,
  loops: true,
  priority: 0,
  runs: always,
  ...more,
})
const programmeOf = (entries: ProgrammeEntry[], mandatoryShare = 0.2): Programme => ({
  timeZone: 'UTC',
  languages: ['zh'],
  mandatoryShare,
  entries,
})

const timeOfDay = fc
  .integer({ min: 0, max: 1_439 })
  .map((minute) => `${`${Math.floor(minute / 60)}`.padStart(2, '0')}:${`${minute % 60}`.padStart(2, '0')}`)
const day = fc
  .integer({ min: 0, max: 4 })
  .map((days) => new Date(start + days * dayMs).toISOString().slice(0, 10))
const runs = fc.record({
  from: fc.option(day),
  to: fc.option(day),
  hours: fc.option(fc.record({ from: timeOfDay, to: timeOfDay })),
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 7 }),
})
const anyEntry = fc
  .record({
    item: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    showForMs: fc.integer({ min: 1_000, max: 120_000 }),
    mandatory: fc.boolean(),
    loops: fc.oneof(
      { weight: 4, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    priority: fc.integer({ min: 0, max: 3 }),
    runs: fc.oneof({ weight: 2, arbitrary: fc.constant(always) }, { weight: 1, arbitrary: runs }),
    expiresOn: fc.option(day, { nil: undefined }),
  })
  .map(({ expiresOn, ...entry }) => entryOf({ ...entry, ...(expiresOn !== undefined && { expiresOn }) }))
const share = fc.double({ min: 0, max: 1, noNaN: true })
const anyProgramme = fc
  .record({ entries: fc.array(anyEntry, { maxLength: 8 }), share })
  .map(({ entries, share }) => programmeOf(entries, share))

interface Played extends Choice {
  readonly at: number
  readonly forMs: number
  readonly canPay: boolean
}

/** As a screen does it; tasks come in between. */
const play = (
  programme: Programme,
  {
    steps,
    from = start,
    tasks = [] as readonly number[],
  }: { steps: number; from?: number; tasks?: readonly number[] },
) => {
  let history: History = noHistory
  let at = from
  const played: Played[] = []
  for (let step = 0; step < steps; step += 1) {
    const situation = { programme, now: clock.at(at), isReady: () => true }
    const canPay = canPayMandatory(situation)
    const taskMs = tasks[step % Math.max(1, tasks.length)] ?? 0
    if (taskMs > 0) {
      at += taskMs
      history = afterShowing(
        history,
        { forMs: taskMs, mandatory: false },
        { share: programme.mandatoryShare, isOwed: canPay },
      )
    }
    const now = { ...situation, now: clock.at(at) }
    const choice = chooseNext(now, history)
    if (choice === undefined) {
      at += 60_000
      continue
    }
    const { entry, place, showForMs: forMs } = choice
    played.push({ ...choice, at, forMs, canPay: canPayMandatory(now) })
    history = afterShowing(
      history,
      { forMs, mandatory: entry.mandatory, place },
      { share: programme.mandatoryShare, isOwed: canPayMandatory(now) },
    )
    at += forMs
  }
  return played
}

describe('over any programme', () => {
  test('nothing is shown outside of its hours and days, or past its last day', () => {
    fc.assert(
      fc.property(anyProgramme, (programme) => {
        for (const { entry, at, forMs } of play(programme, { steps: 120 })) {
          for (const moment of [at, at + forMs - 1])
            expect(mayRunForMs(entry, clock.at(moment))).toBeGreaterThan(0)
          expect(entry.loops).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('mandatory content has its share of every stretch in which it could be shown, but for one showing', () => {
    fc.assert(
      fc.property(anyProgramme, (programme) => {
        const played = play(programme, { steps: 150 })
        const longest = Math.max(0, ...programme.entries.map(({ showForMs }) => showForMs))
        for (let from = 0; from < played.length; from += 1) {
          let [all, mandatory] = [0, 0]
          for (const { entry, forMs, canPay } of played.slice(from)) {
            if (!canPay) break
            all += forMs
            if (entry.mandatory) mandatory += forMs
            expect(mandatory + (1 - programme.mandatoryShare) * longest + 1e-6).toBeGreaterThanOrEqual(
              programme.mandatoryShare * all,
            )
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('what tasks took is paid back: the share holds over everything that was on the screen', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.6, noNaN: true }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 5 }),
        (share, tasks) => {
          const programme = programmeOf(
            [entryOf({ item: 'ad' }), entryOf({ item: 'warning', mandatory: true })],
            share,
          )
          const played = play(programme, { steps: 400, tasks })
          const end = played.at(-1)
          const all = (end?.at ?? start) + (end?.forMs ?? 0) - start
          const mandatory = played.reduce((sum, { entry, forMs }) => sum + (entry.mandatory ? forMs : 0), 0)
          // Unless tasks alone took more than what is left beside the share.
          const taskMs = tasks.reduce((sum, ms) => sum + ms, 0) / tasks.length
          if (taskMs / (taskMs + 10_000) < 1 - share - 0.05)
            expect(mandatory / all).toBeGreaterThan(share - 0.02)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('it always goes on: whatever may be shown is shown in turn', () => {
    fc.assert(
      fc.property(anyProgramme, (programme) => {
        const played = play(programme, { steps: 60 })
        const isOpen = (entry: ProgrammeEntry) =>
          entry.loops && entry.runs === always && entry.expiresOn === undefined
        const open = programme.entries.filter(isOpen)
        if (open.length > 0) expect(played).toHaveLength(60)
        for (const { at, entry } of played) {
          const now = clock.at(at)
          const higher = programme.entries.filter(
            (other) =>
              other.loops &&
              !other.mandatory &&
              other.priority > entry.priority &&
              mayRunForMs(other, now) >= 1_000,
          )
          if (!entry.mandatory) expect(higher).toEqual([])
        }
      }),
    )
  })
})

test('items go round in their order, and one that stands twice is shown twice', () => {
  const programme = programmeOf([entryOf({ item: 'a' }), entryOf({ item: 'b' }), entryOf({ item: 'a' })])
  expect(play(programme, { steps: 6 }).map(({ entry }) => entry.item)).toEqual(['a', 'b', 'a', 'a', 'b', 'a'])
})

test('hours over midnight belong to the day on which they began', () => {
  const monday = { ...always, hours: { from: '22:00', to: '02:00' }, weekdays: [1] }
  const entry = entryOf({ item: 'a', runs: monday })
  const at = (time: string) => mayRunForMs(entry, clock.at(Date.parse(`${time}:00Z`)))
  expect(at('2026-11-02T21:59')).toBe(0)
  expect(at('2026-11-02T23:00')).toBe(3 * 3_600_000)
  expect(at('2026-11-03T01:00')).toBe(3_600_000)
  expect(at('2026-11-03T02:00')).toBe(0)
  expect(at('2026-11-02T01:00')).toBe(0)
})

test('a screen goes by the wall clock of its branch', () => {
  const at = Date.parse('2026-11-02T20:30:00Z')
  expect(createWallClock('Asia/Shanghai').at(at)).toEqual({
    day: '2026-11-03',
    msOfDay: 16_200_000,
    weekday: 2,
  })
  expect(createWallClock('America/New_York').at(at)).toEqual({
    day: '2026-11-02',
    msOfDay: 55_800_000,
    weekday: 1,
  })
  expect(createWallClock('Nowhere/At all').at(at).day).toMatch(/^2026-11-0[23]$/)
})
