/** Every play counts once, on the day on which it was: however often, in whatever order and how late it is told. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { playsByItem } from '#hub/content/plays.ts'
import type { EventData } from '#protocol/events.ts'
import { createTestBranch, type TestBranch } from '../support/branch.ts'

type Told = EventData<'content.played'>
type Play = Told['plays'][number]

const hour = 3_600_000
const clockMs = 1_000_000_000_000

const play = (n: number, more: Partial<Play> = {}): Play => ({
  n,
  item: 'rates',
  startedMs: clockMs - 10_000,
  shownForMs: 10_000,
  ended: 'finished',
  ...more,
})
const tell = (branch: TestBranch, plays: readonly Play[], more: Partial<Told> & { device?: string } = {}) => {
  const { device = 'kiosk-1', ...told } = more
  branch.event(device, 'content.played', { player: 'p1', clockMs, plays: [...plays], ...told })
}
const totals = (branch: TestBranch) => Object.fromEntries(playsByItem(branch.state))

const ended = fc.constantFrom('finished' as const, 'interrupted' as const, 'failed' as const)

test('whatever is told twice, late, or in another order, each play is counted once', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ item: fc.constantFrom('rates', 'gold', 'constructor'), ended, ms: fc.nat(20_000) }),
        {
          minLength: 1,
          maxLength: 60,
        },
      ),
      fc.array(fc.tuple(fc.nat(59), fc.integer({ min: 1, max: 30 })), { maxLength: 40 }),
      fc.constantFrom('p1', 'p2'),
      (shown, batches, player) => {
        const branch = createTestBranch()
        const all = shown.map(({ item, ended: how, ms }, n) => play(n, { item, ended: how, shownForMs: ms }))
        const send = (plays: readonly Play[]) => {
          if (plays.length > 0) tell(branch, plays, { player })
        }
        for (const [from, count] of batches) send(all.slice(from, from + count).toReversed())
        for (let from = 0; from < all.length; from += 25) send(all.slice(from, from + 25))
        const counted = (item: string, how: Play['ended']) =>
          all.filter((one) => one.item === item && one.ended === how).length
        const names = [...new Set(all.map(({ item }) => item))]
        expect(totals(branch)).toEqual(
          Object.fromEntries(
            names.map((item) => [
              item,
              {
                whole: counted(item, 'finished'),
                interrupted: counted(item, 'interrupted'),
                failed: counted(item, 'failed'),
                shownForMs: all.reduce((sum, one) => sum + (one.item === item ? one.shownForMs : 0), 0),
              },
            ]),
          ),
        )
      },
    ),
    { numRuns: 200 },
  )
})

describe('plays', () => {
  test('of two devices, and of two installations, are told apart', () => {
    const branch = createTestBranch()
    tell(branch, [play(1)])
    tell(branch, [play(1)], { player: 'p2' })
    tell(branch, [play(1)], { device: 'robot-1' })
    tell(branch, [play(1)])
    expect(totals(branch)).toMatchObject({ rates: { whole: 3 } })
  })

  test('count on the day on which they began, by the clock of the branch', () => {
    const branch = createTestBranch()
    tell(branch, [
      play(1),
      play(2, { startedMs: clockMs - 10 * hour }),
      play(3, { startedMs: clockMs + hour }),
    ])
    expect(branch.state.contentDays.keys()).toEqual(['2026-03-01', '2026-03-02'])
    expect(playsByItem(branch.state, { from: '2026-03-02' }).get('rates')?.whole).toBe(2)
    expect(playsByItem(branch.state, { to: '2026-03-01' }).get('rates')?.whole).toBe(1)
  })

  test('do not grow without end: names, gaps and installations of a device that makes them up', () => {
    const branch = createTestBranch()
    for (let n = 0; n < 1_500; n++)
      tell(branch, [play(n * 2, { item: `made-up-${n}` })], { player: n < 1_000 ? 'p1' : `p${n}` })
    expect(Object.keys(branch.state.contentDays.get('2026-03-02')?.items ?? {}).length).toBe(101)
    const [row] = branch.state.players.values()
    expect(row?.players.length).toBe(8)
    expect(Object.values(totals(branch)).reduce((sum, { whole }) => sum + whole, 0)).toBe(1_500)
    expect(JSON.stringify(row).length).toBeLessThan(20_000)
  })

  test('are kept for thirteen months', () => {
    const branch = createTestBranch()
    branch.command({
      name: 'content.add',
      item: 'rates',
      title: { en: 'Rates' },
      media: null,
      template: null,
      words: { en: 'Rates' },
      productCode: null,
      expiresOn: null,
      by: 'ann',
    })
    tell(branch, [play(1), play(2, { startedMs: clockMs - 394 * 24 * hour }), play(3, { startedMs: 0 })])
    expect(branch.state.contentDays.size).toBe(2)
    branch.advance(3 * 24 * hour)
    expect(branch.state.contentDays.keys()).toEqual(['2026-03-02'])
    // Told once more it is still not counted again.
    tell(branch, [play(2, { startedMs: clockMs - 394 * 24 * hour })])
    expect(branch.state.contentDays.size).toBe(1)
  })
})
