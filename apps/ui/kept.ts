/**
 * Something that outlives a reload of the page, in this tab and no longer than that. What comes back is looked at anew:
 * another build may have kept it. A browser that keeps nothing, or no more, is no reason to stop.
 */
import type { z } from 'zod'

export interface KeptInTab<Value> {
  read(): Value | undefined
  /** @param value undefined: it is forgotten */
  keep(value: Value | undefined): void
}

export const keptInTab = <Value>(name: string, shape: z.ZodType<Value>): KeptInTab<Value> => ({
  read() {
    try {
      return shape.parse(JSON.parse(sessionStorage.getItem(name) ?? ''))
    } catch {
      return undefined
    }
  },
  keep(value) {
    try {
      if (value === undefined) sessionStorage.removeItem(name)
      else sessionStorage.setItem(name, JSON.stringify(value))
    } catch {
      // Nothing of it is lost while the page stays.
    }
  },
})
