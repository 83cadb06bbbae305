/**
 * The one spelling of a plain JSON value: keys sorted, nothing that a restart would change. Digests, snapshots and
 * stored rows are made of it, so two equal values are equal bytes.
 */
import { UsherError } from '#protocol/errors.ts'

/** Deeper is a cycle or an attack; nothing of ours nests a tenth of this. */
const depthMax = 200

class NotPlain extends Error {}

/** Throws `json.not-plain` on undefined, NaN, infinities, Date, Map, functions, class instances and cycles. */
export const canonicalJson = (value: unknown): string => {
  try {
    return write(value, 0)
  } catch (error) {
    if (error instanceof NotPlain) throw new UsherError('json.not-plain', findFault(value, '$', 0))
    throw error
  }
}

/** The same, sooner for what comes from the parse of its canonical form: there the keys are in order, save those put since. */
export const canonicalAgain = (value: unknown): string =>
  isInOrder(value, 0) ? JSON.stringify(value) : canonicalJson(value)

/** Whether JSON.stringify spells it the same: nothing but plain values, and every key after the one before it. */
const isInOrder = (value: unknown, depth: number): boolean => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth === depthMax) return false
  if (Array.isArray(value)) {
    // A hole counts as undefined, so the index is walked, not the values.
    for (let i = 0; i < value.length; i++) if (!isInOrder(value[i], depth + 1)) return false
    return true
  }
  if (!isPlainObject(value)) return false
  let last = ''
  for (const key in value) {
    if (key < last || !isInOrder((value as Record<string, unknown>)[key], depth + 1)) return false
    last = key
  }
  return true
}

const longestWalked = 64

/** As JSON.stringify does it: calling that for every short name costs more than looking at its characters. */
const spell = (text: string): string => {
  if (text.length > longestWalked) return JSON.stringify(text)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isItself = code >= 0x20 && code <= 0x7e && code !== 0x22 && code !== 0x5c
    if (!isItself) return JSON.stringify(text)
  }
  return `"${text}"`
}

const manyKeys = 32

/** In place. A row has few keys, mostly in order in parts: moving each back to its place is faster than a general sort. */
const sortKeys = (keys: string[]): readonly string[] => {
  if (keys.length > manyKeys) return keys.sort()
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string
    let at = i
    for (; at > 0 && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string
    keys[at] = key
  }
  return keys
}

const write = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return spell(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value === null) return 'null'
  if (typeof value !== 'object' || depth === depthMax) throw new NotPlain()
  return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1)
}

const writeArray = (values: readonly unknown[], depth: number): string => {
  let text = '['
  for (let i = 0; i < values.length; i++)
    text += i === 0 ? write(values[i], depth) : `,${write(values[i], depth)}`
  return `${text}]`
}

const writeObject = (value: object, depth: number): string => {
  if (!isPlainObject(value)) throw new NotPlain()
  const keys = sortKeys(Object.keys(value))
  let text = '{'
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    if (i > 0) text += ','
    text += `${spell(key)}:${write((value as Record<string, unknown>)[key], depth)}`
  }
  return `${text}}`
}

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Slow second pass, only after a failure: says which field it was. */
const findFault = (value: unknown, path: string, depth: number): string => {
  if (depth > depthMax) return `${path.slice(0, 80)}… nests too deep`
  if (Array.isArray(value)) {
    // A hole counts as undefined, so the index is walked, not the values.
    for (let i = 0; i < value.length; i++) {
      const fault = findFault(value[i], `${path}[${i}]`, depth + 1)
      if (fault !== '') return fault
    }
    return ''
  }
  if (typeof value === 'object' && value !== null) {
    if (!isPlainObject(value)) return `${path} is a ${value.constructor.name}`
    for (const [key, inner] of Object.entries(value)) {
      const fault = findFault(inner, `${path}.${key}`, depth + 1)
      if (fault !== '') return fault
    }
    return ''
  }
  if (typeof value === 'number') return Number.isFinite(value) ? '' : `${path} is ${value}`
  return value === null || typeof value === 'string' || typeof value === 'boolean'
    ? ''
    : `${path} is ${typeof value}`
}
