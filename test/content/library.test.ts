/**
 * Nothing is on a screen, and nothing is there to be promoted, that a second person did not approve, or whose last day is
 * past: whoever asks for what in whatever order, and whatever slips past the door.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContentCommand } from '#hub/branch/content-commands.ts'
import { branchDay } from '#hub/branch/view.ts'
import { canonicalJson } from '#hub/engine/canonical.ts'
import type { TestBranch } from '../support/branch.ts'
import { add, approve, campaign, open, playlist, programme, refusal } from './orders.ts'

const text = fc.constantFrom('rates', 'fraud', 'gold')
const who = fc.constantFrom('ann', 'bob', 'operator')
/** 0: the newest there is. */
const version = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 5 }))
/** -1: as it is now. */
const revision = fc.oneof({ weight: 3, arbitrary: fc.constant(-1) }, fc.integer({ min: 0, max: 9 }))
const of = fc.record({ item: text, version, by: who })
const step: fc.Arbitrary<ContentCommand | number> = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map((hours) => hours * 3_600_000),
  {
    weight: 3,
    arbitrary: fc
      .record({
        item: text,
        by: who,
        expiresOn: fc.constantFrom(null, '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-05'),
        productCode: fc.constantFrom(null, 'P-1'),
        mandatory: fc.constantFrom('rates' as const, null),
      })
      .map(({ item, ...more }) => add(item, more)),
  },
  { weight: 4, arbitrary: of.map(({ item, version: number, by }) => approve(item, number, by)) },
  of.map((which) => ({ name: 'content.decline' as const, reason: 'no', ...which })),
  of.map((which) => ({ name: 'content.withdraw' as const, ...which })),
  fc
    .record({ item: text, version: fc.option(version, { freq: 4 }), revision, by: who })
    .map((which) => ({ name: 'content.put-in-force' as const, ...which })),
  fc
    .tuple(text, revision)
    .map(([item, seen]) => playlist({ entries: [{ item, showForMs: 5_000 }], revision: seen })),
  fc.tuple(text, revision).map(([item, seen]) => campaign({ item, revision: seen })),
)

/** What the arbitraries leave open, as it stands now. */
const resolved = ({ state }: TestBranch, command: ContentCommand): ContentCommand => {
  const newest = (item: string) => state.contentItems.get(item)?.versions.at(-1)?.version ?? 1
  switch (command.name) {
    case 'content.approve':
    case 'content.decline':
    case 'content.withdraw':
      return { ...command, version: command.version || newest(command.item) }
    case 'content.put-in-force': {
      const { item, version: number, revision: seen } = command
      const now = state.contentItems.get(item)?.revision ?? 0
      return { ...command, version: number === 0 ? newest(item) : number, revision: seen < 0 ? now : seen }
    }
    case 'playlist.set': {
      const now = state.playlists.get('morning')?.revision ?? 0
      const { revision: seen } = command.playlist
      return { ...command, playlist: { ...command.playlist, revision: seen < 0 ? now : seen } }
    }
    case 'campaign.put': {
      const now = state.campaigns.get('spring')?.revision ?? 0
      const { revision: seen } = command.campaign
      return { ...command, campaign: { ...command.campaign, revision: seen < 0 ? now : seen } }
    }
    default:
      return command
  }
}

/** Kept beside the hub: which version was added by whom until when, and who approved it. */
interface Noted {
  readonly by: string
  readonly expiresOn: string | null
  readonly productCode: string | null
  approvedBy?: string
}

describe('whatever is asked in whatever order', () => {
  test('only what two people agreed to is shown, and only until its last day', () => {
    let shown = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const branch = open()
        const known = new Map<string, Noted>()
        const look = () => {
          const today = branchDay(branch.state, branch.at())
          const view = branch.view()
          const campaigns = view.campaigns().filter(({ origin }) => origin === 'desk')
          const check = (item: string, number: number) => {
            const noted = known.get(`${item} ${number}`)
            expect(noted?.approvedBy).toBeDefined()
            expect(noted?.approvedBy).not.toBe(noted?.by)
            expect((noted?.expiresOn ?? today) >= today).toBe(true)
            if (campaigns.some((one) => one.item === item)) expect(noted?.productCode).toBe('P-1')
            shown += 1
          }
          for (const item of ['rates', 'fraud', 'gold']) {
            const inForce = view.content(item)
            if (inForce !== undefined) check(item, inForce.version)
          }
          for (const device of ['screen-1', 'screen-2', 'kiosk-1'])
            for (const entry of programme(branch, device)?.entries ?? []) {
              check(entry.item, entry.version)
              expect(view.content(entry.item)?.version).toBe(entry.version)
            }
        }
        for (const next of steps) {
          if (typeof next === 'number') {
            branch.advance(next)
            look()
            continue
          }
          const made = resolved(branch, next)
          const code = refusal(branch, made)
          const before = canonicalJson(branch.state.contentItems.values())
          // Also what would be refused: a recorded day may be lived again with it in it.
          branch.command(made)
          if (code !== undefined) expect(canonicalJson(branch.state.contentItems.values())).toBe(before)
          else if (made.name === 'content.add') {
            const { by, expiresOn, productCode } = made
            const number = branch.state.contentItems.get(made.item)?.versions.at(-1)?.version ?? 0
            known.set(`${made.item} ${number}`, { by, expiresOn, productCode })
          } else if (made.name === 'content.approve') {
            const noted = known.get(`${made.item} ${made.version}`)
            if (noted !== undefined) noted.approvedBy = made.by
          }
          look()
        }
      }),
      { numRuns: 200 },
    )
    expect(shown).toBeGreaterThan(500)
  })
})
