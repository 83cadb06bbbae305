/** What will be said later in a simulated run, in order of time; an answer that no longer makes sense is taken out. */
import type { EntryBody } from '#hub/engine/entry.ts'

export interface Saying {
  readonly at: number
  /** The attempt or task it is about. */
  readonly about: string
  /** Unique and the same in every run that comes to say it. */
  readonly name: string
  readonly body: EntryBody
  readonly cause: string | undefined
}

export interface Agenda {
  add(saying: Saying): void
  /** Everything about this attempt or task. */
  drop(about: string): void
  next(): Saying | undefined
  take(): Saying | undefined
}

/** Few answers are open at a time, so a sorted list is enough. */
export const createAgenda = (): Agenda => {
  let list: Saying[] = []
  return {
    add: (saying) => {
      let index = list.length
      while (index > 0 && (list[index - 1] as Saying).at > saying.at) index--
      list.splice(index, 0, saying)
    },
    drop: (about) => {
      list = list.filter((saying) => saying.about !== about)
    },
    next: () => list[0],
    take: () => list.shift(),
  }
}
