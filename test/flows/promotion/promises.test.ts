/**
 * What promotion promises, whatever comes in whatever order: dwells, merges, moves, tickets and calls, kiosk sessions,
 * content approved, replaced, taken back and expired, campaigns switched, people who ask by hand, reports of every kind
 * (late and repeated ones too), lines that break, and time. Judged after every single entry of the real engine by rules
 * of the test's own.
 */
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { Attempt, TaskRow } from '#hub/dispatch/rows.ts'
import type { BranchState } from '#hub/engine/state.ts'
import { type ReportStatus, reportStatuses } from '#protocol/messages.ts'
import type { Content } from '#protocol/targets.ts'
import { campaigns, contentOf, type Decided, devices, LivedBranch } from './lived-branch.ts'

vi.mock('#hub/branch/view.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('#hub/branch/view.ts')>()
  const createView = (state: BranchState, at: number) => {
    const view = original.createView(state, at)
    view.content = (item) => contentOf(state, at, item)
    return view
  }
  return { ...original, createView }
})

const perVisitMax = 2

const isPromotion = ({ intent }: TaskRow) => intent.capability === 'promote'
const isOwn = ({ flow }: TaskRow) => flow === 'promotion'
const campaignOf = ({ intent }: TaskRow) =>
  campaigns.find(({ id }) => id === intent.subject.campaign) ?? expect.fail('a campaign of nobody')

/** As seen from outside: it was told to begin, or said that it did, and did not say that it had not. */
const mayHaveBegun = ({ startSentAt, startedAt, end }: Attempt) =>
  (startSentAt !== null || startedAt !== null) && end !== 'refused' && end !== 'not-started'

const isHeld = ({ attempts }: TaskRow) => attempts.at(-1)?.endedAt === null

class Judge {
  readonly branch: LivedBranch
  readonly #into = new Map<string, string>()
  readonly #known = new Set<string>()
  readonly #offered = new Set<string>()
  /** Attempts that were told to begin, in order: campaign, visit, and whether it was a machine's own idea. */
  shown = 0
  readonly ways = new Set<string>()

