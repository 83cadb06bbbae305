/**
 * The journey of a visitor as one pure function: where they are, what happened, and what comes of it. The clock is in
 * the input and what the branch allows in the world, so that every journey can be tried without either.
 */
import type { Effect, Input, Step } from './input.ts'
import { type Move, moves } from './moves.ts'
import { ended } from './session.ts'
import { type Journey, type Person, patienceOf, type World } from './state.ts'

/** What no hand of a visitor does. */
const unattended: ReadonlySet<Input['type']> = new Set([
  'tick',
  'ticket-issued',
  'ticket-failed',
  'carried-out',
  'not-carried-out',
  'help-told',
])

const still = (journey: Journey): Step => ({ journey, effects: [] })

/** Everything private is gone with this one assignment; the rest of the page is told. */
const wiped = (journey: Journey, reason: string): Step => {
  if (journey.person === null) return still(journey)
  const { effects } = ended(journey.person, 'abandoned', reason)
  return { journey: { ...journey, person: null }, effects: [...effects, { do: 'wipe' }] }
}

const changed = (step: Step, change: Partial<Journey>): Step => ({
  ...step,
  journey: { ...step.journey, ...change },
})

const tick = (journey: Journey, world: World, at: number): Step => {
  const { person } = journey
  // While the kiosk itself is at work nobody is asked to hurry.
  if (person === null || person.way.includes('working')) return still(journey)
  const { askAfterMs, leaveAfterMs } = patienceOf(person, world)
  if (person.askedAt !== null)
    return at - person.askedAt >= leaveAfterMs ? wiped(journey, 'idle') : still(journey)
  if (at - person.touchedAt < askAfterMs) return still(journey)
  return still({ ...journey, person: { ...person, askedAt: at } })
}

const begin = (journey: Journey, { view, at }: Extract<Input, { type: 'begin' }>): Step => {
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
    touchedAt: at,
    askedAt: null,
  }
  return still({ ...journey, person: fresh })
}

/** Which may come at any time, whoever is there. */
const overall = (journey: Journey, input: Input, world: World): Step | undefined => {
  switch (input.type) {
    case 'begin':
      return begin(journey, input)
    case 'tick':
      return tick(journey, world, input.at)
    case 'wipe':
      return wiped(journey, 'wiped')
    case 'staff':
      return changed(input.isThere ? wiped(journey, 'staff') : still(journey), {
        isStaffThere: input.isThere,
      })
    case 'close':
      return changed(input.isClosed ? wiped(journey, 'staff') : still(journey), { isClosed: input.isClosed })
    case 'emergency':
      return changed(input.isOn ? wiped(journey, 'emergency') : still(journey), { isEmergency: input.isOn })
    default:
      return undefined
  }
}

const left = (journey: Journey): Step => wiped(journey, 'left')

export const reduce = (journey: Journey, input: Input, world: World): Step => {
  const whole = overall(journey, input, world)
  if (whole !== undefined) return whole
  const { person } = journey
  if (person === null) return still(journey)
  const isWorking = person.way.includes('working')
  if (input.type === 'start-over') return isWorking ? still(journey) : left(journey)
  const touched = unattended.has(input.type) ? person : { ...person, touchedAt: input.at, askedAt: null }
  const move = moves[input.type] as Move<Input> | undefined
  const next = move?.(touched, input, world) ?? { person: touched, effects: noEffects }
  // Nothing lies behind the first page: who goes back from there goes.
  if (next.person === null) return left(journey)
  return { journey: { ...journey, person: next.person }, effects: next.effects }
}

const noEffects: readonly Effect[] = []
