/** What was done, so that it can be taken back and done again. Typing one word is one step, not one for each letter. */
export interface History<State> {
  readonly past: readonly State[]
  readonly present: State
  readonly future: readonly State[]
  /** What the last step was about; the next one about the same belongs to it. */
  readonly about: string | undefined
}

const stepsMax = 200

export const begun = <State>(present: State): History<State> => ({
  past: [],
  present,
  future: [],
  about: undefined,
})

/** @param about for steps that follow each other closely, as letters do */
export const done = <State>(history: History<State>, next: State, about?: string): History<State> => {
  if (next === history.present) return history
  const isSameStep = about !== undefined && about === history.about
  const past = isSameStep ? history.past : [...history.past, history.present].slice(-stepsMax)
  return { past, present: next, future: [], about }
}

export const undone = <State>({ past, present, future, about }: History<State>): History<State> => {
  const before = past.at(-1)
  if (before === undefined) return { past, present, future, about }
  return { past: past.slice(0, -1), present: before, future: [present, ...future], about: undefined }
}

export const redone = <State>({ past, present, future, about }: History<State>): History<State> => {
  const [after, ...later] = future
  if (after === undefined) return { past, present, future, about }
  return { past: [...past, present], present: after, future: later, about: undefined }
}
