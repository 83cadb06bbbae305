/**
 * Reads a device's payload as JSON, and refuses what JSON.parse lets through: bytes that are not UTF-8, a byte order
 * mark, a key that comes twice, `__proto__`, halves of surrogate pairs, depth without end.
 */
import { isUtf8 } from 'node:buffer'
import type { ErrorCode } from '#protocol/errors.ts'

export interface JsonLimits {
  readonly payloadBytesMax: number
  readonly payloadDepthMax: number
}

export interface JsonFault {
  readonly code: ErrorCode
  readonly detail: string
}

export type JsonRead = { readonly value: Record<string, unknown> } | { readonly fault: JsonFault }

const faultOf = (code: ErrorCode, detail: string): JsonFault => ({ code, detail })

/** The end of the string that begins at `from`: the place after its closing quote. */
const endOfString = (text: string, from: number): number => {
  let at = from + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const decode = (literal: string): string =>
  literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1)

/** Keys of the objects that are open, outermost first; null for an array. */
type Open = (Set<string> | null)[]

const checkString = (literal: string, keys: Set<string> | undefined): JsonFault | undefined => {
  const text = decode(literal)
  if (!text.isWellFormed()) return faultOf('payload.not-json', 'Half of a surrogate pair.')
  if (keys === undefined) return undefined
  if (text === '__proto__') return faultOf('payload.invalid', 'The key `__proto__` is not allowed.')
  if (keys.has(text)) return faultOf('payload.invalid', 'A key comes twice.')
  keys.add(text)
  return undefined
}

/** Walks text that is known to be JSON. */
const checkShape = (text: string, depthMax: number): JsonFault | undefined => {
  const open: Open = []
  let keyNext = false
  for (let at = 0; at < text.length; ) {
    const character = text[at]
    if (character === '"') {
      const end = endOfString(text, at)
      const keys = keyNext ? open.at(-1) : undefined
      const fault = checkString(text.slice(at, end), keys ?? undefined)
      if (fault !== undefined) return fault
      keyNext = false
      at = end
      continue
    }
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null)
      if (open.length > depthMax) return faultOf('payload.too-deep', `At most ${depthMax} levels.`)
      keyNext = character === '{'
    } else if (character === '}' || character === ']') {
      open.pop()
      keyNext = false
    } else if (character === ',') {
      keyNext = open.at(-1) !== null
    }
    at += 1
  }
  return undefined
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const readJson = (payload: Buffer, limits: JsonLimits): JsonRead => {
  const { payloadBytesMax, payloadDepthMax } = limits
  if (payload.length > payloadBytesMax)
    return { fault: faultOf('payload.too-large', `At most ${payloadBytesMax} bytes.`) }
  if (!isUtf8(payload)) return { fault: faultOf('payload.not-json', 'Not UTF-8.') }
  const text = payload.toString('utf8')
  if (text.startsWith('\uFEFF'))
    return { fault: faultOf('payload.not-json', 'It begins with a byte order mark.') }
  const value = parse(text)
  if (value === undefined) return { fault: faultOf('payload.not-json', 'It cannot be parsed.') }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fault: faultOf('payload.invalid', 'Not an object.') }
  const fault = checkShape(text, payloadDepthMax)
  return fault === undefined ? { value: value as Record<string, unknown> } : { fault }
}
