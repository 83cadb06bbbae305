/** What is due: each timer of a sale, by its name. */
import { onConsentOver } from './consent.ts'
import { forgetSale, onSealOver, onStartOver, onTooLong } from './end.ts'
import type { SaleDesk, SaleTimer } from './port.ts'
import { onAloneOver } from './room.ts'

export const saleTimers: Readonly<Record<SaleTimer, (desk: SaleDesk, sale: string) => void>> = {
  consent: onConsentOver,
  start: onStartOver,
  longest: onTooLong,
  alone: onAloneOver,
  seal: onSealOver,
  forget: forgetSale,
}
