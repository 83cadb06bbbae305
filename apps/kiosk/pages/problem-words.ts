/** Why an entry does not fit, as the visitor is told. */
import type { KioskField } from '#protocol/kiosk-service.ts'
import type { Problem } from '../journey/state.ts'
import type { Speech } from '../words/say.ts'

const limitsOf = (field: KioskField): { readonly least: string | number; readonly most: string | number } => {
  switch (field.kind) {
    case 'number':
    case 'amount':
      return { least: field.min, most: field.max }
    case 'date':
      return { least: field.from ?? '', most: field.to ?? '' }
    case 'text':
    case 'digits':
      return { least: field.lengthMin, most: field.lengthMax }
    case 'choice':
    case 'phone':
    case 'confirm':
      return { least: '', most: '' }
  }
}

const missing = ({ kind }: KioskField) => {
  if (kind === 'confirm') return 'missingConfirm'
  return kind === 'choice' ? 'missingChoice' : 'missing'
}

export const problemText = (field: KioskField, problem: Problem, { say, title }: Speech): string => {
  const { least, most } = limitsOf(field)
  const isDate = field.kind === 'date'
  switch (problem) {
    case 'missing':
      return say(missing(field))
    case 'wrong':
      return title(field.problem, say('wrong'))
    case 'too-short':
      return say('tooShort', { n: least })
    case 'too-long':
      return say('tooLong', { n: most })
    case 'too-small':
      return say(isDate ? 'tooEarly' : 'tooSmall', { n: least })
    case 'too-large':
      return say(isDate ? 'tooLate' : 'tooLarge', { n: most })
  }
}
