/** What of a form an expert may propose for: what its definition allows, on the page that is shown now. */
import type { ProposableField } from '#protocol/calls/browse.ts'
import type { KioskField, KioskStep } from '#protocol/kiosk-service.ts'
import { problemsOf } from '../journey/entries.ts'
import { type Person, pageOf } from '../journey/state.ts'

const stepOf = (person: Person | null): KioskStep | undefined =>
  person !== null && pageOf(person) === 'step' ? person.form?.service.steps[person.form.step] : undefined

export const isSecretIn = ({ fields }: KioskStep): boolean =>
  fields.some((field) => 'secret' in field && field.secret)

const toldOf = (field: KioskField): ProposableField | undefined => {
  // Money, and what is agreed to, is nobody's to propose.
  if (field.kind === 'amount' || field.kind === 'confirm' || !field.proposable) return undefined
  const options = field.kind === 'choice' ? field.options : []
  return { id: field.id, title: field.title, kind: field.kind, options: [...options] }
}

export const fieldsOf = (person: Person | null): readonly ProposableField[] =>
  (stepOf(person)?.fields ?? []).flatMap((field) => toldOf(field) ?? [])

export const fits = (person: Person, field: string, value: string): boolean => {
  const step = stepOf(person)
  return (
    step !== undefined && problemsOf(step, { ...person.form?.entries, [field]: value })[field] === undefined
  )
}

const isTyped = ({ kind }: KioskField): boolean => kind !== 'choice' && kind !== 'confirm'

/**
 * What they typed themselves: wherever it stands on a page, nobody else reads it. What they chose stands there for everybody,
 * and would tell that it was chosen by being hidden.
 */
export const personalOf = (person: Person | null): readonly string[] => {
  if (person === null) return []
  const { form, ticket } = person
  const typed = form?.service.steps.flatMap(({ fields }) => fields.filter(isTyped)) ?? []
  return [...typed.map(({ id }) => form?.entries[id]?.trim() ?? ''), ticket ?? '']
}
