/** What somebody types, kept in this tab until it is sent or given up: a reload loses nothing, and signing out all of it. */
import { useCallback, useEffect, useState } from 'react'
import type { z } from 'zod'

const prefix = 'usher.content.'

const read = <Shape extends z.ZodType>(key: string, shape: Shape): z.infer<Shape> | undefined => {
  try {
    return shape.parse(JSON.parse(sessionStorage.getItem(prefix + key) ?? ''))
  } catch {
    return undefined
  }
}

/** A browser that keeps nothing, or no more, still lets somebody finish. */
const write = (key: string, held: unknown): void => {
  try {
    if (held === undefined) sessionStorage.removeItem(prefix + key)
    else sessionStorage.setItem(prefix + key, JSON.stringify(held))
  } catch {
    // Nothing of it is lost while the page stays.
  }
}

/** Whether something was typed under this name; what, only its page can tell. */
export const isKept = (key: string): boolean => {
  try {
    return sessionStorage.getItem(prefix + key) !== null
  } catch {
    return false
  }
}

export interface Kept<Value> {
  readonly value: Value
  readonly isKept: boolean
  readonly set: (change: (before: Value) => Value) => void
  readonly forget: () => void
}

/** @param begin what stands there while nothing was typed */
export const useKept = <Shape extends z.ZodType>(
  key: string,
  shape: Shape,
  begin: z.infer<Shape>,
): Kept<z.infer<Shape>> => {
  const [held, setHeld] = useState(() => read(key, shape))
  useEffect(() => write(key, held), [key, held])
  const set = useCallback(
    (change: (before: z.infer<Shape>) => z.infer<Shape>) => setHeld((before) => change(before ?? begin)),
    [begin],
  )
  const forget = useCallback(() => setHeld(undefined), [])
  return { value: held ?? begin, isKept: held !== undefined, set, forget }
}
