/** The report of campaigns, from what a branch decided by the real engine left on record. */
import { describe, expect, it } from 'vitest'
import { estimateCampaign, type Verdict } from '#cli/promotion/estimate.ts'
import { type MeasuredCampaign, readCampaigns } from '#cli/promotion/measured.ts'
import { promotionText } from '#cli/promotion/promotion-text.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { MethodParts } from '#hub/ops/methods/method.ts'
import { promotionMethods } from '#hub/ops/methods/promotion.ts'
import type { DecisionQuery, StoredDecision } from '#hub/store/port.ts'
import { LivedBranch } from '../../flows/promotion/lived-branch.ts'
import { addSummer } from '../../flows/promotion/summer.ts'

const lived = (play: (branch: LivedBranch) => void) => {
  const records: DecisionRecord[] = []
  const branch = new LivedBranch(({ decisions }) => records.push(...decisions))
  branch.open()
  play(branch)
  return { branch, records }
}

const dwells = (branch: LivedBranch, track: string) => {
  branch.event('camera-1', 'visitor.detected', { track, zone: 'waiting' })
  branch.event('camera-1', 'zone.dwell', { zone: 'waiting', track, dwellMs: 9_000 })
}
const answers = (branch: LivedBranch, response: string) => {
  for (const task of branch.state.tasks.values()) {
    branch.report(task, 1, { status: 'accepted' })
    branch.report(task, 1, { status: 'done', result: { response } })
  }
}
/** Only this one of the branch's campaigns, and that at once. */
const only = (branch: LivedBranch, campaign: string) => {
  for (const id of branch.state.campaigns.keys())
    branch.command({ name: 'campaign.set', campaign: id, on: id === campaign, by: 'ann' })
}

describe('what a branch leaves on record', () => {
  it('says by what a visit was shown it, what was said, and who asked for the service afterwards', () => {
    const { records } = lived((branch) => {
      only(branch, 'morning')
      dwells(branch, 't1')
      answers(branch, 'interested')
      branch.event('kiosk-1', 'intent.stated', { track: 't1', camera: 'camera-1', service: 'coffee' })
      branch.event('kiosk-1', 'intent.stated', { track: 't1', camera: 'camera-1', service: 'coffee' })
      dwells(branch, 't2')
      branch.wait(60_000)
    })
    expect(readCampaigns(records)).toMatchObject([
      {
        campaign: 'morning',
        arms: { shown: { of: 2, hits: 1 }, 'held-out': { of: 0, hits: 0 } },
        responses: { interested: 1, unknown: 1 },
      },
    ])
  })

  it('keeps a visit in the arm it was drawn into, and counts one person once', () => {
    const drawn = (visit: string, arm: string): DecisionRecord => ({
      kind: 'campaign',
      task: 'campaigns',
      visit,
      code: 'promotion.drawn',
      params: { campaign: 'card', arm },
    })
    const same = (from: string, into: string): DecisionRecord => ({
      ...drawn(into, ''),
      code: 'promotion.same-visit',
      params: { campaign: 'card', from },
    })
    const asked = (visit: string): DecisionRecord => ({ ...drawn(visit, ''), code: 'promotion.asked' })
    const [card] = readCampaigns([
      drawn('v1', 'shown'),
      drawn('v2', 'shown'),
      same('v2', 'v1'),
      asked('v1'),
      drawn('v3', 'held-out'),
      drawn('v4', 'held-out'),
      drawn('v5', 'shown'),
      same('v5', 'v4'),
      asked('v4'),
    ])
    expect(card).toMatchObject({
      arms: { shown: { of: 1, hits: 1 }, 'held-out': { of: 1, hits: 0 } },
      mixed: 1,
    })
  })
})

it('reads from the hub what was measured of every campaign, of one that was deleted as well', async () => {
  const stored: StoredDecision[] = []
  const branch = new LivedBranch(({ at, decisions }) =>
    stored.push(...decisions.map((record, ord) => ({ seq: stored.length, ord, at, record }))),
  )
  branch.open()
  addSummer(branch)
  only(branch, 'summer')
  dwells(branch, 't1')
  answers(branch, 'declined')
  branch.command({ name: 'campaign.drop', campaign: 'summer', revision: 1, by: 'ann' })
  const parts = {
    branch: 'lived',
    engine: { read: async (ask: (...now: unknown[]) => unknown) => ask(branch.state, branch.at) },
    store: {
      decisions: async (_: string, { task, from = 0, to = 0 }: DecisionQuery) =>
        stored.filter(({ at, record }) => record.task === task && at >= from && at <= to),
    },
  } as unknown as MethodParts
  const told = promotionMethods(parts)['promotion.records']?.({}, new AbortController().signal)
  const records: DecisionRecord[] = []
  for await (const { record } of told as AsyncIterable<StoredDecision>) records.push(record)
  expect(readCampaigns(records)).toMatchObject([
    { campaign: 'summer', arms: { shown: { of: 1 } }, responses: { declined: 1 } },
  ])
})

const measured = (
  shown: readonly [number, number],
  heldOut: readonly [number, number],
): MeasuredCampaign => ({
  campaign: 'card',
  arms: { shown: { of: shown[1], hits: shown[0] }, 'held-out': { of: heldOut[1], hits: heldOut[0] } },
  mixed: 0,
  shown: { screen: shown[1], 'ticket-machine': 0 },
  onIdleScreens: 4,
  responses: { interested: 9, declined: 11, none: 80, unknown: 2 },
  notBegun: 3,
})

describe('what may be said of it', () => {
  it.each<[Verdict, readonly [number, number], readonly [number, number]]>([
    ['too-few', [9, 29], [0, 29]],
    ['too-few', [90, 300], [0, 12]],
    ['no-holdout', [90, 300], [0, 0]],
    ['no-difference-shown', [30, 300], [3, 40]],
    ['more', [120, 300], [4, 60]],
    ['fewer', [3, 300], [20, 60]],
  ])('%s', (verdict, shown, heldOut) => {
    expect(estimateCampaign(measured(shown, heldOut)).verdict).toBe(verdict)
  })

  it('is told in both languages, honestly where it is little', () => {
    const little = [estimateCampaign(measured([9, 29], [0, 7]))]
    expect(promotionText(little, 'en')).toContain(
      'card: Too few to say anything: 29 visits could be shown it, 7 were held out; at least 30 of each are needed.',
    )
    expect(promotionText(little, 'zh')).toContain('样本太少')
    const more = promotionText([estimateCampaign(measured([120, 300], [4, 60]))], 'en')
    expect(more).toContain('+33.3 %')
    expect(more).toContain('  by: screen 300, idle screens 4')
    expect(more).toContain('  responses: interested 9, declined 11, none 80, not told 2')
    expect(promotionText([], 'en')).toContain('Nothing has been promoted')
  })
})
