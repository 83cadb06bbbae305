/** What a measuring plan left on record, read back: its blocks and the tickets that were issued meanwhile. */
import { z } from 'zod'
import type { DecisionRecord } from '#hub/engine/turn.ts'

export type Arm = 'on' | 'off'

export interface MeasuredBlock {
  readonly id: string
  readonly arm: Arm
  readonly pair: string
  readonly toss: string
  readonly from: number
  readonly until: number
  readonly burnInMs: number
  /** Why it cannot be used; empty where it can. */
  readonly invalid: readonly string[]
}

export interface MeasuredTicket {
  readonly service: string
  readonly issuedAt: number
  /** Until a counter or a kiosk served; null: never, or nobody told. */
  readonly waitedMs: number | null
  /** Left without service. */
  readonly left: boolean
}

export interface Measurement {
  readonly plan: string
  readonly flows: readonly string[]
  readonly blocks: readonly MeasuredBlock[]
  readonly tickets: readonly MeasuredTicket[]
}

const words = z.string().transform((text) => text.split(' ').filter((word) => word !== ''))

const BlockEnded = z.object({
  block: z.string(),
  arm: z.enum(['on', 'off']),
  pair: z.string(),
  toss: z.string(),
  from: z.number(),
  until: z.number(),
  burnInMs: z.number(),
  flows: words,
  invalid: words,
})

const TicketEnded = z.object({
  issuedAt: z.number(),
  left: z.boolean(),
  waitedMs: z.number().optional(),
})

type Gathered = {
  flows: readonly string[]
  readonly blocks: Map<string, MeasuredBlock>
  readonly tickets: MeasuredTicket[]
}

const take = (gathered: Gathered, { code, params, service }: DecisionRecord) => {
  if (code === 'effect.block-ended') {
    const { block: id, flows, ...block } = BlockEnded.parse(params)
    gathered.flows = flows
    gathered.blocks.set(id, { id, ...block })
  } else if (code === 'effect.planned') {
    gathered.flows = String(params?.['flows'] ?? '').split(', ')
  } else if (code === 'effect.ticket') {
    const { issuedAt, left, waitedMs } = TicketEnded.parse(params)
    gathered.tickets.push({ service: service ?? '', issuedAt, left, waitedMs: waitedMs ?? null })
  }
}

/** @param plan its id; none: the plan that was on record last. @returns undefined where there is no such plan. */
export const readMeasurement = (
  records: Iterable<DecisionRecord>,
  plan?: string,
): Measurement | undefined => {
  const plans = new Map<string, Gathered>()
  let last: string | undefined
  for (const record of records) {
    if (record.kind !== 'effect' || record.task === undefined) continue
    const known = plans.get(record.task)
    const gathered = known ?? { flows: [], blocks: new Map(), tickets: [] }
    if (known === undefined) plans.set(record.task, gathered)
    take(gathered, record)
    // Tickets of a plan that has ended come in while the next one runs.
    if (record.code !== 'effect.ticket') last = record.task
  }
  const id = plan ?? last
  const found = id === undefined ? undefined : plans.get(id)
  if (id === undefined || found === undefined) return undefined
  const blocks = [...found.blocks.values()].toSorted((a, b) => a.from - b.from)
  return { plan: id, flows: found.flows, blocks, tickets: found.tickets }
}
