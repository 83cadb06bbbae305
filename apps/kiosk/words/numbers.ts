/** What somebody enters, as people of the branch read it. */
import type { KioskField } from '#protocol/kiosk-service.ts'

export const numberText = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value)

type Money = Pick<Extract<KioskField, { kind: 'amount' }>, 'currency'>

/** `¥ 1,234.50`. */
export const amountText = ({ currency }: Money, value: number, locale: string): string =>
  `${currency} ${new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(value)}`

/** `2026-02-28` as `2026年2月28日`, `February 28, 2026`; what is no day stays as it is. */
export const dayText = (day: string, locale: string): string => {
  const at = Date.parse(day)
  if (Number.isNaN(at)) return day
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at)
}
