/** Whether what somebody entered fits what is asked. Pure; what is entered is text, whatever it means. */
import type { KioskField, KioskStep } from '#protocol/kiosk-service.ts'
import type { Problems } from './input.ts'
import type { Form, Problem } from './state.ts'

type Entries = Readonly<Record<string, string>>

/** What is ticked. */
export const yes = 'yes'

const within = (value: number, { min, max }: { readonly min: number; readonly max: number }) => {
  if (value < min) return 'too-small'
  return value > max ? 'too-large' : undefined
}

const matches = (value: string, pattern: string | undefined): Problem | undefined =>
  pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(value) ? undefined : 'wrong'

const lengthOf = (value: string, { lengthMin, lengthMax }: { lengthMin: number; lengthMax: number }) => {
  if (value.length < lengthMin) return 'too-short'
  return value.length > lengthMax ? 'too-long' : undefined
}

const isDay = (value: string) => {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return year !== '' && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

const filledProblem = (field: KioskField, value: string): Problem | undefined => {
  switch (field.kind) {
    case 'text':
      return lengthOf(value, field) ?? matches(value, field.pattern)
    case 'digits':
      return /^\d+$/.test(value) ? lengthOf(value, field) : 'wrong'
    case 'number':
      return /^-?\d+$/.test(value) ? within(Number(value), field) : 'wrong'
    case 'amount':
      return /^\d{1,12}(\.\d{1,2})?$/.test(value) ? within(Number(value), field) : 'wrong'
    case 'choice':
      return field.options.some(({ id }) => id === value) ? undefined : 'wrong'
    case 'date':
      if (!isDay(value)) return 'wrong'
      if (field.from !== undefined && value < field.from) return 'too-small'
      return field.to !== undefined && value > field.to ? 'too-large' : undefined
    case 'phone':
      return matches(value, field.pattern)
    case 'confirm':
      return value === yes ? undefined : 'missing'
  }
}

const problemOf = (field: KioskField, entry: string | undefined): Problem | undefined => {
  const value = (entry ?? '').trim()
  if (value === '') return field.required ? 'missing' : undefined
  return filledProblem(field, value)
}

/** By the id of the field; empty: all fit. */
export const problemsOf = (step: KioskStep | undefined, entries: Entries): Problems =>
  Object.fromEntries(
    (step?.fields ?? []).flatMap((field) => {
      const problem = problemOf(field, entries[field.id])
      return problem === undefined ? [] : [[field.id, problem]]
    }),
  )

/** The first step that would not be let through; undefined: all would. */
export const firstUnfit = ({ service, entries }: Form): number | undefined => {
  const at = service.steps.findIndex((step) => Object.keys(problemsOf(step, entries)).length > 0)
  return at === -1 ? undefined : at
}