  constructor() {
    this.branch = new LivedBranch((decided) => this.#judge(decided))
  }

  #visitOf({ intent }: TaskRow): string | undefined {
    let visit = intent.subject.visit
    while (visit !== undefined && this.#into.has(visit)) visit = this.#into.get(visit)
    return visit
  }

  #judge({ at, body, decisions }: Decided) {
    for (const { code, visit, params } of decisions)
      if (code === 'visit.merged' && visit !== undefined) this.#into.set(visit, String(params?.['into']))
    const tasks = [...this.branch.tasks.values()].filter(isPromotion)
    this.#oneAtATime(tasks)
    for (const task of tasks) {
      if (!this.#known.has(task.id)) this.#wanted(task, at)
      this.#known.add(task.id)
      for (const attempt of task.attempts) {
        const name = `${task.id}/${attempt.number}`
        if (!this.#offered.has(name)) this.#begins(task, attempt, { at, tasks })
        this.#offered.add(name)
      }
      if (body.kind === 'command' && isHeld(task)) expect(this.#isApproved(task, at), task.id).toBe(true)
    }
  }

  #oneAtATime(tasks: readonly TaskRow[]) {
    const holders = tasks.filter(isHeld).flatMap((task) => this.#visitOf(task) ?? [])
    expect(new Set(holders).size, holders.join(', ')).toBe(holders.length)
  }

  #isApproved({ intent }: TaskRow, at: number): boolean {
    const { item, media, words } = intent.command['content'] as Content
    if (item === undefined) return true
    const inForce = contentOf(this.branch.state, at, item)
    return media?.sha256 === inForce?.media?.sha256 && words[0]?.text === inForce?.words['zh']
  }

  /** What must be so in the moment in which the flow wants it. */
  #wanted(task: TaskRow, at: number) {
    const { intent } = task
    const campaign = campaignOf(task)
    if (campaign.needsPerson === true) expect(intent.who.members).toBe('people')
    if (!isOwn(task)) return
    const zone = intent.subject.zone ?? ''
    if (campaign.zones !== undefined) expect(campaign.zones).toContain(zone)
    if (campaign.hours !== undefined) expect(new Date(at).toISOString().slice(11, 16) < '09:04').toBe(true)
    const visit = this.branch.state.visits.get(intent.subject.visit ?? '')
    if (visit !== undefined) {
      expect(campaign.segments ?? ['personal']).toContain(visit.segment)
      expect(visit.marks[`promotion.held-out.${campaign.id}`]).toBeUndefined()
    } else expect(campaign.segments ?? ['personal']).toContain('personal')
  }

  /** What must be so in the moment in which a device or a person is asked. */
  #begins(
    task: TaskRow,
    { member, number }: Attempt,
    { at, tasks }: { at: number; tasks: readonly TaskRow[] },
  ) {
    const campaign = campaignOf(task)
    expect(this.#isApproved(task, at) || task.endedAt === at, `${task.id}: ${campaign.id}`).toBe(true)
    if (campaign.needsPerson === true) expect(member).toMatch(/^person\//)
    this.shown += 1
    this.ways.add(member.replace(/-\d$|\/.*/, ''))
    if (!isOwn(task)) return
    const earlier = tasks.flatMap((other) =>
      other.attempts
        .filter((attempt) => mayHaveBegun(attempt) || (attempt.endedAt === null && other.id !== task.id))
        .filter((attempt) => other.id !== task.id || attempt.number < number)
        .map(() => other),
    )
    const ofCampaign = earlier.filter((other) => campaignOf(other) === campaign)
    expect(ofCampaign.length, `${campaign.id} today`).toBeLessThan(campaign.perDay ?? 1_000)
    const visit = this.#visitOf(task)
    if (visit === undefined) return
    const seen = earlier.filter((other) => this.#visitOf(other) === visit)
    expect(seen.length, `${visit} at all`).toBeLessThan(perVisitMax)
    expect(
      seen.filter((other) => campaignOf(other) === campaign).length,
      `${visit}: ${campaign.id}`,
    ).toBeLessThan(campaign.perVisit ?? 1)
    const names = seen.map((other) => campaignOf(other))
    for (const other of names.filter((one) => one !== campaign)) {
      expect(campaign.conflicts ?? []).not.toContain(other.id)
      expect(other.conflicts ?? []).not.toContain(campaign.id)
    }
  }
}

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
    3,
    fc
      .record({
        item: fc.constantFrom('poster-a', 'poster-b'),
        version: fc.constantFrom(1, 1, 2),
        forMs: fc.constantFrom(10_000_000, 10_000_000, 20_000, null),
      })
      .map(
        ({ item, version, forMs }): Op =>
          (branch) =>
            branch.putInForce(item, forMs === null ? null : { version, until: branch.at + forMs }),
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
    1,
    fc.record({ track, campaign: fc.constantFrom('deposit', 'fund', 'morning') }).map(
      ({ track: one, campaign }): Op =>
        (branch) => {
          const visit = branch.state.tracks.get(`${eye}/${one}`)
          if (visit === undefined || branch.state.campaigns.get(campaign)?.on === false) return
          if (campaign === 'deposit' && contentOf(branch.state, branch.at, 'poster-a') === undefined) return
          const ask = { what: 'promote', visit, campaign, zone: 'waiting' } as const
          branch.command({ name: 'ask', ask: ask as never, request: `r-${branch.at}`, by: 'ann' })
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
    fc.constantFrom(100, 1_000, 4_000, 9_000, 61_000).map(
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
      branch.putInForce('poster-a', { version: 1, until: branch.at + 600_000 })
      branch.putInForce('poster-b', { version: 1, until: branch.at + 600_000 })
      for (const op of ops) {
        op(branch)
        branch.at += 7
      }
      branch.wait(1_800_000)
      expect(branch.digestAgain()).toBe(branch.digest())
      expect(branch.state.instances.values().filter(({ parked }) => parked !== null)).toEqual([])
      shown += judge.shown
      for (const way of judge.ways) ways.add(way)
    }),
    { numRuns: 300 },
  )
  // Otherwise it would prove nothing.
  expect(shown).toBeGreaterThan(200)
  expect([...ways].toSorted()).toEqual(['kiosk', 'person', 'robot', 'screen', 'tickets'])
})
