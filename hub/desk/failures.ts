/** What went wrong, as an answer: whatever is thrown becomes a code that callers know, and nothing else leaves. */
import { z } from 'zod'
import { detailsMax } from '#protocol/desk/details.ts'
import {
  type DeskError,
  type DeskErrorCode,
  type DeskTongue,
  deskErrorText,
  deskStatus,
  isDeskErrorCode,
} from '#protocol/desk/errors.ts'
import { UsherError } from '#protocol/errors.ts'
import { StoreFull } from '../store/port.ts'
import { MustWait } from './throttle.ts'

export interface Failure {
  readonly code: DeskErrorCode
  readonly detail: string | undefined
  readonly details?: UsherError['details']
  readonly waitMs: number | undefined
  /** Ours: it belongs into the log. */
  readonly isBug: boolean
}

/** fastify's own codes, where one of ours says the same. */
const byForeignCode: Readonly<Record<string, DeskErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.invalid',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.invalid',
  FST_ERR_BAD_URL: 'request.unknown',
}

const plain = (code: DeskErrorCode, detail?: string): Failure => ({
  code,
  detail,
  waitMs: undefined,
  isBug: false,
})

/** Names the fields, never what was in them: it may have been a password. */
const fieldsOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, code }) => `${path.map(String).join('.') || 'request'}: ${code}`).join('; ')

const foreignCode = (error: unknown): string => {
  // What `JSON.parse` says about a body; one of our own has no status.
  if (error instanceof SyntaxError && 'statusCode' in error) return 'FST_ERR_CTP_INVALID_JSON_BODY'
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

export const failureOf = (error: unknown): Failure => {
  if (error instanceof MustWait)
    return { ...plain(error.code as DeskErrorCode, error.detail), waitMs: error.waitMs }
  if (error instanceof z.ZodError) return plain('request.invalid', fieldsOf(error))
  if (error instanceof StoreFull) return plain('store.full')
  if (error instanceof UsherError && isDeskErrorCode(error.code))
    return { ...plain(error.code, error.detail), details: error.details }
  const known = byForeignCode[foreignCode(error)]
  if (known !== undefined) return plain(known)
  return { ...plain('hub.bug'), isBug: true }
}

export const statusOf = ({ code }: Failure): number => deskStatus[code]

export const errorBody = (
  { code, detail, details, waitMs }: Failure,
  tongue: DeskTongue,
  request: string,
): DeskError => ({
  code,
  text: deskErrorText(code, tongue),
  ...(detail !== undefined && code !== 'desk.accounts-unreadable' && { detail }),
  ...(details !== undefined && {
    details: details.slice(0, detailsMax).map((one) => ({ ...one, params: { ...one.params } })),
  }),
  ...(waitMs !== undefined && { waitMs }),
  request,
})
