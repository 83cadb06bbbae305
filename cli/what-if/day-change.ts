/** What is changed in a simulated run of a day: settings of flows, or the flows themselves. */
import type { EntryBody } from '#hub/engine/entry.ts'
import type { BranchState } from '#hub/engine/state.ts'

/** One thing that is no longer what it was. */
export interface Changed {
  readonly flow: string
  /** A setting of its policy, `autonomy`, or `code`. */
  readonly setting: string
  readonly was: unknown
  readonly becomes: unknown
}

export interface DayChange {
  /** What puts it in force; nothing where it is in force already. */
  commands(state: BranchState): readonly EntryBody[]
  /** Whether a person's command of that day gives way to it. */
  replaces(body: EntryBody): boolean
  /** Against what the state says is in force. @throws UsherError where it cannot be put in force */
  changes(state: BranchState): readonly Changed[]
}

/** The day as it was. */
export const noChange: DayChange = { commands: () => [], replaces: () => false, changes: () => [] }

/** In this order: new flows first, then their settings. */
export const together = (changes: readonly DayChange[]): DayChange => ({
  commands: (state) => changes.flatMap((change) => change.commands(state)),
  replaces: (body) => changes.some((change) => change.replaces(body)),
  changes: (state) => changes.flatMap((change) => change.changes(state)),
})
