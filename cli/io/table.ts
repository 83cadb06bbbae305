/** Tables for people: columns aligned also where Chinese characters take two. */
import { printable } from './printable.ts'
import { cutTo, padTo, widthOf } from './width.ts'

export interface Column<T> {
  readonly title: string
  readonly cell: (row: T) => string | number | null | undefined
  readonly widthMax?: number
}

const widthDefault = 48

export const table = <T>(rows: readonly T[], columns: readonly Column<T>[]): string => {
  const cells = rows.map((row) =>
    columns.map(({ cell, widthMax }) => {
      const value = cell(row)
      return cutTo(
        printable(value === null || value === undefined || value === '' ? '-' : String(value)),
        widthMax ?? widthDefault,
      )
    }),
  )
  const lines = [columns.map(({ title }) => title.toUpperCase()), ...cells]
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] ?? ''))))
  return lines
    .map((line) =>
      line
        .map((cell, index) => padTo(cell, widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
