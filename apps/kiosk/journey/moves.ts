/** What a visitor does, one by one: each takes them as they are, and gives them as they are then. */
import { TicketNo } from '#protocol/ids.ts'
import type { KioskService } from '#protocol/kiosk-service.ts'
import { firstUnfit, problemsOf } from './entries.ts'
import { stageOf } from './expert-call.ts'
import {
  agreeCall,
  askExpert,
  backFromExpert,
  callOff,
  callTold,
  declineCall,
  hangUp,
  onWithIt,
  readOutcome,
} from './expert-moves.ts'
import type { Effect, Input } from './input.ts'
import { begun, ended } from './session.ts'
import type { Form, Help, Person, World } from './state.ts'
import { pageOf } from './state.ts'
import { atForm, goBack, goTo, home, inPlaceOf } from './way.ts'

export interface Moved {
  /** null: they go. */
  readonly person: Person | null
  readonly effects: readonly Effect[]
}

type Of<T extends Input['type']> = Extract<Input, { type: T }>
export type Move<I> = (person: Person, input: I, world: World) => Moved

/** Asked again within that time it is the same request. */
const sameCallMs = 60_000

const quietly = (person: Person): Moved => ({ person, effects: [] })

const on = (page: ReturnType<typeof pageOf>, person: Person, move: () => Moved): Moved =>
  pageOf(person) === page ? move() : quietly(person)

/** A second number is a second matter: the first one is over, and its place in the queue kept. */
const giveTicket: Move<Of<'give-ticket'>> = (person, { ticket }) =>
  on('ticket-number', person, () => {
    if (!TicketNo.safeParse(ticket).success) return quietly(person)
    if (person.ticket === ticket && person.isInSession) return quietly(home(person))
    const over = ended(person, 'abandoned', 'other-ticket')
    const now = begun({ ...home(over.person), ticket })
    return { person: now.person, effects: [...over.effects, ...now.effects] }
  })

const chooseService: Move<Of<'choose-service'>> = (person, { service }) =>
  on('home', person, () => ({
    person: { ...goTo(person, 'service'), service },
    effects: [
      {
        tell: 'intent.stated',
        data: {
          service,
          language: person.view.language,
          ...(person.ticket !== null && { ticket: person.ticket }),
        },
      },
    ],
  }))

const takeTicket: Move<Of<'take-ticket'>> = (person, _, { canIssue }) =>
  on('service', person, () =>
    canIssue && !person.isIssuing && person.service !== null
      ? { person: { ...person, isIssuing: true, hasNoTicket: false }, effects: [{ do: 'issue' }] }
      : quietly(person),
  )

const ticketIssued: Move<Of<'ticket-issued'>> = (person, { ticket, at }, { announcedWaitMs, forms }) => {
  const { service } = person
  if (!person.isIssuing || service === null) return quietly(person)
  const over = ended(person, 'abandoned', 'took-ticket')
  const issued = { ticket, at, announcedWaitMs: announcedWaitMs(service) }
  const couldStay = forms.some((form) => form.service === service)
  return {
    person: { ...goTo(over.person, 'ticket'), ticket: null, issued, isIssuing: false },
    effects: [
      ...over.effects,
      {
        tell: 'ticket.issued',
        data: { ticket, service, language: person.view.language, ...(couldStay && { choseStaff: true }) },
      },
    ],
  }
}

const ticketFailed: Move<Of<'ticket-failed'>> = (person) =>
  quietly(person.isIssuing ? { ...person, isIssuing: false, hasNoTicket: true } : person)

const newForm = (service: KioskService): Form => ({
  service,
  step: 0,
  entries: {},
  problems: {},
  isChanging: false,
})

const openForm: Move<Of<'open-form'>> = (person, { form: id }, { forms }) =>
  on('service', person, () => {
    const service = forms.find((form) => form.id === id)
    if (service === undefined || person.isIssuing) return quietly(person)
    const page = service.consent === undefined ? 'step' : 'consent'
    return begun({ ...goTo(person, page), form: newForm(service) })
  })

const agree: Move<Of<'agree'>> = (person) => on('consent', person, () => quietly(goTo(person, 'step')))

const enter: Move<Of<'enter'>> = (person, { field, value }) =>
  on('step', person, () => {
    const { form } = person
    if (form === null) return quietly(person)
    const { [field]: _mended, ...problems } = form.problems
    return quietly(atForm(person, { entries: { ...form.entries, [field]: value }, problems }))
  })

const next: Move<Of<'next'>> = (person) =>
  on('step', person, () => {
    const { form } = person
    if (form === null) return quietly(person)
    const problems = problemsOf(form.service.steps[form.step], form.entries)
    if (Object.keys(problems).length > 0) return quietly(atForm(person, { problems }))
    const isLast = form.step === form.service.steps.length - 1
    if (isLast || form.isChanging)
      return quietly(atForm(goTo(person, 'review'), { isChanging: false, problems: {} }))
    return quietly(atForm(person, { step: form.step + 1, problems: {} }))
  })

