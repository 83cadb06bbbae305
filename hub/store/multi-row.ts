/**
 * One multi-row statement a table: rows are bound in chunks of prepared sizes, largest first, so that a batch of any
 * size needs few statements and no statement is ever built at run time. Sizes measured in decision 0010.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Cell } from './pack.ts'

const sizes = [16, 4, 1] as const

export interface MultiRow {
  /** `cells` holds whole rows of `columns` cells each. */
  run(cells: readonly Cell[]): void
}

export interface MultiRowShape {
  readonly columns: number
  /** Text before and after the list of rows, for example `INSERT INTO t VALUES` and `ON CONFLICT …`. */
  readonly before: string
  readonly after?: string
}

export const prepareMultiRow = (db: DatabaseSync, shape: MultiRowShape): MultiRow => {
  const row = `(${Array(shape.columns).fill('?').join(',')})`
  const statements: readonly { size: number; statement: StatementSync }[] = sizes.map((size) => ({
    size,
    statement: db.prepare(`${shape.before} ${Array(size).fill(row).join(',')} ${shape.after ?? ''}`),
  }))
  return {
    run: (cells) => {
      let at = 0
      for (const { size, statement } of statements) {
        const width = size * shape.columns
        for (; cells.length - at >= width; at += width) statement.run(...cells.slice(at, at + width))
      }
    },
  }
}
