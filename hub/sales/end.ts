/** The sale step, and how a sale ends: nothing is said any more, files are checked and sealed, and what is left is a report. */
import { lostFor, recordersMissing } from '#protocol/recording/missing.ts'
import type { SaleOutcome, SaleRow } from '#protocol/recording/sale.ts'
import { arm, change, disarm, isUnderWay } from './find.ts'
import type { SaleDesk } from './port.ts'

/** People look at reports of the last days; what is older stands in the sealed recording. */
const rememberMs = 7 * 86_400_000

interface Act {
  readonly sale: string
  readonly by: string
}

/** Refused before where anything is missing. */
export const sell = (desk: SaleDesk, { sale: id, by }: Act) => {
  const sale = desk.sales.get(id)
  if (sale === undefined) return
  const sold = change(desk, sale, { sold: { by, at: desk.at } })
  desk.note(sold, { code: 'sale.sold', params: { sale: id, by } })
}

/** `refused`, `unanswered`: of the consent. `call`: it has ended, or is somebody else's. `alone`: nobody sells any more. */
type Why = 'ended' | 'refused' | 'unanswered' | 'call' | 'not-started' | 'too-long' | 'alone' | 'branch-file'

const isNo = (why: Why) => why === 'refused' || why === 'unanswered'

const close = (desk: SaleDesk, sale: SaleRow, outcome: SaleOutcome) => {
  disarm(desk, sale.id, 'consent', 'start', 'longest', 'alone', 'seal')
  arm(desk, sale.id, { forget: rememberMs })
  const over = change(desk, sale, { state: 'over', outcome, paused: null, secret: false })
  desk.note(over, { code: 'sale.over', params: { sale: sale.id, outcome } })
}

/** What a recording is worth: of one that lacks something, nothing can be shown. */
const isWhole = (sale: SaleRow): boolean => {
  const isLost = sale.recorders.every(({ state }) => state === 'lost' || state === 'starting')
  return sale.sealed !== null && !isLost && lostFor(sale).length === 0
}

const outcomeOf = (sale: SaleRow): SaleOutcome => {
  if (!isWhole(sale)) return 'broken'
  return sale.sold === null ? 'not-sold' : 'sold'
}

interface End extends Act {
  readonly why: Why
}

/** Before anything was recorded there is nothing to seal. */
export const endSale = (desk: SaleDesk, { sale: id, by, why }: End) => {
  const sale = desk.sales.get(id)
  if (sale === undefined || !isUnderWay(sale)) return
  const ended = change(desk, sale, { endedBy: by })
  desk.note(ended, { code: 'sale.ended', params: { sale: id, by, cause: why } })
  if (sale.state === 'consent') return close(desk, ended, isNo(why) ? 'refused' : 'not-sold')
  if (sale.recorders.length === 0) return close(desk, ended, why === 'not-started' ? 'broken' : 'not-sold')
  disarm(desk, id, 'start', 'longest', 'alone')
  arm(desk, id, { seal: desk.waits.sealMs })
  change(desk, ended, { state: 'sealing', paused: null, secret: false })
}

export const seal = (desk: SaleDesk, { sale: id, manifest }: { sale: string; manifest: string }) => {
  const sale = desk.sales.get(id)
  if (sale?.state !== 'sealing') return
  const sealed = change(desk, sale, { sealed: { at: desk.at, manifest } })
  desk.note(sealed, { code: 'sale.sealed', params: { sale: id, manifest } })
  close(desk, sealed, outcomeOf(sealed))
}

/** What was never sealed may be anything. */
export const onSealOver = (desk: SaleDesk, id: string) => {
  const sale = desk.sales.get(id)
  if (sale?.state !== 'sealing') return
  desk.note(sale, { code: 'sale.not-sealed', params: { sale: id } })
  close(desk, sale, 'broken')
}

export const onStartOver = (desk: SaleDesk, id: string) => {
  const sale = desk.sales.get(id)
  if (sale?.state !== 'starting') return
  const recorders = recordersMissing(sale).join(', ')
  desk.note(sale, { code: 'sale.not-started', params: { sale: id, recorders } })
  endSale(desk, { sale: id, by: 'hub', why: 'not-started' })
}

export const onTooLong = (desk: SaleDesk, id: string) =>
  endSale(desk, { sale: id, by: 'hub', why: 'too-long' })

export const forgetSale = (desk: SaleDesk, id: string) => {
  if (desk.sales.get(id)?.state !== 'over') return
  desk.sales.drop(id)
  desk.saleScripts.drop(id)
}
