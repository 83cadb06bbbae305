/** The sales as the engine has them, and where what recorders say becomes an entry. */
import type { Participant } from '#protocol/calls/signalling.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { customerIn, kioskIn } from '../calls/find.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { CommittedBatch } from '../engine/sequencer.ts'
import type { SalesPort } from './port.ts'

interface Parts {
  readonly engine: Engine
  readonly watch: (callback: (batch: Pick<CommittedBatch, 'changes'>) => void) => () => void
}

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)]

/** Whoever sells, and the customer's side. A manager who only looks on is recorded as far as they send, and not missed. */
const participantsOf = (engine: Engine, { call, device, seller }: SaleRow): readonly Participant[] => {
  const row = call === null ? undefined : engine.state.calls.get(call)
  const customer = row === undefined ? (device === null ? null : kioskIn(device)) : customerIn(row)
  return unique([seller, ...(customer === null ? [] : [customer])])
}

export const createEnginePort = ({ engine, watch }: Parts): SalesPort => ({
  sales: () => [...engine.state.sales.values()],
  sale: (id) => engine.state.sales.get(id),
  watch: (callback) =>
    watch(({ changes }) => {
      for (const { table, rows } of changes) if (table === 'sales') for (const id of rows.keys()) callback(id)
    }),
  participantsOf: (sale) => participantsOf(engine, sale),
  keepingOf: ({ id }) => {
    const { keepDays = 365, afterTermDays = 183 } = engine.state.saleScripts.get(id) ?? {}
    return { keepDays, afterTermDays }
  },
  tell: (news) => engine.submit({ body: { kind: 'command', command: { ...news, by: 'hub' } } }),
  now: () => engine.position().at,
  journal: () => ({ epoch: engine.epoch, seq: engine.position().seq }),
})
