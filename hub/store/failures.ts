/** What an error of SQLite means for the hub: go on later, stop at once, or a bug. */
import { StoreBroken, StoreConflict, StoreFull } from './port.ts'

/** Primary result codes (sqlite.org/rescode.html); an extended code carries its primary one in the low byte. */
const primary = {
  busy: 5,
  locked: 6,
  readonly: 8,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  notadb: 26,
} as const
/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE; any other constraint is a bug of ours, not a rival. */
const uniqueCodes: ReadonlySet<number> = new Set([1555, 2067])

const brokenCodes: ReadonlySet<number> = new Set([
  primary.readonly,
  primary.ioerr,
  primary.corrupt,
  primary.cantopen,
  primary.notadb,
])

export const sqliteCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null

export const isBusy = (error: unknown): boolean => {
  const code = sqliteCode(error)
  return code !== null && ((code & 0xff) === primary.busy || (code & 0xff) === primary.locked)
}

export const isDamaged = (error: unknown): boolean => {
  const code = sqliteCode(error)
  return code !== null && ((code & 0xff) === primary.corrupt || (code & 0xff) === primary.notadb)
}

const fullErrors: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT'])

/** Of a system call on a file of ours. */
const fileFailure = (error: unknown): unknown => {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error
  return fullErrors.has(String(error.code))
    ? new StoreFull(error.message, { cause: error })
    : new StoreBroken(error.message, { cause: error })
}

/** The port's error for an error of SQLite or of a file; anything else is handed back as it is. */
export const storeFailure = (error: unknown): unknown => {
  const code = sqliteCode(error)
  if (code === null) return fileFailure(error)
  const text = `${(error as Error).message} (SQLite code ${code})`
  if ((code & 0xff) === primary.full) return new StoreFull(text, { cause: error })
  if (brokenCodes.has(code & 0xff)) return new StoreBroken(text, { cause: error })
  if (uniqueCodes.has(code) || isBusy(error)) return new StoreConflict(text, { cause: error })
  return error
}
