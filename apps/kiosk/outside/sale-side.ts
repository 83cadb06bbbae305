/** What the branch says of a sale at this kiosk, what the customer answers to it, and the room that it is recorded in. */
import type { DeviceConfig } from '#protocol/messages.ts'
import { KioskSale } from '#protocol/recording/kiosk-sale.ts'
import type { Speaking } from '../device/speaking.ts'
import { type CallSide, type CallSideParts, createCallSide } from './call-side.ts'
import { type Cell, createCell } from './cell.ts'

export interface SaleSide {
  readonly now: Cell<KioskSale | null>
  /** Of which sale the customer has answered: it is asked once. */
  readonly answered: Cell<string | null>
  /** Of a sale without a call: camera and microphone of this kiosk, open exactly while the hub says so. */
  readonly room: CallSide
  readonly onConfig: (config: DeviceConfig) => void
  readonly answer: (given: boolean) => void
  /** Something secret is on the page, or no longer. */
  readonly secret: (on: boolean) => void
  /** The customer wants no more of it. */
  readonly stop: () => void
}

export type SaleSideParts = Pick<Speaking, 'tell'> & Pick<CallSideParts, 'load'>

/** What cannot be read leaves what is known: nobody is recorded without the sign for that. */
const readSale = (told: unknown, known: KioskSale | null): KioskSale | null => {
  if (told === undefined || told === null) return null
  const { success, data } = KioskSale.safeParse(told)
  return success ? data : known
}

export const createSaleSide = ({ tell, load }: SaleSideParts): SaleSide => {
  const now = createCell<KioskSale | null>(null)
  const answered = createCell<string | null>(null)
  const room = createCallSide({
    wanted: () => {
      const sale = now.get()
      return sale === null || sale.ticket === null ? null : { key: sale.sale, ticket: sale.ticket }
    },
    // The hub has ended it, or has never heard of it.
    isGone: () => false,
    onMedia: () => undefined,
    load,
  })
  return {
    now,
    answered,
    room,
    onConfig: ({ settings }) => {
      now.set(readSale(settings['sale'], now.get()))
      room.look()
    },
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
    stop: () => {
      const sale = now.get()
      if (sale !== null) tell('recording.answered', { sale: sale.sale, given: false })
      // Not seen or heard from here on, whether the hub hears of it now or later.
      void room.media()?.hangUp()
    },
  }
}
