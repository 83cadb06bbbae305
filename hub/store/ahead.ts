/**
 * What a start will ask for first, made ready while the rest of the hub is still being loaded: each branch checked, and
 * the rows of its state read. It holds until something changes, and each answer is given once.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { LogPosition } from './log-position.ts'
import { type OpenedBranch, openBranch } from './open-branch.ts'
import { readHeads, readRowTexts } from './read.ts'

export interface Ahead {
  opened(branch: string): OpenedBranch | undefined
  texts(branch: string): readonly string[] | undefined
  forget(): void
}

export const lookAhead = (
  db: DatabaseSync,
  position: LogPosition,
  settings: { directory: string; acceptLoss: boolean },
): Ahead => {
  const opened = new Map<string, OpenedBranch>()
  const texts = new Map<string, readonly string[]>()
  const keep = <T>(to: Map<string, T>, branch: string, read: () => T) => {
    try {
      to.set(branch, read())
    } catch {
      // Whoever asks is told what is wrong, when the question is asked again.
    }
  }
  for (const { branch } of readHeads(db)) {
    keep(opened, branch, () => openBranch(db, branch, settings))
    keep(texts, branch, () => readRowTexts(db, branch))
  }
  const { lap } = position.read()
  const take = <T>(from: Map<string, T>, branch: string): T | undefined => {
    const place = position.read()
    const found = from.get(branch)
    from.delete(branch)
    return place.lap === lap && place.end === 0 ? found : undefined
  }
  return {
    opened: (branch) => take(opened, branch),
    texts: (branch) => take(texts, branch),
    forget: () => {
      opened.clear()
      texts.clear()
    },
  }
}
