/**
 * The journey of a visitor as one pure function: where they are, what happened, and what comes of it. The clock is in
 * the input and what the branch allows in the world, so that every journey can be tried without either.
 */
import { leftBehind, maySit, stageOf } from './expert-call.ts'
import { backInCall } from './expert-moves.ts'
import type { Effect, Input, Step } from './input.ts'
import { type Move, moves } from './moves.ts'
import { ended } from './session.ts'
import { type Journey, type Person, pageOf, patienceOf, type View, type World } from './state.ts'
import { goTo, home } from './way.ts'

/** What no hand of a visitor does. */
const unattended: ReadonlySet<Input['type']> = new Set([
  'tick',
  'ticket-issued',
  'ticket-failed',
  'carried-out',
  'not-carried-out',
  'help-told',
  'call-told',
])

const still = (journey: Journey): Step => ({ journey, effects: [] })

/** Everything private is gone with this one assignment; the rest of the page is told. */
const wiped = (journey: Journey, reason: string, world: World): Step => {
  const { person } = journey
  if (person === null) return still(journey)
  const { effects } = ended(person, 'abandoned', reason)
  return {
    journey: { ...journey, person: null },
    effects: [...leftBehind(person, world), ...effects, { do: 'wipe' }],
  }
}

const changed = (step: Step, change: Partial<Journey>): Step => ({
  ...step,
  journey: { ...step.journey, ...change },
})

/**
 * Who waits for an expert may sit down meanwhile. What they left on the page is covered after a while, and forgotten after
 * twice that: the call waits for them, and nobody else finds what they entered.
 */
const sitting = (journey: Journey, person: Person, { world, at }: { world: World; at: number }): Step => {
  const { askAfterMs, leaveAfterMs } = patienceOf(person, world)
  const stillMs = at - person.touchedAt
  if (stillMs < askAfterMs) return still(journey)
  const covered = goTo(person, 'expert')
  const hasMatters = person.form !== null || person.ticket !== null || person.issued !== null
  if (stillMs < askAfterMs + leaveAfterMs || !hasMatters)
    return still(pageOf(person) === 'expert' ? journey : { ...journey, person: covered })
  const { person: over, effects } = ended(person, 'abandoned', 'idle')
  return { journey: { ...journey, person: goTo({ ...home(over), ticket: null }, 'expert') }, effects }
}

const tick = (journey: Journey, world: World, at: number): Step => {
  const { person } = journey
  // While the kiosk itself is at work nobody is asked to hurry, and who talks to somebody is there.
  if (person === null || person.way.includes('working')) return still(journey)
  if (stageOf(person, world) === 'talking')
    return still(person.askedAt === null ? journey : { ...journey, person: { ...person, askedAt: null } })
  if (maySit(person, world) && person.askedAt === null) return sitting(journey, person, { world, at })
  const { askAfterMs, leaveAfterMs } = patienceOf(person, world)
  if (person.askedAt !== null)
    return at - person.askedAt >= leaveAfterMs ? wiped(journey, 'idle', world) : still(journey)
  if (at - person.touchedAt < askAfterMs) return still(journey)
  return still({ ...journey, person: { ...person, askedAt: at } })
}

const begin = (journey: Journey, { view, at }: { readonly view: View; readonly at: number }): Step => {
  const { person, isClosed, isEmergency, isStaffThere } = journey
  if (person !== null || isClosed || isEmergency || isStaffThere) return still(journey)
  const fresh: Person = {
    view,
    way: ['home'],
    service: null,
    ticket: null,
    issued: null,
    isIssuing: false,
    hasNoTicket: false,
    form: null,
    isInSession: false,
    help: null,
    expert: null,
    callsOff: [],
    touchedAt: at,
    askedAt: null,
  }
  return still({ ...journey, person: fresh })
}

/** Who touched the page before it knew of the call may be somebody else: they are asked again. */
const again = (journey: Journey, input: Extract<Input, { type: 'back-in-call' }>, world: World): Step => {
  const isOther = journey.person !== null
  const start = begin(journey, input).journey
  if (start.person === null) return still(journey)
  const known = isOther ? { ...input, agreedTo: null, met: [] } : input
  return still({ ...start, person: backInCall(start.person, known, world).person })
}

/** Which may come at any time, whoever is there. */
const overall = (journey: Journey, input: Input, world: World): Step | undefined => {
  switch (input.type) {
    case 'begin':
      return begin(journey, input)
    case 'back-in-call':
      return again(journey, input, world)
    case 'tick':
      return tick(journey, world, input.at)
    case 'wipe':
      return wiped(journey, 'wiped', world)
    case 'staff':
      return changed(input.isThere ? wiped(journey, 'staff', world) : still(journey), {
        isStaffThere: input.isThere,
      })
    case 'close':
      return changed(input.isClosed ? wiped(journey, 'staff', world) : still(journey), {
        isClosed: input.isClosed,
      })
    case 'emergency':
      return changed(input.isOn ? wiped(journey, 'emergency', world) : still(journey), {
        isEmergency: input.isOn,
      })
    default:
      return undefined
  }
}

const left = (journey: Journey, world: World): Step => wiped(journey, 'left', world)

export const reduce = (journey: Journey, input: Input, world: World): Step => {
  const whole = overall(journey, input, world)
  if (whole !== undefined) return whole
  const { person } = journey
  if (person === null) return still(journey)
  const isWorking = person.way.includes('working')
  if (input.type === 'start-over') return isWorking ? still(journey) : left(journey, world)
  const touched = unattended.has(input.type) ? person : { ...person, touchedAt: input.at, askedAt: null }
  const move = moves[input.type] as Move<Input> | undefined
  const next = move?.(touched, input, world) ?? { person: touched, effects: noEffects }
  // Nothing lies behind the first page: who goes back from there goes.
  if (next.person === null) return left(journey, world)
  return { journey: { ...journey, person: next.person }, effects: next.effects }
}

const noEffects: readonly Effect[] = []
