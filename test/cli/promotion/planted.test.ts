/**
 * Whether the report finds what there is to be found: a branch decided by the real engine, with customers of whom we know
 * by how much a promotion makes them ask for its service.
 */
import { beforeAll, expect, it } from 'vitest'
import { type CampaignReport, estimateCampaign } from '#cli/promotion/estimate.ts'
import { readCampaigns } from '#cli/promotion/measured.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import { unitHash } from '#protocol/hash.ts'
import { campaigns, LivedBranch } from '../../flows/promotion/lived-branch.ts'
import { addSummer } from '../../flows/promotion/summer.ts'

const visits = 400
const usually = 0.15

interface Customers {
  readonly seed: string
  /** How many more of those who really see it ask for it. */
  readonly moved: number
}

const live = ({ seed, moved }: Customers): readonly DecisionRecord[] => {
  const records: DecisionRecord[] = []
  const branch = new LivedBranch(({ decisions }) => records.push(...decisions))
  branch.open()
  for (const { id } of campaigns) branch.command({ name: 'campaign.set', campaign: id, on: false, by: 'ann' })
  addSummer(branch, { holdoutShare: 0.4 })
  for (let nth = 0; nth < visits; nth++) {
    const track = `t${nth}`
    branch.event('camera-1', 'visitor.detected', { track, zone: 'waiting' })
    branch.event('camera-1', 'zone.dwell', { zone: 'waiting', track, dwellMs: 9_000 })
    const visit = branch.state.tracks.get(`camera-1/${track}`)
    const shown = branch.state.tasks.values().find(({ intent }) => intent.subject.visit === visit)
    // One in five devices breaks down before it shows anything: the visit stays in its arm all the same.
    const isSeen = shown !== undefined && unitHash(seed, track, 'breaks') >= 0.2
    if (shown !== undefined) branch.report(shown, 1, { status: isSeen ? 'done' : 'refused' })
    if (unitHash(seed, track, 'asks') < usually + (isSeen ? moved : 0))
      branch.event('kiosk-1', 'intent.stated', { track, camera: 'camera-1', service: 'coffee' })
    branch.event('camera-1', 'visitor.left', { track })
    branch.wait(1_000)
  }
  return records
}

const reportOf = (records: readonly DecisionRecord[]): CampaignReport => {
  const summer = readCampaigns(records).find(({ campaign }) => campaign === 'summer')
  if (summer === undefined) throw new Error('nothing was measured')
  return estimateCampaign(summer)
}

let none: readonly DecisionRecord[]
beforeAll(() => {
  none = live({ seed: 'none', moved: 0 })
})

it('finds what a promotion changes, and says by how much', () => {
  const { uplift, verdict, arms } = reportOf(live({ seed: 'planted', moved: 0.4 }))
  expect(arms.shown.of + arms['held-out'].of).toBe(visits)
  expect(arms['held-out'].of / visits).toBeCloseTo(0.4, 1)
  expect(verdict).toBe('more')
  // By intention to treat: also those count for whom the device broke down.
  const truth = 0.8 * 0.4
  expect(uplift?.low).toBeLessThan(truth)
  expect(uplift?.high).toBeGreaterThan(truth)
})

it('finds nothing in most branches where there is nothing: one in twenty is chance', () => {
  expect(reportOf(none).verdict).toBe('no-difference-shown')
  const drawn = none.filter(({ code }) => code === 'promotion.drawn')
  const rounds = 400
  const silent = Array.from({ length: rounds }, (_, round) => {
    const asked = drawn
      .filter(({ visit }) => unitHash(`round ${round}`, visit ?? '', 'asks') < usually)
      .map((record): DecisionRecord => ({ ...record, code: 'promotion.asked' }))
    return reportOf([...drawn, ...asked])
  }).filter(({ verdict }) => verdict === 'no-difference-shown').length
  // Three standard errors of so many rounds around 95 %.
  expect(silent / rounds).toBeGreaterThan(0.917)
  expect(silent / rounds).toBeLessThan(0.983)
})
