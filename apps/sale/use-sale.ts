/** The sale of a call as it is now: what the line tells of it, and with each change the rest, which is for whoever sells. */
import { useEffect, useState } from 'react'
import type { LiveSale } from '#protocol/desk/live/sale-rows.ts'
import type { SalePlan } from '#protocol/desk/sale-routes.ts'
import type { SaleReport } from '#protocol/recording/report.ts'
import { askHub, useAnswer } from '../lobby/live/ask-hub.ts'
import { useTable } from '../lobby/live/use-live.ts'

export interface SaleSeen {
  /** undefined: none was begun. */
  readonly sale: LiveSale | undefined
  readonly report: SaleReport | undefined
  readonly isUnread: boolean
}

export const isUnderWay = ({ state }: Pick<LiveSale, 'state'>): boolean =>
  state !== 'sealing' && state !== 'over'

const againMs = 2_000

/** Asked anew with every change, and again where the hub did not answer: what is missing has to be known at once. */
const useReport = (sale: LiveSale | undefined): Pick<SaleSeen, 'report' | 'isUnread'> => {
  const [held, setHeld] = useState<Pick<SaleSeen, 'report' | 'isUnread'>>({
    report: undefined,
    isUnread: false,
  })
  const [round, setRound] = useState(0)
  const id = sale?.id
  const n = sale?.n
  useEffect(() => {
    // Each change and each round is a question of its own.
    void [n, round]
    if (id === undefined) return undefined
    const gone = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    askHub('sale', { sale: id }, gone.signal).then(
      (report) => {
        if (!gone.signal.aborted) setHeld({ report, isUnread: false })
      },
      () => {
        if (gone.signal.aborted) return
        setHeld(({ report }) => ({ report, isUnread: true }))
        timer = setTimeout(() => setRound((before) => before + 1), againMs)
      },
    )
    return () => {
      gone.abort()
      clearTimeout(timer)
    }
  }, [id, n, round])
  const isOf = held.report !== undefined && held.report.id === id
  return isOf ? held : { report: undefined, isUnread: held.isUnread }
}

/** The one under way, else the last one. */
export const useSale = (isMeant: (sale: LiveSale) => boolean): SaleSeen => {
  const mine = useTable('sales').filter(isMeant)
  const sale = mine.find(isUnderWay) ?? [...mine].sort((a, b) => b.at - a.at)[0]
  return { sale, ...useReport(sale) }
}

/** null: nothing is recorded at this branch; undefined: not known yet. */
export const useSalePlan = (): SalePlan | null | undefined => useAnswer('salePlan', {}).data?.plan
