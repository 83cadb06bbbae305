/** What somebody else sent, where it is what it may be. */
import { type ErrorCode, UsherError } from '#protocol/errors.ts'

export interface Readable<T> {
  safeParse(given: unknown): { success: true; data: T } | { success: false }
}

/** @throws UsherError with that code. */
export const readAs = <T>(schema: Readable<T>, given: unknown, code: ErrorCode): T => {
  try {
    const parsed = schema.safeParse(given)
    if (parsed.success) return parsed.data
  } catch (error) {
    // What nests deeper than anybody can look is no message either.
    if (!(error instanceof RangeError)) throw error
  }
  throw new UsherError(code)
}
