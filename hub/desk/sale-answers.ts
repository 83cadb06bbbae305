/** What the desk answers about recorded sales: to whom they concern. */
import type { DeskRole } from '#protocol/desk/roles.ts'
import type { RequestOf, ResponseOf } from '#protocol/desk/route.ts'
import type { saleRoutes } from '#protocol/desk/sale-routes.ts'
import { UsherError } from '#protocol/errors.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { fileOf } from '../branch/rows.ts'
import { expertIn, managerIn } from '../calls/find.ts'
import type { BranchState } from '../engine/state.ts'
import { isUnderWay } from '../sales/find.ts'
import { saleLines } from '../sales/lines.ts'
import { saleReport } from '../sales/report.ts'
import { saleRoomPass } from '../sales/room.ts'
import type { OpenDesk } from './parts.ts'
import { sessionOf, type Visit } from './visit.ts'

type SaleRoutes = typeof saleRoutes
export type SaleAnswers = {
  readonly [Name in keyof SaleRoutes]: (
    request: RequestOf<SaleRoutes[Name]>,
    visit: Visit,
  ) => Promise<ResponseOf<SaleRoutes[Name]>>
}

interface Who {
  readonly name: string
  readonly roles: readonly DeskRole[]
}

const concerns = ({ calls }: BranchState, { seller, call }: SaleRow, { name, roles }: Who): boolean =>
  roles.includes('manager') ||
  roles.includes('auditor') ||
  seller === expertIn(name) ||
  (call !== null && calls.get(call)?.expert === name)

export const createSaleAnswers = ({
  look,
  issueTicket,
}: Pick<OpenDesk, 'look' | 'issueTicket'>): SaleAnswers => ({
  sale: ({ sale: id }, visit) =>
    look.engine.read((state) => {
      const sale = state.sales.get(id)
      const report = saleReport(state, id)
      if (sale === undefined || report === undefined) throw new UsherError('sale.unknown', id)
      if (!concerns(state, sale, sessionOf(visit))) throw new UsherError('sale.not-yours', id)
      return report
    }),
  joinSale: async ({ sale: id }, visit) => {
    const sale = await look.engine.read((state) => state.sales.get(id))
    if (sale === undefined) throw new UsherError('sale.unknown', id)
    const participant = managerIn(sessionOf(visit).name)
    if (sale.seller !== participant) throw new UsherError('sale.not-yours', id)
    if (!isUnderWay(sale)) throw new UsherError('sale.over', id)
    const pass = saleRoomPass(sale, participant)
    if (pass === null) throw new UsherError('sale.state', `${id}: ${sale.state}`)
    return { ticket: issueTicket(pass) }
  },
  sales: (_, visit) =>
    look.engine.read((state) => {
      const who = sessionOf(visit)
      return saleLines(state, (sale) => concerns(state, sale, who))
    }),
  salePlan: () =>
    look.engine.read((state) => {
      const plan = fileOf(state)?.recording
      if (plan === undefined) return { plan: null }
      const { scripts, silenceMs } = plan
      const products = scripts.flatMap(({ id: script, title, products: all }) =>
        all.map((id) => ({ id, script, title })),
      )
      return { plan: { products, silenceMs } }
    }),
})
