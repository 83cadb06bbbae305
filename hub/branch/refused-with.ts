/** A refusal that says what exactly is wrong, in the language of whoever reads it. */
import { detail, sayDetail } from '#protocol/desk/details.ts'
import { type ErrorCode, UsherError } from '#protocol/errors.ts'

export const refusedWith = (code: ErrorCode, ...[name, params]: Parameters<typeof detail>): UsherError => {
  const exactly = detail(name, params)
  return new UsherError(code, sayDetail(exactly, 'en'), { details: [exactly] })
}
