/** Why an entry does not fit, as the visitor is told. */
import type { KioskField } from '#protocol/kiosk-service.ts'
import type { Problem } from '../journey/state.ts'
import { amountText, dayText, numberText } from '../words/numbers.ts'
import type { Speech } from '../words/say.ts'

interface Limits {
  readonly least: string | number
  readonly most: string | number
}

const limitsOf = (field: KioskField, locale: string): Limits => {
  switch (field.kind) {
    case 'number':
      return { least: numberText(field.min, locale), most: numberText(field.max, locale) }
    case 'amount':
      return { least: amountText(field, field.min, locale), most: amountText(field, field.max, locale) }
    case 'date':
      return { least: dayText(field.from ?? '', locale), most: dayText(field.to ?? '', locale) }
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

export const problemText = (field: KioskField, problem: Problem, { say, title, locale }: Speech): string => {
  const { least, most } = limitsOf(field, locale)
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
