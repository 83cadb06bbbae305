/** What the desk refuses is told so that every page can read it, and in one voice. */
import { expect, test } from 'vitest'
import { errorBody, failureOf } from '#hub/desk/failures.ts'
import { detail } from '#protocol/desk/details.ts'
import { DeskError, type DeskErrorCode, deskErrorText, deskStatus } from '#protocol/desk/errors.ts'
import { UsherError } from '#protocol/errors.ts'

test.each([0, 1, 63, 64, 65, 400])('of %i faults a page is told at least the first', (count) => {
  const details = Array.from({ length: count }, (_, nth) => detail('no-text', { at: `roles.${nth}` }))
  const failure = failureOf(new UsherError('policy.invalid', 'roles', { details }))
  const read = DeskError.parse(errorBody(failure, 'zh', 'r-1'))
  expect(read.details).toEqual(details.slice(0, 64))
})

test('an alert is called the same in every Chinese error', () => {
  const texts = (Object.keys(deskStatus) as DeskErrorCode[]).map((code) => deskErrorText(code, 'zh'))
  expect(texts.filter((text) => text.includes('提醒')).length).toBeGreaterThan(1)
  expect(texts.filter((text) => text.includes('告警'))).toEqual([])
})
