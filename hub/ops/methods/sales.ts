/** Recorded sales: what became of them, and how the bank's speech engine comes in. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { saleLines } from '../../sales/lines.ts'
import { saleReport } from '../../sales/report.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

export const saleMethods = ({ engine, speech }: MethodParts): Record<string, Handler> => ({
  'sales.list': method(z.object({}), () => engine.read((state) => saleLines(state))),
  'sales.show': method(z.object({ sale: z.string().min(1).max(80) }), ({ sale }) =>
    engine.read((state) => {
      const report = saleReport(state, sale)
      if (report === undefined) throw new UsherError('sale.unknown', sale)
      return report
    }),
  ),
  'sales.speech-token': method(z.object({ anew: z.boolean().default(false) }), async ({ anew }) => ({
    token: speech.issue(anew),
  })),
})
