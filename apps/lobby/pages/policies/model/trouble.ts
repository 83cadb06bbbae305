/** What is wrong with a value before it is sent, as far as its own bounds say; the hub looks at all of it together. */
import type { Json, Setting } from './fields.ts'

export interface Trouble {
  readonly word: 'tooFew' | 'tooMany' | 'tooShort' | 'tooLong' | 'noWords'
  readonly params: Readonly<Record<string, number>>
}

const isWithout = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => one === '')

export const troubleOf = ({ shape }: Setting, value: Json): Trouble | undefined => {
  if (shape.kind === 'choices' && Array.isArray(value)) {
    if (value.length < shape.least) return { word: 'tooFew', params: { least: shape.least } }
    if (value.length > shape.most) return { word: 'tooMany', params: { most: shape.most } }
  }
  if (shape.kind === 'phrase' && isWithout(value)) return { word: 'noWords', params: {} }
  if (shape.kind === 'text' && typeof value === 'string') {
    if (value.length < shape.least) return { word: 'tooShort', params: { least: shape.least } }
    if (value.length > shape.longest) return { word: 'tooLong', params: { most: shape.longest } }
  }
  return undefined
}

/** The hub names settings as the policy does; people know them by what they mean. */
export const inWords = (detail: string, settings: Iterable<Pick<Setting, 'name' | 'label'>>): string =>
  [...settings].reduce(
    (text, { name, label }) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), () => label),
    detail,
  )

/** Settings that the hub names in what it says about a refusal. */
export const namedIn = (detail: string | undefined, names: readonly string[]): readonly string[] =>
  names.filter((name) => new RegExp(`\\b${name}\\b`).test(detail ?? ''))
