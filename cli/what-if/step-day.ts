/** A day's state being decided on entry by entry, with what each entry changed about tasks and alerts. */
import type { AnyFlow } from '#flows/define.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { Entry } from '#hub/engine/entry.ts'
import type { FlowLibrary } from '#hub/engine/flow-set.ts'
import { type OpenReplay, openReplay } from '#hub/engine/replay.ts'
import type { HubSettings } from '#hub/engine/settings.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { StateTables } from '../journal/read-day.ts'

export interface Stepped {
  readonly entry: Entry
  readonly records: readonly DecisionRecord[]
  /** Tasks that this entry made or changed, as they are after it. */
  readonly tasks: readonly TaskRow[]
}

export interface DayState extends Omit<OpenReplay, 'decide'> {
  step(entry: Entry): Stepped
  /** Everything as it stands, for another run to begin with. */
  tables(): StateTables
}

const tasksIn = (rows: OpenReplay['rows']): readonly TaskRow[] => {
  const changed = new Map<string, TaskRow>()
  for (const { table, rows: changes } of rows.changes())
    if (table === 'tasks' || table === 'endedTasks')
      for (const [id, row] of changes) if (row !== undefined) changed.set(id, row as TaskRow)
  return [...changed.values()]
}

export const openDayState = (parts: {
  readonly flows: readonly AnyFlow[]
  readonly library: FlowLibrary
  readonly settings: HubSettings
  readonly from: StateTables
}): DayState => {
  const { decide, ...open } = openReplay(parts)
  const { rows } = open
  return {
    ...open,
    step: (entry) => {
      const records = decide(entry)
      const tasks = tasksIn(rows)
      rows.settle()
      return { entry, records, tasks }
    },
    tables: () => {
      const tables = new Map<string, (readonly [string, unknown])[]>()
      for (const [table, key, row] of rows.all()) {
        const known = tables.get(table) ?? []
        if (known.length === 0) tables.set(table, known)
        known.push([key, row])
      }
      return tables
    },
  }
}
