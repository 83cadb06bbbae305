/**
 * Who could be rung for a call, each with a score or the reason why not. Licences are asked of everybody, however long
 * somebody waits; skills and the language are preferred and given up with time. Among the equally fit, who has idled
 * longest comes first.
 */
import type { Expert } from '#protocol/calls/expert-desk.ts'
import type { CallRow, ExpertRow } from '#protocol/calls/rows.ts'
import { type Option, optionsMax, type Weighed } from '#protocol/intents.ts'
import { waitsSince } from './find.ts'
import type { CallDesk } from './port.ts'

export interface Candidate extends Option {
  readonly idleSince: number
  readonly group: string
}

type Weighing = Pick<CallDesk, 'at' | 'plan' | 'experts'>

const points = { skills: 60, language: 40, again: -200 }
/** Beyond so many minutes all are equally rested in what is shown; the order itself goes by the moment. */
const idleShownMax = 9
const minute = 60_000

const base = (language: string) => language.split('-', 1)[0] ?? language

const speaks = ({ languages }: Expert, { language }: CallRow): boolean =>
  language === null || languages.some((one) => base(one) === base(language))

const share = (asked: readonly string[], has: readonly string[]): number =>
  asked.length === 0 ? 1 : asked.filter((one) => has.includes(one)).length / asked.length

/** Whoever said no to it, or gave it away, is not asked again; a ring that was missed may be tried once more, last. */
const refusedIt = ({ tried }: CallRow, expert: string): string | undefined =>
  tried.find(({ expert: one, why }) => one === expert && (why === 'declined' || why === 'handed-over'))?.why

/** By now: a group of its own, or also the one that it overflows to. */
const groupsOf = ({ plan, at }: Weighing, call: CallRow): readonly string[] | null => {
  if (call.group === null) return null
  const group = plan.groups.find(({ id }) => id === call.group)
  const overflow = group?.overflow
  if (overflow === undefined || at < waitsSince(call) + (group?.overflowMs ?? 0)) return [call.group]
  return [call.group, overflow]
}

/** For as long as the call lasts. */
const neverFits = (desk: Weighing, call: CallRow, { id, qualifications }: Expert): string | null => {
  if (!call.qualifications.every((one) => qualifications.includes(one))) return 'expert-unqualified'
  const refused = refusedIt(call, id)
  return refused === undefined ? null : `expert-${refused}`
}

const notNow = (desk: Weighing, row: ExpertRow | undefined): string | null => {
  if (row === undefined || !row.online || row.presence === 'offline') return 'expert-offline'
  if (row.presence !== 'available') return `expert-${row.presence}`
  if (row.call !== null) return 'expert-busy'
  return row.snoozedUntil !== null && row.snoozedUntil > desk.at ? 'expert-snoozed' : null
}

const notYet = (desk: Weighing, call: CallRow, expert: Expert): string | null => {
  const { relax } = desk.plan
  const groups = groupsOf(desk, call)
  if (groups !== null && !groups.includes(expert.group)) return 'expert-group'
  if (share(call.skills, expert.skills) < 1 && desk.at < call.at + relax.skillsMs) return 'expert-skills'
  return !speaks(expert, call) && desk.at < call.at + relax.languageMs ? 'expert-language' : null
}

const weighOne = (desk: Weighing, call: CallRow, expert: Expert): Candidate => {
  const row = desk.experts.get(expert.id)
  const out = neverFits(desk, call, expert) ?? notNow(desk, row) ?? notYet(desk, call, expert)
  const idleSince = row?.idleSince ?? desk.at
  const common = { id: expert.id, group: expert.group, idleSince }
  if (out !== null) return { ...common, score: null, parts: null, out }
  const again = call.tried.filter(({ expert: one }) => one === expert.id).length
  const parts = {
    skills: Math.round(points.skills * share(call.skills, expert.skills)),
    language: speaks(expert, call) ? points.language : 0,
    ...(again > 0 && { again: points.again * again }),
    idle: Math.min(idleShownMax, Math.floor(Math.max(0, desk.at - idleSince) / minute)),
  }
  const score = Object.values(parts).reduce((sum, part) => sum + part, 0)
  return { ...common, score, parts, out: null }
}

/** Idle points lie below every other step, so that whoever has idled longest goes first only among the equally fit. */
const bestFirst = (a: Candidate, b: Candidate): number =>
  (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY) ||
  a.idleSince - b.idleSince ||
  (a.id < b.id ? -1 : 1)

/** @returns everybody, who fits best first; who is out stands behind them. */
export const weigh = (desk: Weighing, call: CallRow): readonly Candidate[] => {
  const all = desk.plan.people.map((expert) => weighOne(desk, call, expert))
  const fit = all.filter(({ out }) => out === null).toSorted(bestFirst)
  return [...fit, ...all.filter(({ out }) => out !== null)]
}

/** For who asks why: the best, and as many of the others as anybody reads. */
export const told = (candidates: readonly Candidate[]): Weighed => {
  const rest: Record<string, number> = {}
  for (const { out } of candidates.slice(optionsMax)) rest[out ?? 'scored'] = (rest[out ?? 'scored'] ?? 0) + 1
  const options = candidates
    .slice(0, optionsMax)
    .map(({ id, score, parts, out }): Option => ({ id, score, parts, out }))
  return { what: 'expert', options, rest }
}

/** The next moment at which somebody fits who does not yet. */
export const relaxesAt = ({ plan, at }: Weighing, call: CallRow): number | undefined => {
  const group = plan.groups.find(({ id }) => id === call.group)
  const moments = [
    ...(call.skills.length > 0 ? [call.at + plan.relax.skillsMs] : []),
    ...(call.language === null ? [] : [call.at + plan.relax.languageMs]),
    ...(group?.overflow === undefined ? [] : [waitsSince(call) + group.overflowMs]),
  ].filter((moment) => moment > at)
  return moments.length === 0 ? undefined : Math.min(...moments)
}

/** Whether anybody who may take it is there at all, free or in another call. */
export const couldCome = (desk: Weighing, call: CallRow): boolean =>
  desk.plan.people.some((expert) => {
    const row = desk.experts.get(expert.id)
    return row?.online === true && row.presence === 'available' && neverFits(desk, call, expert) === null
  })

/** Whether an expert is offered at all. */
export const isDeskOpen = ({ experts }: Pick<CallDesk, 'experts'>): boolean =>
  experts.values().some(({ online, presence }) => online && presence === 'available')
