/** SQLite's result codes become what the hub must do: go on later, stop at once, or report a bug. */
import { expect, it } from 'vitest'
import { storeFailure } from '#hub/store/failures.ts'
import { StoreBroken, StoreConflict, StoreFull } from '#hub/store/port.ts'

const sqlite = (errcode: number) =>
  Object.assign(new Error('from SQLite'), { code: 'ERR_SQLITE_ERROR', errcode })

it.each([
  ['SQLITE_FULL', 13, StoreFull],
  ['SQLITE_IOERR', 10, StoreBroken],
  ['SQLITE_IOERR_FSYNC', 1034, StoreBroken],
  ['SQLITE_IOERR_WRITE', 778, StoreBroken],
  ['SQLITE_CORRUPT', 11, StoreBroken],
  ['SQLITE_CORRUPT_INDEX', 779, StoreBroken],
  ['SQLITE_NOTADB', 26, StoreBroken],
  ['SQLITE_CANTOPEN', 14, StoreBroken],
  ['SQLITE_READONLY', 8, StoreBroken],
  ['SQLITE_CONSTRAINT_UNIQUE', 2067, StoreConflict],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 1555, StoreConflict],
  ['SQLITE_BUSY', 5, StoreConflict],
])('%s', (_, code, kind) => {
  const error = sqlite(code)
  const failure = storeFailure(error)
  expect(failure).toBeInstanceOf(kind)
  expect((failure as Error).cause).toBe(error)
})

it('leaves a bug what it is', () => {
  for (const error of [sqlite(1299), sqlite(3091), sqlite(1), new TypeError('x'), 'text'])
    expect(storeFailure(error)).toBe(error)
})
