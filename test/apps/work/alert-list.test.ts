/** Which alerts stand where, what is usually done about them, and that none is put aside for ever. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { floodOf, listAlerts, spanOf } from '#apps/lobby/pages/alerts/alert-list.ts'
import { nextSteps } from '#apps/lobby/pages/alerts/next-steps.ts'
import { shelfMaxMs, shelfMs, shelfTimes } from '#apps/lobby/pages/alerts/shelf.ts'
import { alertWords } from '#hub/look/words/alerts.ts'
import { DeskCommand } from '#protocol/desk/live/commands.ts'
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'

const alert = (id: string, more: Partial<LiveAlert> = {}): LiveAlert => ({
  id,
  key: id,
  priority: 'high',
  code: `code-of-${id}`,
  params: {},
  flow: 'device-care',
  since: 1_000,
  lastAt: 1_000,
  count: 1,
  claimedBy: null,
  claimedAt: null,
  acknowledgedBy: null,
  shelved: null,
  turnOf: null,
  clearedAt: null,
  clearedBy: null,
  ...more,
})

it('puts what needs a name first, most pressing on top, and what somebody has below it', () => {
  const listed = listAlerts([
    alert('note', { priority: 'low' }),
    alert('later', { since: 2_000 }),
    alert('earlier'),
    alert('mine', { priority: 'urgent', claimedBy: 'lobby-1' }),
    alert('urgent', { priority: 'urgent', since: 9_000 }),
    alert('aside', { shelved: { by: 'lobby-1', reason: 'known', until: 5_000 } }),
    alert('over', { clearedAt: 4_000 }),
    alert('just-over', { clearedAt: 6_000, claimedBy: 'lobby-1' }),
  ])
  expect(listed.unclaimed.map(({ id }) => id)).toEqual(['urgent', 'earlier', 'later', 'note'])
  expect(listed.claimed.map(({ id }) => id)).toEqual(['mine'])
  expect(listed.shelved.map(({ id }) => id)).toEqual(['aside'])
  expect(listed.cleared.map(({ id }) => id)).toEqual(['just-over', 'over'])
})

it('makes one entry of a flood, and leaves a few as they are', () => {
  const same = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      alert(`a-${index}`, {
        code: 'device-care.lost',
        since: 1_000 + index,
        lastAt: 5_000 + index,
        count: 2,
      }),
    )
  const flood = listAlerts([...same(floodOf), alert('other')]).unclaimed
  expect(flood.map(({ alerts }) => alerts.length).toSorted((a, b) => a - b)).toEqual([1, floodOf])
  expect(spanOf(same(3))).toEqual({ count: 6, since: 1_000, lastAt: 5_002 })
  expect(listAlerts(same(floodOf - 1)).unclaimed).toHaveLength(floodOf - 1)
})

it('loses no alert and shows none twice, whatever there is', () => {
  const alerts = fc.array(
    fc.record({
      priority: fc.constantFrom('urgent', 'high', 'normal', 'low'),
      code: fc.constantFrom('a', 'b'),
      claimedBy: fc.constantFrom(null, 'lobby-1'),
      clearedAt: fc.constantFrom(null, 5),
      shelved: fc.constantFrom(null, { by: 'x', reason: 'y', until: 9 }),
    }),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(alerts, (some) => {
      const rows = some.map((more, index) => alert(`al-${index}`, more))
      const { unclaimed, claimed, shelved, cleared } = listAlerts(rows)
      const shown = [...unclaimed.flatMap((entry) => entry.alerts), ...claimed, ...shelved, ...cleared]
      expect(shown.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
    }),
  )
})

it('has a next step for every alert that the hub has words for, and each is one that the hub takes', () => {
  const params = { device: 'robot-1', zone: 'waiting', counter: 'counter-1', reason: 'help' }
  for (const code of Object.keys(alertWords)) {
    const steps = nextSteps({ code, params })
    expect(steps.length, code).toBeGreaterThan(0)
    expect(steps.length, code).toBeLessThan(3)
    for (const step of steps) if (step.kind === 'do') expect(DeskCommand.parse(step.command)).toBeDefined()
  }
  expect(nextSteps({ code: 'of-a-deployed-flow', params: {} })).toEqual([])
})

it('puts nothing aside for ever, and until the end of a shift by the clock of the branch', () => {
  const hour = 3_600_000
  // 16:30 in Shanghai.
  const afternoon = Date.parse('2026-11-23T08:30:00Z')
  expect(shelfMs('quarter', afternoon, 480)).toBe(hour / 4)
  expect(shelfMs('hour', afternoon, 480)).toBe(hour)
  expect(shelfMs('shift', afternoon, 480)).toBe(1.5 * hour)
  expect(shelfMs('shift', afternoon + 3 * hour, 480)).toBe(shelfMaxMs)
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4e12 }),
      fc.integer({ min: -720, max: 840 }),
      fc.constantFrom(...shelfTimes),
      (now, offset, time) => {
        const forMs = shelfMs(time, now, offset)
        const shelve = { name: 'alert.shelve', params: { alert: 'a', reason: 'known', forMs } }
        expect(DeskCommand.safeParse(shelve).success).toBe(true)
      },
    ),
  )
})
