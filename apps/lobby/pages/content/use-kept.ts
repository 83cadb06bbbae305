/** What somebody types, kept in this tab until it is sent or given up: a reload loses nothing, and signing out all of it. */
import { useCallback, useEffect, useState } from 'react'
import type { z } from 'zod'
import { keptInTab } from '../../../ui/kept.ts'

const prefix = 'usher.content.'

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
export const useKept = <Value>(key: string, shape: z.ZodType<Value>, begin: Value): Kept<Value> => {
  const [held, setHeld] = useState(() => keptInTab(prefix + key, shape).read())
  useEffect(() => keptInTab(prefix + key, shape).keep(held), [key, shape, held])
  const set = useCallback(
    (change: (before: Value) => Value) => setHeld((before) => change(before ?? begin)),
    [begin],
  )
  const forget = useCallback(() => setHeld(undefined), [])
  return { value: held ?? begin, isKept: held !== undefined, set, forget }
}
