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

/** What they entered themselves: wherever it stands on a page, nobody else reads it. */
export const personalOf = (person: Person | null): readonly string[] =>
  person === null
    ? []
    : [...Object.values(person.form?.entries ?? {}).map((entry) => entry.trim()), person.ticket ?? '']
