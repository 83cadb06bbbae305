/** The pages behind a visitor: forward, and back to where they were with what they had entered there. */
import type { Form, PageName, Person } from './state.ts'

const withoutForm: ReadonlySet<PageName> = new Set(['home', 'ticket-number', 'service', 'ticket'])

/** A page that they were on already is gone back to, so that no way grows without end. */
export const goTo = (person: Person, page: PageName): Person => {
  const at = person.way.indexOf(page)
  const way = at === -1 ? [...person.way, page] : person.way.slice(0, at + 1)
  return { ...person, way }
}

/** Instead of the page, also where somebody looked for help meanwhile. */
export const inPlaceOf = (person: Person, old: PageName, page: PageName): Person => ({
  ...person,
  way: person.way.map((one) => (one === old ? page : one)),
})

export const home = (person: Person): Person => ({
  ...person,
  way: ['home'],
  service: null,
  issued: null,
  isIssuing: false,
  hasNoTicket: false,
  form: null,
})

/** @returns undefined: there is nothing behind them. */
export const goBack = (person: Person): Person | undefined => {
  const { form, way } = person
  const page = way.at(-1)
  if (page === 'step' && form !== null) {
    if (form.isChanging) return atForm(goTo(person, 'review'), { isChanging: false, problems: {} })
    if (form.step > 0) return atForm(person, { step: form.step - 1, problems: {} })
  }
  if (page === 'result' || page === 'failed' || page === 'unsure' || page === 'ticket') return home(person)
  if (way.length < 2) return undefined
  const behind = { ...person, way: way.slice(0, -1) }
  const now = behind.way.at(-1) ?? 'home'
  if (now === 'home') return home(behind)
  // Who leaves a form takes nothing of it along.
  return withoutForm.has(now) ? { ...behind, form: null } : behind
}

export const atForm = (person: Person, change: Partial<Form>): Person =>
  person.form === null ? person : { ...person, form: { ...person.form, ...change } }
