/**
 * Why something was not done, in the language of the page: the hub answers in the one that the browser asked for when
 * the line was opened, and a page changes its own without a word to the hub.
 */
import { sayDetail } from '#protocol/desk/details.ts'
import { type DeskError, deskErrorText } from '#protocol/desk/errors.ts'
import type { Tongue } from '../../ui/words.ts'

/** What has no words in this language is left out: the code says what happened, whatever else is known. */
export const worded = ({ detail: _, ...error }: DeskError, tongue: Tongue): DeskError => {
  const lines = (error.details ?? []).flatMap((one) => sayDetail(one, tongue) ?? [])
  return {
    ...error,
    text: deskErrorText(error.code, tongue),
    ...(lines.length > 0 && { detail: lines.join('\n') }),
  }
}