const toStep = (person: Person, step: number, change: Partial<Form>): Moved =>
  quietly(atForm(goTo(person, 'step'), { step, ...change }))

const change: Move<Of<'change'>> = (person, { step }) =>
  on('review', person, () => {
    const steps = person.form?.service.steps.length ?? 0
    return step < 0 || step >= steps ? quietly(person) : toStep(person, step, { isChanging: true })
  })

/** As it was checked. */
const trimmed = ({ entries }: Form) =>
  Object.fromEntries(Object.entries(entries).map(([field, value]) => [field, value.trim()]))

const submit: Move<Of<'submit'>> = (person) =>
  on('review', person, () => {
    const { form } = person
    if (form === null) return quietly(person)
    const unfit = firstUnfit(form)
    if (unfit !== undefined) {
      const problems = problemsOf(form.service.steps[unfit], form.entries)
      return toStep(person, unfit, { isChanging: true, problems })
    }
    return {
      person: goTo(person, 'working'),
      effects: [{ do: 'carry-out', service: form.service.id, entries: trimmed(form) }],
    }
  })

/** With the outcome everything entered is gone; the ticket has done its work. */
const carriedOut: Move<Of<'carried-out'>> = (person) => {
  if (!person.way.includes('working')) return quietly(person)
  const over = ended(person, 'finished')
  const done = atForm(inPlaceOf(over.person, 'working', 'result'), { entries: {} })
  return { person: { ...done, ticket: null }, effects: over.effects }
}

const notCarriedOut: Move<Of<'not-carried-out'>> = (person, { reason, mayBeDone }) => {
  if (!person.way.includes('working')) return quietly(person)
  const over = ended(person, 'failed', reason)
  const done = atForm(inPlaceOf(over.person, 'working', mayBeDone ? 'unsure' : 'failed'), { entries: {} })
  return { person: done, effects: over.effects }
}

const call: Move<Of<'call'>> = (person, { reason, at }, world) => {
  if (reason === 'expert') return askExpert(person, at, world)
  const { help, service, ticket, view, form } = person
  if (pageOf(person) !== 'help') return quietly(person)
  const isSame = help?.reason === reason && at - help.askedAt < sameCallMs
  if (isSame) return quietly(person)
  const asked: Help = { reason, askedAt: at, isTold: false }
  const named = form?.service.service ?? service
  return {
    person: { ...person, help: asked },
    effects: [
      {
        tell: 'help.requested',
        data: {
          reason: 'help',
          language: view.language,
          ...(named !== null && { service: named }),
          ...(ticket !== null && { ticket }),
        },
      },
    ],
  }
}

const back: Move<Of<'back'>> = (person, _, world) => {
  const page = pageOf(person)
  if (page === 'working') return quietly(person)
  const behind = page === 'expert' ? backFromExpert(person, world) : goBack(person)
  return { person: behind ?? null, effects: [] }
}

const another: Move<Of<'another'>> = (person) =>
  ['result', 'failed', 'unsure', 'ticket'].includes(pageOf(person)) ? quietly(home(person)) : quietly(person)

export const moves: { readonly [T in Input['type']]?: Move<Of<T>> } = {
  look: (person, { view }) => quietly({ ...person, view: { ...person.view, ...view } }),
  'have-ticket': (person) => on('home', person, () => quietly(goTo(person, 'ticket-number'))),
  'give-ticket': giveTicket,
  'choose-service': chooseService,
  'take-ticket': takeTicket,
  'ticket-issued': ticketIssued,
  'ticket-failed': ticketFailed,
  print: (person) => on('ticket', person, () => ({ person, effects: [{ do: 'print' }] })),
  'open-form': openForm,
  agree,
  enter,
  next,
  change,
  submit,
  'carried-out': carriedOut,
  'not-carried-out': notCarriedOut,
  help: (person) => quietly(goTo(person, 'help')),
  expert: (person, _, world) =>
    quietly(world.canCallExpert || stageOf(person, world) !== 'none' ? goTo(person, 'expert') : person),
  view: (person) => quietly(goTo(person, 'view')),
  call,
  'help-told': (person) =>
    quietly(person.help === null ? person : { ...person, help: { ...person.help, isTold: true } }),
  'call-told': callTold,
  'agree-call': agreeCall,
  'decline-call': declineCall,
  'call-off': callOff,
  'hang-up': hangUp,
  'on-with-it': onWithIt,
  'read-outcome': readOutcome,
  back,
  another,
}
