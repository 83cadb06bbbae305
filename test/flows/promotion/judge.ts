/** Judges a lived branch after every entry, by rules of the test's own, seen from outside. */
import assert from 'node:assert/strict'
import type { Attempt, TaskRow } from '#hub/dispatch/rows.ts'
import type { Content } from '#protocol/targets.ts'
import { approved, campaigns, type Decided, LivedBranch } from './lived-branch.ts'

const perVisitMax = 2
const dayMs = 86_400_000

const isPromotion = ({ intent }: TaskRow) => intent.capability === 'promote'
const isOwn = ({ flow }: TaskRow) => flow === 'promotion'
const campaignOf = ({ intent }: TaskRow) =>
  campaigns.find(({ id }) => id === intent.subject.campaign) as (typeof campaigns)[number]

const must = (holds: boolean, otherwise: string) => assert.ok(holds, otherwise)

interface Moment {
  readonly at: number
  readonly tasks: readonly TaskRow[]
}

/** As seen from outside: it was told to begin, or said that it did, and did not say that it had not. */
const mayHaveBegun = ({ startSentAt, startedAt, end }: Attempt) =>
  (startSentAt !== null || startedAt !== null) && end !== 'refused' && end !== 'not-started'

export const isHeld = ({ attempts }: TaskRow) => attempts.at(-1)?.endedAt === null

/** What is taken back is off at once; what passes its last day, with the next minute. */
const isMoment = (body: Decided['body']) =>
  body.kind === 'command' || (body.kind === 'timer' && body.owner === 'branch/minute')

export class Judge {
  readonly branch: LivedBranch
  readonly #into = new Map<string, string>()
  readonly #known = new Set<string>()
  readonly #offered = new Set<string>()
  /** Members that were asked, however often, and of which kinds. */
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
      if (isMoment(body) && isHeld(task)) must(this.#isApproved(task, at), `${task.id} goes on, not approved`)
    }
  }

  #oneAtATime(tasks: readonly TaskRow[]) {
    const holders = tasks.filter(isHeld).flatMap((task) => this.#visitOf(task) ?? [])
    must(new Set(holders).size === holders.length, `two at once: ${holders.join(', ')}`)
  }

  #isApproved({ intent }: TaskRow, at: number): boolean {
    const { item, media, words } = intent.command['content'] as Content
    if (item === undefined) return true
    const inForce = approved(this.branch.state, at, item)
    return media?.sha256 === inForce?.media?.sha256 && words[0]?.text === inForce?.words['zh']
  }

  /** What must be so in the moment in which the flow wants it. */
  #wanted(task: TaskRow, at: number) {
    const { intent } = task
    const campaign = campaignOf(task)
    const { id, zones, hours, segments = ['personal'] } = campaign
    must(campaign.needsPerson !== true || intent.who.members === 'people', `${id}: by a machine`)
    if (!isOwn(task)) return
    must(zones?.includes(intent.subject.zone ?? '') !== false, `${id}: in ${intent.subject.zone}`)
    const clock = new Date(at).toISOString().slice(11, 16)
    must(hours === undefined || (clock >= hours.from && clock < hours.to), `${id}: at ${clock}`)
    const visit = this.branch.state.visits.get(intent.subject.visit ?? '')
    must(segments.includes(visit?.segment ?? 'personal'), `${id}: to ${visit?.segment}`)
    must(visit?.marks[`promotion.held-out.${id}`] === undefined, `${id}: to ${visit?.id}, held out`)
  }

  /** What must be so in the moment in which a device or a person is asked. */
  #begins(task: TaskRow, { member, number }: Attempt, { at, tasks }: Moment) {
    const campaign = campaignOf(task)
    must(this.#isApproved(task, at) || task.endedAt === at, `${task.id} begins, not approved`)
    must(campaign.needsPerson !== true || member.startsWith('person/'), `${campaign.id}: ${member}`)
    this.shown += 1
    this.ways.add(member.replace(/-\d$|\/.*/, ''))
    const earlier = tasks.filter((other) =>
      other.attempts.some(
        (attempt) =>
          (mayHaveBegun(attempt) || (attempt.endedAt === null && other !== task)) &&
          (other !== task || attempt.number < number),
      ),
    )
    this.#withinCaps(task, earlier, at)
  }

  #withinCaps(task: TaskRow, earlier: readonly TaskRow[], at: number) {
    const campaign = campaignOf(task)
    const { id, perDay, perVisit = 1, conflicts = [] } = campaign
    const isToday = ({ offeredAt }: Attempt) => Math.floor(offeredAt / dayMs) === Math.floor(at / dayMs)
    // One that a person gave a reason for takes nobody else's place who was within the cap when it was wanted.
    const counted = earlier.filter(({ intent }) => intent.because.code !== 'asked-beyond-cap')
    const today = counted.filter((other) => campaignOf(other) === campaign && other.attempts.some(isToday))
    // A person said why.
    if (task.intent.because.code === 'asked-beyond-cap') return
    must(today.length < (perDay ?? 1_000), `${id}: more than ${perDay} today`)
    // What was asked for by hand may have been another visitor's until the two were found to be one.
    if (!isOwn(task)) return
    const visit = this.#visitOf(task)
    if (visit === undefined) return
    const seen = earlier.filter((other) => this.#visitOf(other) === visit).map(campaignOf)
    must(seen.length < perVisitMax, `${visit}: more than ${perVisitMax}`)
    must(seen.filter((other) => other === campaign).length < perVisit, `${visit}: ${id} too often`)
    for (const other of seen.filter((one) => one !== campaign)) {
      const isAgainst = conflicts.includes(other.id) || other.conflicts?.includes(id) === true
      must(!isAgainst, `${visit}: ${id} beside ${other.id}`)
    }
  }
}
