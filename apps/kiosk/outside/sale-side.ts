/** What the branch says of a sale at this kiosk, and what the customer answers to it. */
import type { DeviceConfig } from '#protocol/messages.ts'
import { KioskSale } from '#protocol/recording/kiosk-sale.ts'
import type { Speaking } from '../device/speaking.ts'
import { type Cell, createCell } from './cell.ts'

export interface SaleSide {
  readonly now: Cell<KioskSale | null>
  /** Of which sale the customer has answered: it is asked once. */
  readonly answered: Cell<string | null>
  readonly onConfig: (config: DeviceConfig) => void
  readonly answer: (given: boolean) => void
  /** Something secret is on the page, or no longer. */
  readonly secret: (on: boolean) => void
}

/** What cannot be read leaves what is known: nobody is recorded without the sign for that. */
const readSale = (told: unknown, known: KioskSale | null): KioskSale | null => {
  if (told === undefined || told === null) return null
  const { success, data } = KioskSale.safeParse(told)
  return success ? data : known
}

export const createSaleSide = ({ tell }: Pick<Speaking, 'tell'>): SaleSide => {
  const now = createCell<KioskSale | null>(null)
  const answered = createCell<string | null>(null)
  return {
    now,
    answered,
    onConfig: ({ settings }) => now.set(readSale(settings['sale'], now.get())),
    answer: (given) => {
      const sale = now.get()
      if (sale?.state !== 'consent' || answered.get() === sale.sale) return
      answered.set(sale.sale)
      tell('recording.answered', { sale: sale.sale, given })
    },
    secret: (on) => {
      const sale = now.get()
      if (sale !== null) tell('recording.secret', { sale: sale.sale, on })
    },
  }
}
