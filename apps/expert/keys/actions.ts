/** What can be done now, each with its key: for the palette, the sheet of keys and the keyboard itself. */
import type { Pair } from '../../ui/words.ts'

export interface Action {
  readonly id: string
  readonly title: Pair
  /** One character. null: only the palette has it. */
  readonly key: string | null
  readonly run: () => void
}

export interface ActionStore {
  /** Whatever stood under this name before is replaced, in its place: a list that is being read does not move. */
  put(name: string, actions: readonly Action[]): void
  drop(name: string): void
  all(): readonly Action[]
  subscribe(listener: () => void): () => void
}

export const createActions = (): ActionStore => {
  const parts = new Map<string, readonly Action[]>()
  const listeners = new Set<() => void>()
  let known: readonly Action[] | undefined
  const tell = () => {
    known = undefined
    for (const listener of listeners) listener()
  }
  return {
    put: (name, actions) => {
      parts.set(name, actions)
      tell()
    },
    drop: (name) => {
      parts.delete(name)
      tell()
    },
    all: () => {
      known ??= [...parts.values()].flat()
      return known
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Of a key press, as the browser tells of it. */
export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly repeat: boolean
  readonly isComposing: boolean
}

export const opensPalette = ({ key, ctrlKey, metaKey, altKey }: Press): boolean =>
  (ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k'

/** A single character alone, once for each press; while a word is being put together it belongs to the word. */
export const actionFor = (press: Press, actions: readonly Action[]): Action | undefined => {
  const { key, ctrlKey, metaKey, altKey, repeat, isComposing } = press
  if (ctrlKey || metaKey || altKey || repeat || isComposing || key.length !== 1) return undefined
  return actions.find((action) => action.key === key.toLowerCase())
}

/** By any part of its words, in either language, or its key. */
export const matching = (actions: readonly Action[], typed: string): readonly Action[] => {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return actions
  return actions.filter(
    ({ title, key }) => key === wanted || `${title.zh} ${title.en}`.toLowerCase().includes(wanted),
  )
}
