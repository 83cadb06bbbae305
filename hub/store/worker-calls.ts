/** What passes between the hub's thread and the store's: calls, answers, and errors that keep their kind. */
import { errors, isErrorCode, UsherError } from '#protocol/errors.ts'
import type { DatabaseSide } from './database-side.ts'
import { StoreBroken, StoreConflict, StoreFull } from './port.ts'

export type StoreMethod = keyof DatabaseSide

/** Said when something was committed while the store's thread had nothing to do. */
export const wakeUp = 'wake'

export interface StoreCall {
  readonly id: number
  readonly method: StoreMethod
  readonly args: readonly unknown[]
}

export interface FlatError {
  readonly name: string
  readonly message: string
  readonly code: string | null
  readonly detail: string | null
}

export type StoreAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: FlatError }
  /** Unasked: what is committed could not be brought into the database. */
  | { readonly news: 'full' }
  | { readonly news: 'failed'; readonly error: FlatError }

/** The id of the worker's first answer: it is open, or why not. */
export const openingId = 0

export const flattenError = (error: unknown): FlatError => {
  if (error instanceof UsherError)
    return { name: error.name, message: error.message, code: error.code, detail: error.detail ?? null }
  if (error instanceof Error) return { name: error.name, message: error.message, code: null, detail: null }
  return { name: 'Error', message: String(error), code: null, detail: null }
}

export const raiseError = ({ name, message, code, detail }: FlatError): Error => {
  if (code !== null && isErrorCode(code) && Object.hasOwn(errors, code))
    return detail === null ? new UsherError(code) : new UsherError(code, detail)
  if (name === 'StoreFull') return new StoreFull(message)
  if (name === 'StoreBroken') return new StoreBroken(message)
  if (name === 'StoreConflict') return new StoreConflict(message)
  return name === 'RangeError' ? new RangeError(message) : new Error(message)
}
