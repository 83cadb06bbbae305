/**
 * Path expressions: where in a message a value stands. `a.b`, `a[0]`, `["any name"]` and, where a list is wanted, `a[*]`.
 * They start at the item a rule looks at; `$` is the whole message and `$topic` the levels of its MQTT topic. They are data:
 * nothing is ever evaluated.
 */
import { z } from 'zod'

type Step = string | number | typeof every
const every = Symbol('every')

export interface Path {
  readonly text: string
  readonly from: 'item' | 'message' | 'topic'
  readonly steps: readonly Step[]
}

const stepPattern = /\.?([^.[\]"]+)|\[(\d{1,6})\]|\[(\*)\]|\["([^"]+)"\]/y
const stepsMax = 16

const stepsOf = (text: string): Step[] | undefined => {
  const steps: Step[] = []
  stepPattern.lastIndex = 0
  while (stepPattern.lastIndex < text.length) {
    const [whole, name, index, star, quoted] = stepPattern.exec(text) ?? []
    if (whole === undefined || steps.length === stepsMax) return undefined
    if (index !== undefined) steps.push(Number(index))
    else if (star !== undefined) steps.push(every)
    else steps.push(name ?? quoted ?? '')
  }
  return steps
}

const starts = [
  { word: '$topic', from: 'topic' },
  { word: '$', from: 'message' },
  { word: '', from: 'item' },
] as const

export const parsePath = (text: string): Path | undefined => {
  const start = starts.find(({ word }) => text.startsWith(word))
  if (start === undefined || text.startsWith('.') || text.endsWith('.')) return undefined
  const steps = stepsOf(text.slice(start.word.length))
  return steps === undefined || (start.from === 'item' && steps.length === 0)
    ? undefined
    : { text, from: start.from, steps }
}

const path = (isFit: (steps: readonly Step[]) => boolean, message: string) =>
  z
    .string()
    .min(1)
    .max(256)
    .transform((text, context): Path => {
      const parsed = parsePath(text)
      if (parsed !== undefined && isFit(parsed.steps)) return parsed
      context.addIssue({ code: 'custom', message: `${text}: ${message}` })
      return z.NEVER
    })

/** Leads to one value. */
export const PathSchema = path((steps) => !steps.includes(every), 'is not a path such as a.b[0]["c d"]')
/** Leads to the items of a list. */
export const ListPathSchema = path(() => true, 'is not a path such as a.b[*].c[*]')

/** What is being read: the item of a rule, the message around it, and where it came from. */
export interface Place {
  readonly item: unknown
  readonly message: unknown
  readonly topic: readonly string[]
}

const step = (value: unknown, key: string | number): unknown => {
  if (typeof value !== 'object' || value === null) return undefined
  // Own fields only: what every object inherits is nothing that a vendor said.
  return Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined
}

const startOf = ({ from }: Path, { item, message, topic }: Place): unknown =>
  from === 'item' ? item : from === 'message' ? message : topic

export const valueAt = (path: Path, place: Place): unknown =>
  path.steps.reduce((value: unknown, key) => step(value, key as string | number), startOf(path, place))

/** More than a branch has tickets. */
const itemsMax = 2_000

/** @returns what is there; a list at the end is taken apart even where the path does not say so. */
export const itemsAt = (path: Path, place: Place): unknown[] => {
  let values: unknown[] = [startOf(path, place)]
  for (const key of path.steps)
    values = values
      .flatMap((value) => (key === every ? (Array.isArray(value) ? value : []) : [step(value, key)]))
      .slice(0, itemsMax)
  return values
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter((value) => value !== undefined)
    .slice(0, itemsMax)
}
