/** What a visitor does about the call with an expert, and what becomes of it while they do something else. */
import { callOf, isOpen, newCall, pairOf, stageOf, withdrawn, withMet, withoutCall } from './expert-call.ts'
import type { Input } from './input.ts'
import type { Move, Moved } from './moves.ts'
import type { Person, World } from './state.ts'
import { pageOf } from './state.ts'
import { goBack, goTo } from './way.ts'

type Of<T extends Input['type']> = Extract<Input, { type: T }>

const quietly = (person: Person): Moved => ({ person, effects: [] })

const aboutOf = ({ form, service, ticket, view }: Person) => {
  const named = form?.service.service ?? service
  return {
    language: view.language,
    ...(named !== null && { service: named }),
    ...(ticket !== null && { ticket }),
  }
}

export const askExpert = (person: Person, at: number, world: World): Moved => {
  if (pageOf(person) !== 'expert' || !world.canCallExpert || isOpen(person, world)) return quietly(person)
  const blank = withoutCall(person, world)
  return {
    person: {
      ...blank,
      callsOff: world.isToldAgain ? [] : blank.callsOff,
      expert: newCall(at, world),
      help: { reason: 'expert', askedAt: at, isTold: false },
    },
    effects: [{ tell: 'help.requested', data: { reason: 'expert', ...aboutOf(person) } }],
  }
}

export const agreeCall: Move<Of<'agree-call'>> = (person, _, world) => {
  const { expert } = person
  const call = callOf(person, world)
  if (expert === null || call === null || stageOf(person, world) !== 'consent') return quietly(person)
  return quietly({ ...person, expert: { ...expert, agreedTo: pairOf(call), met: [] } })
}

/** Not seen and not heard: then somebody of the branch comes. */
export const declineCall: Move<Of<'decline-call'>> = (person, { at }, world) => {
  if (stageOf(person, world) !== 'consent') return quietly(person)
  const without = {
    ...withoutCall(person, world),
    help: { reason: 'staff', askedAt: at, isTold: false },
  } as const
  return {
    person: goTo(withoutPage(without), 'help'),
    effects: [...withdrawn, { tell: 'help.requested', data: { reason: 'help', ...aboutOf(person) } }],
  }
}

const withoutPage = (person: Person): Person => {
  const way = person.way.filter((page) => page !== 'expert')
  return { ...person, way: way.length === 0 ? ['home'] : way }
}

export const callOff: Move<Of<'call-off'>> = (person, _, world) => {
  const stage = stageOf(person, world)
  if (!isOpen(person, world) || stage === 'talking' || stage === 'consent') return quietly(person)
  return { person: withoutPage(withoutCall(person, world)), effects: withdrawn }
}

export const hangUp: Move<Of<'hang-up'>> = (person, _, world) => {
  const { expert } = person
  if (expert === null || stageOf(person, world) !== 'talking') return quietly(person)
  const over = { ...person, expert: { ...expert, agreedTo: null, hasLeft: true } }
  return { person: goTo(over, 'expert'), effects: withdrawn }
}

/** Also past the page on which they asked for help: what they were at lies before it. */
export const onWithIt: Move<Of<'on-with-it'>> = (person, _, world) => {
  if (pageOf(person) !== 'expert' || stageOf(person, world) !== 'talking') return quietly(person)
  const way = person.way.filter((page) => page !== 'expert' && page !== 'help')
  return quietly({ ...person, way: way.length === 0 ? ['home'] : way })
}

/** Read, how it ended: they go on where they were. */
export const readOutcome: Move<Of<'read-outcome'>> = (person, _, world) =>
  stageOf(person, world) === 'over' ? quietly(withoutPage(withoutCall(person, world))) : quietly(person)

/** Who is wanted by an expert, or no longer, is told so on whatever page they are. */
export const callTold: Move<Of<'call-told'>> = (person, _, world) => {
  const theirs = withMet(person.expert === null ? adopted(person, world) : person, world)
  const stage = stageOf(theirs, world)
  return quietly(stage === 'consent' || stage === 'over' ? goTo(theirs, 'expert') : theirs)
}

const under: ReadonlySet<string> = new Set(['waiting', 'ringing', 'accepted', 'in-call', 'resuming'])

/** Who asked for somebody of the branch, and nobody came, may be given an expert by the branch. */
const adopted = (person: Person, { call }: World): Person => {
  const { help, callsOff } = person
  if (help === null || call === null || !under.has(call.state) || callsOff.includes(call.call)) return person
  return {
    ...person,
    expert: { askedAt: help.askedAt, before: null, agreedTo: null, met: [], hasLeft: false },
  }
}

/** A page that was loaded anew finds who stood there in the call. What they had agreed to holds for the same expert alone. */
export const backInCall: Move<Of<'back-in-call'>> = (person, { at, before, agreedTo, met }, world) => {
  const expert = { askedAt: at, before, agreedTo, met, hasLeft: false }
  return callTold(goTo({ ...person, expert }, 'expert'), { type: 'call-told', at }, world)
}

/** Back from the outcome is behind it. */
export const backFromExpert = (person: Person, world: World): Person | undefined =>
  goBack(stageOf(person, world) === 'over' ? withoutCall(person, world) : person)
