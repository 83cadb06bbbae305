/** One value that several look at: what is drawn follows it, and what is no drawing may too. */
import { useSyncExternalStore } from 'react'

export interface Cell<T> {
  get(): T
  set(next: T): void
  /** @returns ends the listening. */
  subscribe(listener: () => void): () => void
}

export const createCell = <T>(first: T): Cell<T> => {
  const listeners = new Set<() => void>()
  let value = first
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const useCell = <T>(cell: Cell<T>): T => useSyncExternalStore(cell.subscribe, cell.get)
