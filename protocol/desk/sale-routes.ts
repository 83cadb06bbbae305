/** Addresses of recorded sales, besides the live line. */
import { z } from 'zod'
import { SaleReport } from '../recording/report.ts'
import { saleOutcomes, saleStates } from '../recording/sale.ts'
import { deskRoute } from './route.ts'

const Title = z.record(z.string(), z.string())

const SalePlan = z.object({
  products: z.array(z.object({ id: z.string(), script: z.string(), title: Title })),
  silenceMs: z.int(),
})
export type SalePlan = z.infer<typeof SalePlan>

export const SaleLine = z.object({
  id: z.string(),
  at: z.number(),
  call: z.string().nullable(),
  seller: z.string(),
  product: z.string(),
  title: Title,
  state: z.enum(saleStates),
  outcome: z.enum(saleOutcomes).nullable(),
  /** How many items are open, and how much that was found is not settled. */
  open: z.int(),
  unsettled: z.int(),
})
export type SaleLine = z.infer<typeof SaleLine>

export const saleRoutes = {
  /** With its script: for the expert of its call or who sold in it, whoever leads the branch, and auditors. */
  sale: deskRoute({
    method: 'GET',
    path: '/api/sales/one',
    admits: ['expert', 'manager', 'auditor'],
    request: z.object({ sale: z.string().min(1).max(80) }),
    response: SaleReport,
    errors: ['sale.unknown', 'sale.not-yours'],
  }),
  /** For the manager who sells at the branch without a call: the ticket for the room of that sale, on the socket at `callLine`. */
  joinSale: deskRoute({
    method: 'POST',
    path: '/api/sales/join',
    admits: ['manager'],
    request: z.strictObject({ sale: z.string().min(1).max(80) }),
    response: z.object({ ticket: z.string() }),
    errors: ['sale.unknown', 'sale.not-yours', 'sale.over', 'sale.state', 'call.ticket'],
  }),
  /** Of the last seven days, the newest first; of an expert, their own. */
  sales: deskRoute({
    method: 'GET',
    path: '/api/sales',
    admits: ['expert', 'manager', 'auditor'],
    request: z.object({}),
    response: z.array(SaleLine),
    errors: [],
  }),
  /** What is sold with a script; null: nothing is recorded at this branch. */
  salePlan: deskRoute({
    method: 'GET',
    path: '/api/sales/plan',
    admits: ['expert', 'manager'],
    request: z.object({}),
    response: z.object({ plan: SalePlan.nullable() }),
    errors: [],
  }),
}
