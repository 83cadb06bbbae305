/**
 * What promotion promises, whatever comes in whatever order: dwells, merges, moves, tickets and calls, kiosk sessions,
 * content approved, replaced, taken back and expired, campaigns switched, people who ask by hand, reports of every kind
 * (late and repeated ones too), lines that break, and time. Judged after every single entry of the real engine by rules
 * of the test's own.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ReportStatus, reportStatuses } from '#protocol/messages.ts'
import { isHeld, Judge } from './judge.ts'
import { campaigns, devices, type LivedBranch, today } from './lived-branch.ts'

type Op = (branch: LivedBranch) => void

const track = fc.constantFrom('t1', 't2', 't3')
const ticket = fc.constantFrom('A1', 'A2', 'A3')
const pick = fc.nat(1_000)
const eye = 'camera-1'

const of = (weight: number, arbitrary: fc.Arbitrary<Op>) => ({ weight, arbitrary })

const likely = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<ReportStatus>('accepted', 'started', 'done', 'done') },
  { weight: 2, arbitrary: fc.constantFrom(...reportStatuses) },
)

const anyOp: fc.Arbitrary<Op> = fc.oneof(
  of(
    4,
    fc.record({ track, zone: fc.constantFrom('entrance', 'waiting') }).map(
      (data): Op =>
        (branch) =>
          branch.event(eye, 'visitor.detected', data),
    ),
  ),
  of(
    9,
    track.map(
      (one): Op =>
        (branch) =>
          branch.event(eye, 'zone.dwell', { zone: 'waiting', track: one, dwellMs: 9_000 }),
    ),
  ),
  of(
    2,
    fc.record({ track, zone: fc.constantFrom('entrance', 'waiting', 'counters') }).map(
      (data): Op =>
        (branch) =>
          branch.event(eye, 'visitor.moved', data),
    ),
  ),
  of(
    2,
    fc.record({ track, into: track }).map(
      (data): Op =>
        (branch) =>
          branch.event(eye, 'visitor.merged', data),
    ),
  ),
  of(
    1,
    track.map(
      (one): Op =>
        (branch) =>
          branch.event(eye, 'visitor.left', { track: one }),
    ),
  ),
  of(
    4,
    fc.record({ ticket, track, segment: fc.constantFrom('personal', 'personal', 'corporate') }).map(
      (data): Op =>
        (branch) =>
          branch.event('tickets-1', 'ticket.issued', { ...data, camera: eye, service: 'cash' }),
    ),
  ),
  of(
    1,
    ticket.map(
      (one): Op =>
        (branch) =>
          branch.event('tickets-1', 'ticket.called', { ticket: one, counter: 'c1' }),
    ),
  ),
  of(
    2,
    ticket.map(
      (one): Op =>
        (branch) =>
          branch.event('tickets-1', 'ticket.ended', { ticket: one, outcome: 'served' }),
    ),
  ),
  of(
    1,
    fc.record({ track, state: fc.constantFrom('started', 'finished') }).map(
      (data): Op =>
        (branch) =>
          branch.event('kiosk-1', 'kiosk.session', { ...data, camera: eye }),
    ),
  ),
  of(
    4,
    fc
      .record({
        item: fc.constantFrom('poster-a', 'poster-b'),
        what: fc.constantFrom('add', 'add', 'approve', 'approve', 'approve-own', 'withdraw', 'back', 'off'),
        expiresOn: fc.constantFrom(null, today),
      })
      .map(
        ({ item, what, expiresOn }): Op =>
          (branch) => {
            if (what === 'add') branch.add(item, expiresOn)
            else if (what === 'back' || what === 'off') branch.putInForce(item, what === 'back')
            else if (what === 'withdraw') branch.judge(item, 'content.withdraw', 'ann')
            else branch.judge(item, 'content.approve', what === 'approve' ? 'ben' : 'ann')
          },
      ),
  ),
  of(
    1,
    fc.record({ campaign: fc.constantFrom(...campaigns.map(({ id }) => id)), on: fc.boolean() }).map(
      (data): Op =>
        (branch) =>
          branch.command({ name: 'campaign.set', ...data, by: 'ann' }),
    ),
  ),
  of(
    14,
    fc.record({ pick, status: likely, response: fc.constantFrom('none', 'interested', 'declined') }).map(
      ({ pick: nth, status, response }): Op =>
        (branch) => {
          const open = branch.state.tasks.values().filter(isHeld)
          const task = open[nth % Math.max(1, open.length)]
          if (task !== undefined)
            branch.report(task, task.attempts.length, {
              status,
              ...(status === 'done' && { result: { response } }),
            })
        },
    ),
  ),
  of(
    2,
    fc.record({ pick, status: fc.constantFrom(...reportStatuses) }).map(
      ({ pick: nth, status }): Op =>
        (branch) => {
          const all = [...branch.tasks.values()].filter(({ attempts }) => attempts.length > 0)
          const task = all[nth % Math.max(1, all.length)]
          if (task !== undefined) branch.report(task, 1 + (nth % task.attempts.length), { status })
        },
    ),
  ),
  of(
    3,
    fc
      .record({
        track: fc.option(track, { nil: undefined }),
        campaign: fc.constantFrom('deposit', 'fund', 'morning', 'morning'),
        beyondCap: fc.constantFrom(undefined, undefined, 'asked for it'),
      })
      .map(
        ({ track: one, campaign, beyondCap }): Op =>
          (branch) => {
            const visit = one && branch.state.tracks.get(`${eye}/${one}`)
            const ask = { what: 'promote', campaign, zone: 'waiting', visit, beyondCap } as const
            branch.command({ name: 'ask', ask, request: `r-${branch.at}`, by: 'ann' })
          },
      ),
  ),
  of(
    1,
    fc.record({ device: fc.constantFrom(...devices), on: fc.boolean() }).map(
      ({ device, on }): Op =>
        (branch) =>
          branch.link(device, on),
    ),
  ),
  of(
    6,
    fc.constantFrom(100, 1_000, 4_000, 9_000, 61_000, 240_000).map(
      (ms): Op =>
        (branch) =>
          branch.wait(ms),
    ),
  ),
)

it('never two contents at once, never above a cap, never a forbidden product, never what nobody approved', {
  timeout: 60_000,
}, () => {
  let shown = 0
  const ways = new Set<string>()
  fc.assert(
    fc.property(fc.array(anyOp, { maxLength: 60, size: 'max' }), (ops) => {
      const judge = new Judge()
      const { branch } = judge
      branch.open()
      for (const item of ['poster-a', 'poster-b']) {
        branch.add(item, today)
        branch.judge(item, 'content.approve', 'ben')
      }
      for (const op of ops) {
        op(branch)
        branch.at += 7
      }
      branch.wait(700_000)
      expect(branch.digestAgain()).toBe(branch.digest())
      expect(branch.state.instances.values().filter(({ parked }) => parked !== null)).toEqual([])
      shown += judge.shown
      for (const way of judge.ways) ways.add(way)
    }),
    { numRuns: 100 },
  )
  // Otherwise it would prove nothing.
  expect(shown).toBeGreaterThan(200)
  expect([...ways]).toEqual(expect.arrayContaining(['person', 'screen', 'tickets']))
})

const openBranch = (only: string) => {
  const { branch } = new Judge()
  branch.open()
  for (const { id } of campaigns)
    branch.command({ name: 'campaign.set', campaign: id, on: id === only, by: 'ann' })
  return branch
}
const lingers = (branch: LivedBranch, track: string) => {
  branch.event('camera-1', 'visitor.detected', { track, zone: 'waiting' })
  branch.event('camera-1', 'zone.dwell', { zone: 'waiting', track, dwellMs: 9_000 })
}

it('gives the last ones of the day to no more than there are, also in the same moment, and counts what nobody knows', () => {
  const branch = openBranch('morning')
  for (const track of ['t1', 't2', 't3', 't4']) lingers(branch, track)
  expect([...branch.tasks.values()].map(({ intent }) => intent.subject.campaign)).toEqual([
    'morning',
    'morning',
  ])
  branch.wait(60_000)
  expect([...branch.tasks.values()].map(({ phase }) => phase)).not.toContain('done')
  const began = [...branch.tasks.values()].filter(({ attempts }) => attempts[0]?.startSentAt != null).length
  lingers(branch, 't3')
  expect(branch.tasks.size).toBe(4 - began)
})

it('prints a promotion on the ticket at the machine that issued it, and counts it for the visitor', () => {
  const branch = openBranch('card')
  branch.add('poster-b', null)
  branch.judge('poster-b', 'content.approve', 'ben')
  for (const ticket of ['A1', 'A2', 'A3', 'A4']) {
    branch.event('camera-1', 'visitor.detected', { track: ticket, zone: 'entrance' })
    branch.event('tickets-1', 'ticket.issued', { ticket, track: ticket, camera: 'camera-1', service: 'cash' })
    // Else the queue would soon be too long for any promotion.
    branch.event('tickets-1', 'ticket.ended', { ticket, outcome: 'withdrawn' })
  }
  const slip = [...branch.tasks.values()][0]
  expect(slip?.intent).toMatchObject({
    capability: 'promote',
    who: { members: 'devices', only: ['tickets-1'] },
    command: {
      content: {
        item: 'poster-b',
        template: 'promotion',
        values: { ticket: expect.stringMatching(/^A\d$/) },
      },
    },
    because: { code: 'ticket-taken' },
  })
  if (slip !== undefined) branch.report(slip, 1, { status: 'done' })
  const visit = branch.state.visits.get(slip?.intent.subject.visit ?? '')
  expect(visit?.marks).toMatchObject({ 'promotion.count': 1, 'promotion.shown.card': 1 })
})
