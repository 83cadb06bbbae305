/** The rows of one table that a commit put. */
import type { TableChanges } from '#hub/engine/rows.ts'

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows which rows a table has
export const rowsOf = <T>(changes: readonly TableChanges[], table: string): readonly T[] =>
  changes
    .filter((change) => change.table === table)
    .flatMap(({ rows }) => [...rows.values()])
    .filter((row) => row !== undefined) as T[]
