/** A request with places to fill in: `{key}` in a URL, a header or a text of the body, `{key:number}` for a number. */
import { z } from 'zod'

export const names = ['ticket', 'printed', 'key', 'service', 'to', 'hub-service', 'hub-to'] as const
export type Name = (typeof names)[number]
export type Values = Readonly<Partial<Record<Name, string>>>

const place = /\{([a-z-]+)(:number)?\}/g
const isName = (name: string): name is Name => (names as readonly string[]).includes(name)

/** Every place must be one that can be filled in: a slip of the pen is found at the start, not at the first ticket. */
export const Template = z
  .string()
  .max(2_048)
  .superRefine((text, context) => {
    for (const [whole, name = ''] of text.matchAll(place))
      if (!isName(name))
        context.addIssue({
          code: 'custom',
          message: `${whole} is not one of ${names.map((one) => `{${one}}`).join(', ')}`,
        })
  })

/** What a template needs and nobody knows. */
export class Missing extends Error {
  readonly value: string
  constructor(value: string) {
    super(`{${value}} is not known`)
    this.value = value
  }
}

const valueOf = (values: Values, name: string): string => {
  const value = isName(name) ? values[name] : undefined
  if (value === undefined) throw new Missing(name)
  return value
}

/** @throws Missing */
const fillText = (template: string, values: Values, escaped: (text: string) => string = (t) => t) =>
  template.replace(place, (_whole, name: string) => escaped(valueOf(values, name)))

/** Nothing that is filled in may become part of the path, the query or the host. */
export const fillUrl = (template: string, values: Values): string =>
  fillText(template, values, encodeURIComponent)

/** What a header cannot carry is written as in a URL. */
export const fillHeader = (template: string, values: Values): string =>
  fillText(template, values, (text) => text.replace(/[^ -~]+/g, encodeURIComponent))

const wholeNumber = /^\{([a-z-]+):number\}$/

/** @throws Missing */
export const fillJson = (template: unknown, values: Values): unknown => {
  if (typeof template === 'string') {
    const [, name] = wholeNumber.exec(template) ?? []
    if (name === undefined) return fillText(template, values)
    const number = Number(valueOf(values, name))
    if (!Number.isFinite(number)) throw new Missing(name)
    return number
  }
  if (Array.isArray(template)) return template.map((one) => fillJson(one, values))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, fillJson(value, values)] as const),
  )
}
