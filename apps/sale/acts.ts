/** What whoever sells can do now: the same for a button, a key and the palette. */
import { isOpenItem } from '#protocol/recording/missing.ts'
import type { ReportItem, SaleReport } from '#protocol/recording/report.ts'
import { useSendOnce } from '../lobby/live/use-commands.ts'
import { useSay } from '../ui/words.ts'
import { saleWords } from './words.ts'

export interface SaleActs {
  readonly consent: (given: boolean) => void
  readonly tick: (item: string) => void
  readonly untick: (item: string) => void
  readonly settle: (finding: string, note: string) => void
  readonly pause: () => void
  readonly resume: () => void
  readonly sell: () => void
  readonly end: () => void
}

export const useSaleActs = ({ id: sale }: Pick<SaleReport, 'id'>): SaleActs => {
  const say = useSay()
  const send = useSendOnce()
  return {
    consent: (given) => send({ name: 'sale.consent', params: { sale, given } }),
    tick: (item) => send({ name: 'sale.tick', params: { sale, item } }),
    untick: (item) => send({ name: 'sale.untick', params: { sale, item } }),
    settle: (finding, note) => send({ name: 'sale.settle', params: { sale, finding, note } }),
    pause: () => send({ name: 'sale.pause', params: { sale, reason: say(saleWords.pauseReason) } }),
    resume: () => send({ name: 'sale.resume', params: { sale } }),
    sell: () => send({ name: 'sale.sell', params: { sale } }),
    end: () => send({ name: 'sale.end', params: { sale } }),
  }
}

export const isRecorded = ({ state }: Pick<SaleReport, 'state'>): boolean =>
  state === 'recording' || state === 'paused'

/** What is to be said next. */
export const nextItem = ({ items }: Pick<SaleReport, 'items'>): ReportItem | undefined =>
  items.find(isOpenItem)
export const mayTickNow = ({ state }: Pick<SaleReport, 'state'>, item: ReportItem): boolean =>
  state === 'recording' && item.state === 'open' && item.mayTick
export const maySell = ({ missing, sold }: Pick<SaleReport, 'missing' | 'sold'>): boolean =>
  missing.length === 0 && sold === null
