/**
 * The call with an expert as the visitor stands in it: what the hub says of it, together with what they agreed to here.
 * Pure, so that nobody is seen or heard by a mistake of a page.
 */
import type { KioskCall } from '#protocol/calls/kiosk-call.ts'
import type { Effect } from './input.ts'
import type { ExpertCall, Person, World } from './state.ts'

/**
 * `asked`: on its way to the hub. `consent`: somebody has accepted, and camera and microphone are still off. `next`: the
 * expert has gone, and another one is called ahead of everybody.
 */
export type Stage = 'none' | 'asked' | 'waiting' | 'ringing' | 'consent' | 'talking' | 'next' | 'over'

const withExpert: ReadonlySet<KioskCall['state']> = new Set(['accepted', 'in-call', 'resuming'])
const waits: ReadonlySet<KioskCall['state']> = new Set(['waiting', 'ringing'])

/** Of an earlier visitor, or called off already, it is none of theirs. */
export const callOf = ({ expert, callsOff }: Person, { call }: World): KioskCall | null => {
  if (expert === null || call === null || call.call === expert.before) return null
  return callsOff.includes(call.call) ? null : call
}

/** One expert in one call: what is agreed to. */
export const pairOf = ({ call, expert }: KioskCall): string | null =>
  expert === null ? null : `${call}/${expert.id}`

export const stageOf = (person: Person, world: World): Stage => {
  const { expert } = person
  if (expert === null) return 'none'
  if (expert.hasLeft) return 'over'
  const call = callOf(person, world)
  if (call === null) return 'asked'
  if (withExpert.has(call.state)) {
    const pair = pairOf(call)
    if (pair === null || expert.agreedTo === null) return 'consent'
    return pair === expert.agreedTo || expert.met.includes(pair) ? 'talking' : 'consent'
  }
  if (!waits.has(call.state)) return 'over'
  if (call.ticket !== null) return 'next'
  return call.state === 'ringing' ? 'ringing' : 'waiting'
}

const open: ReadonlySet<Stage> = new Set(['asked', 'waiting', 'ringing', 'consent', 'talking', 'next'])
/** Somebody is asked for, or there. */
export const isOpen = (person: Person, world: World): boolean => open.has(stageOf(person, world))

const patient: ReadonlySet<Stage> = new Set(['waiting', 'ringing', 'next'])
/** They were told that they may sit down: nobody is thrown out for it. */
export const maySit = (person: Person, world: World): boolean => patient.has(stageOf(person, world))

/** Whom they see in a call that they agreed to. Once they wait for somebody again, they are asked again, whoever it is. */
export const withMet = (person: Person, world: World): Person => {
  const { expert } = person
  const call = callOf(person, world)
  if (expert === null || call === null) return person
  const stage = stageOf(person, world)
  if (stage === 'next') return { ...person, expert: { ...expert, agreedTo: null, met: [] } }
  if (stage !== 'talking') return person
  const { guest } = call
  const met = guest?.isThere === true && !guest.apart ? pairOf({ ...call, expert: guest }) : null
  if (met === null || expert.met.includes(met)) return person
  return { ...person, expert: { ...expert, met: [...expert.met, met] } }
}

/**
 * What opens the line of the call; null: camera and microphone are off. Another expert is another line; one whom they met in
 * it goes on where they are.
 */
export const passOf = (person: Person | null, world: World) => {
  if (person === null || stageOf(person, world) !== 'talking') return null
  const call = callOf(person, world)
  const key = person.expert?.agreedTo ?? null
  return call === null || key === null || call.ticket === null ? null : { key, ticket: call.ticket }
}

export const newCall = (at: number, { call, isToldAgain }: World): ExpertCall => ({
  askedAt: at,
  before: isToldAgain ? null : (call?.call ?? null),
  agreedTo: null,
  met: [],
  hasLeft: false,
})

/** The hub ends it whatever state it is in, and hears of it also where the line of the call is broken. */
export const withdrawn: readonly Effect[] = [{ tell: 'help.withdrawn', data: { reason: 'expert' } }]

/** Of who leaves, whatever for. */
export const leftBehind = (person: Person, world: World): readonly Effect[] =>
  isOpen(person, world) ? withdrawn : []

/** The last ones: the hub says that it has ended a moment later. */
const callsOffMax = 8

/** It is over for them, and they are as if they had never asked. */
export const withoutCall = (person: Person, world: World): Person => {
  const call = callOf(person, world)
  const { help } = person
  return {
    ...person,
    expert: null,
    help: help?.reason === 'expert' ? null : help,
    callsOff: call === null ? person.callsOff : [...person.callsOff, call.call].slice(-callsOffMax),
  }
}
