/**
 * One choice over robots, screens, kiosks and people. Pure: the situation and the task in; who, and why not the
 * others, out. The losing candidates are kept with the decision, because "why nobody?" is asked as often as "why this one?".
 */
import type { DeviceRow, StaffRow } from '#protocol/model.ts'
import { deviceStanding, isLasting, personStanding, type Situation, type Standing } from './eligible.ts'
import { deviceWhereabouts, distance, taskWhereabouts, type Whereabouts } from './geometry.ts'
import type { Candidate, TaskRow } from './rows.ts'
import { scoreParts, total } from './score.ts'
import { languagesOn, personPrefix } from './traits.ts'
import { tooFar } from './way.ts'

/** Candidates kept with a decision; beyond that only the least telling reasons are left out. */
export const candidatesMax = 64

export interface Choice {
  readonly chosen: string | null
  /** The task the chosen member must give up first. */
  readonly preempts: string | null
  readonly candidates: readonly Candidate[]
  /** When nobody was chosen: the reason most of those who could do it at all were passed over for. */
  readonly waitingFor: string
  /** Nobody could do it even later: waiting is in vain. */
  readonly hopeless: boolean
}

interface Considered {
  readonly candidate: Candidate
  readonly preempts: string | null
  readonly lastAt: number
}

/** 0 (inclusive) to 1. */
export type Chance = () => number

const considered = (
  situation: Situation,
  member: string,
  found: { standing: Standing; parts: () => Readonly<Record<string, number>> },
): Considered => {
  const { standing } = found
  const parts = standing.out === null ? found.parts() : null
  return {
    candidate: { member, score: parts === null ? null : total(parts), parts, out: standing.out },
    preempts: standing.preempts,
    lastAt: situation.member(member)?.lastAt ?? 0,
  }
}

const considerDevice = (
  situation: Situation,
  task: TaskRow,
  { device, target }: { device: DeviceRow; target: Whereabouts },
): Considered => {
  const { intent } = task
  const kinds = intent.who.kinds ?? []
  const place = kinds.indexOf(device.kind)
  return considered(situation, device.id, {
    standing: deviceStanding(situation, task, device),
    parts: () =>
      scoreParts({
        at: situation.at,
        intent,
        member: situation.member(device.id),
        distance: distance(deviceWhereabouts(situation.view, device), target),
        battery: device.battery === null ? null : device.battery.percent,
        languages: languagesOn(intent.capability, device),
        onProbation: device.firmware?.standing === 'probation',
        rank: { place: Math.max(0, place), of: kinds.length },
      }),
  })
}

const considerPerson = (
  situation: Situation,
  task: TaskRow,
  { person, target }: { person: StaffRow; target: Whereabouts },
): Considered => {
  const member = `${personPrefix}${person.id}`
  const { zone } = person
  const here = { zone, at: zone === null ? null : (situation.view.zone(zone)?.at ?? null) }
  const roles = task.intent.who.roles ?? []
  const place = roles.findIndex((role) => person.roles.includes(role))
  return considered(situation, member, {
    standing: personStanding(situation, task, person),
    parts: () =>
      scoreParts({
        at: situation.at,
        intent: task.intent,
        member: situation.member(member),
        distance: distance(here, target),
        battery: null,
        languages: person.languages,
        rank: { place: Math.max(0, place), of: roles.length },
      }),
  })
}

/** Best score first; among equals the one used least recently. */
const byMerit = (a: Considered, b: Considered) =>
  (b.candidate.score ?? 0) - (a.candidate.score ?? 0) ||
  a.lastAt - b.lastAt ||
  (a.candidate.member < b.candidate.member ? -1 : 1)

const isPerson = ({ candidate }: Considered) => candidate.member.startsWith(personPrefix)

const inOrder = (able: readonly Considered[], devicesFirst: boolean): readonly Considered[] =>
  able.toSorted((a, b) => (devicesFirst ? Number(isPerson(a)) - Number(isPerson(b)) : 0) || byMerit(a, b))

/** Among those that are equal in everything the hash decides, the same in every replay. */
const best = (able: readonly Considered[], chance: Chance, devicesFirst: boolean): Considered | undefined => {
  const [first] = able
  if (first === undefined) return undefined
  const isLike = (one: Considered) =>
    one.candidate.score === first.candidate.score &&
    one.lastAt === first.lastAt &&
    (!devicesFirst || isPerson(one) === isPerson(first))
  const equals = able.filter(isLike)
  return equals.length === 1 ? first : equals[Math.floor(chance() * equals.length)]
}

const commonest = (reasons: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  let best = 'nobody'
  for (const [reason, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (count > (counts.get(best) ?? 0)) best = reason
  }
  return best
}

export const choose = (situation: Situation, task: TaskRow, chance: Chance): Choice => {
  const { members } = task.intent.who
  const target = taskWhereabouts(situation.view, task.intent)
  const all: Considered[] = []
  if (members !== 'people')
    for (const device of situation.view.devices())
      all.push(considerDevice(situation, task, { device, target }))
  if (members !== 'devices')
    for (const person of situation.view.staff()) all.push(considerPerson(situation, task, { person, target }))

  const devicesFirst = task.intent.who.devicesFirst === true
  const able = inOrder(
    all.filter(({ candidate }) => candidate.out === null),
    devicesFirst,
  )
  const free = able.filter(({ preempts }) => preempts === null)
  const chosen = best(free.length > 0 ? free : able, chance, devicesFirst)
  const passing = all.filter(({ candidate }) => candidate.out !== null && !isLasting(candidate.out))
  const lasting = all.filter(({ candidate }) => candidate.out !== null && isLasting(candidate.out))
  const temporary = passing.map(({ candidate }) => candidate.out ?? '')
  const outs = temporary.length > 0 ? temporary : lasting.map(({ candidate }) => candidate.out ?? '')
  return {
    chosen: chosen?.candidate.member ?? null,
    preempts: chosen?.preempts ?? null,
    candidates: [...able, ...passing, ...lasting].slice(0, candidatesMax).map(({ candidate }) => candidate),
    waitingFor: commonest(outs),
    hopeless: chosen === undefined && passing.every(({ candidate }) => candidate.out === tooFar),
  }
}
