/** What a setting may be, read from the policy's JSON Schema: which control changes it, in which unit, between which bounds. */
import type { FlowTold } from '#protocol/desk/look/flows.ts'

export type Values = FlowTold['policy']
export type Json = Values[string]
type Node = Readonly<Record<string, Json>>

export interface Unit {
  readonly name: 'minutes' | 'seconds' | 'percent' | 'speed' | 'none'
  /** One of the unit in what the policy keeps. */
  readonly factor: number
}

export interface Span {
  readonly least: number
  readonly most: number
}

export interface NumberShape extends Span {
  readonly kind: 'number'
  readonly unit: Unit
  /** What the flow itself takes, in the unit like the other two. */
  readonly least: number
  readonly most: number
  readonly step: number
  /** Where head office leaves less than that to one person: beyond it a second one has to agree. */
  readonly allowed: Span | undefined
}

export type Shape =
  | NumberShape
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | {
      readonly kind: 'choices'
      readonly options: readonly string[]
      readonly least: number
      readonly most: number
    }
  | { readonly kind: 'phrase'; readonly longest: number }
  | { readonly kind: 'text'; readonly least: number; readonly longest: number }
  /** Shown, but not changed here. */
  | { readonly kind: 'fixed' }

export type Limit = FlowTold['bounds'][string]

export interface Setting {
  readonly name: string
  readonly label: string
  readonly shape: Shape
  /** As shipped. */
  readonly usual: Json
  /** Head office's, as the branch file has it; empty: none. */
  readonly limit: Limit
}

const second = 1_000
const minute = 60_000
/** From here on nobody counts in seconds. */
const inMinutesFrom = 120_000

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const numberIn = (node: Node, name: string): number | undefined =>
  typeof node[name] === 'number' ? node[name] : undefined

const stringsIn = (value: Json | undefined): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined

/** Decimal fractions are not what they seem; and there is one zero. */
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6 + 0

export const toShown = (value: number, { factor }: Unit): number => tidy(value / factor)
export const toKept = (shown: number, { factor }: Unit): number => tidy(shown * factor)

const durationUnit = (values: readonly number[], usual: number): Unit =>
  usual >= inMinutesFrom && values.every((value) => value % minute === 0)
    ? { name: 'minutes', factor: minute }
    : { name: 'seconds', factor: second }

const unitOf = (name: string, values: readonly number[], usual: number): Unit => {
  if (name.endsWith('Ms')) return durationUnit(values, usual)
  if (name.endsWith('Share')) return { name: 'percent', factor: 0.01 }
  if (name.endsWith('Percent')) return { name: 'percent', factor: 1 }
  if (name.endsWith('Speed')) return { name: 'speed', factor: 1 }
  return { name: 'none', factor: 1 }
}

const isMultiple = (value: number, step: number): boolean => Math.abs(tidy(value / step) % 1) < 1e-6

/** The largest of the steps that reaches each value that there is. */
const stepFor = (shown: readonly number[], steps: readonly number[], finest: number): number =>
  steps.find((step) => shown.every((value) => isMultiple(value, step))) ?? finest

/** Met in whole steps: what is typed never lies between two of them. */
const inSteps = (least: number, most: number, step: number): Span => ({
  least: tidy(Math.ceil(least / step - 1e-9) * step),
  most: tidy(Math.floor(most / step + 1e-9) * step),
})

const numberShape = (
  name: string,
  node: Node,
  { values, limit }: { values: readonly number[]; limit: Limit },
): Shape => {
  const lowest = numberIn(node, 'minimum')
  const highest = numberIn(node, 'maximum')
  const usual = values.at(-1)
  if (lowest === undefined || highest === undefined || usual === undefined) return { kind: 'fixed' }
  const unit = unitOf(name, values, usual)
  const shown = values.map((value) => toShown(value, unit))
  const isWhole = node['type'] === 'integer' || unit.name === 'percent'
  const step =
    unit.name === 'seconds' || unit.name === 'percent'
      ? stepFor([...shown, toShown(highest, unit)], [5, 1], unit.name === 'seconds' ? 0.1 : 1)
      : isWhole
        ? 1
        : stepFor(shown, [0.1], 0.01)
  const { min = lowest, max = highest } = limit
  const allowed = inSteps(toShown(Math.max(lowest, min), unit), toShown(Math.min(highest, max), unit), step)
  return {
    kind: 'number',
    unit,
    step,
    ...inSteps(toShown(lowest, unit), toShown(highest, unit), step),
    allowed: min > lowest || max < highest ? allowed : undefined,
  }
}

const listShape = (node: Node): Shape => {
  const items = node['items']
  const options = isNode(items) ? stringsIn(items['enum']) : undefined
  if (options === undefined) return { kind: 'fixed' }
  return {
    kind: 'choices',
    options,
    least: numberIn(node, 'minItems') ?? 0,
    most: Math.min(options.length, numberIn(node, 'maxItems') ?? options.length),
  }
}

const textShape = (node: Node): Shape => {
  const options = stringsIn(node['enum'])
  if (options !== undefined) return { kind: 'choice', options }
  const longest = numberIn(node, 'maxLength')
  return longest === undefined
    ? { kind: 'fixed' }
    : { kind: 'text', least: numberIn(node, 'minLength') ?? 0, longest }
}

const isWords = (value: Json | undefined): value is Record<string, string> =>
  isNode(value) && Object.values(value).every((one) => typeof one === 'string')

/** One sentence in each language. */
const phraseShape = (node: Node, values: readonly (Json | undefined)[]): Shape => {
  const inside = node['additionalProperties']
  const longest = isNode(inside) && inside['type'] === 'string' ? numberIn(inside, 'maxLength') : undefined
  return longest !== undefined && values.every(isWords) ? { kind: 'phrase', longest } : { kind: 'fixed' }
}

const shapeOf = (
  name: string,
  node: Node,
  { values, limit }: { values: readonly (Json | undefined)[]; limit: Limit },
): Shape => {
  switch (node['type']) {
    case 'integer':
    case 'number': {
      const numbers = values.filter((value) => typeof value === 'number')
      return numbers.length === values.length
        ? numberShape(name, node, { values: numbers, limit })
        : { kind: 'fixed' }
    }
    case 'boolean':
      return { kind: 'flag' }
    case 'string':
      return textShape(node)
    case 'array':
      return listShape(node)
    case 'object':
      return phraseShape(node, values)
    default:
      return { kind: 'fixed' }
  }
}

type Described = Pick<FlowTold, 'schema' | 'labels' | 'policy' | 'defaults' | 'bounds'>

/** In the order of the schema. The unit of a duration is one in which its value, and its default, are whole. */
export const settingsOf = ({ schema, labels, policy, defaults, bounds }: Described): readonly Setting[] => {
  const properties = isNode(schema['properties']) ? schema['properties'] : {}
  return Object.entries(properties).map(([name, node]) => ({
    name,
    label: labels[name] ?? name,
    shape: isNode(node)
      ? shapeOf(name, node, { values: [policy[name], defaults[name]], limit: bounds[name] ?? {} })
      : { kind: 'fixed' },
    usual: defaults[name] ?? null,
    limit: bounds[name] ?? {},
  }))
}
