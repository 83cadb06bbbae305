/** Which blocks count, who counts in them, and which block is compared with which. */
import type { MeasuredBlock, MeasuredTicket, Measurement } from './measurement.ts'

/** Tickets of a block are waited for so long after it. */
const settleMs = 3_600_000

export interface Counted {
  readonly block: MeasuredBlock
  readonly tickets: readonly MeasuredTicket[]
}

export interface LeftBlock {
  readonly id: string
  /** Codes: what spoiled it, or why it is of no use. */
  readonly why: readonly string[]
}

export interface Pair {
  readonly toss: string
  readonly on: readonly MeasuredTicket[]
  readonly off: readonly MeasuredTicket[]
}

/** Why a block is left out; empty where it counts. */
const whyLeft = (block: MeasuredBlock, asOf: number): readonly string[] => {
  if (block.invalid.length > 0) return block.invalid
  return block.until + settleMs > asOf ? ['still-there'] : []
}

const isIn = ({ from, until, burnInMs }: MeasuredBlock, { issuedAt }: MeasuredTicket) =>
  issuedAt >= from + burnInMs && issuedAt < until

export const sift = ({ blocks, tickets }: Measurement, asOf: number) => {
  const usable = blocks.filter((block) => whyLeft(block, asOf).length === 0)
  const paired = usable.filter((block) =>
    usable.some((other) => other.pair === block.pair && other.arm !== block.arm),
  )
  const counted: Counted[] = paired.map((block) => ({
    block,
    tickets: tickets.filter((ticket) => isIn(block, ticket)),
  }))
  const left = blocks
    .filter((block) => !paired.includes(block))
    .map((block): LeftBlock => {
      const why = whyLeft(block, asOf)
      return { id: block.id, why: why.length === 0 ? ['pair-left-out'] : why }
    })
  return { counted, left }
}

export const pairsOf = (counted: readonly Counted[], service: string | null): readonly Pair[] => {
  const pairs = new Map<string, Pair>()
  for (const { block, tickets } of counted) {
    const wanted = service === null ? tickets : tickets.filter((ticket) => ticket.service === service)
    const known = pairs.get(block.pair) ?? { toss: block.toss, on: [], off: [] }
    pairs.set(block.pair, { ...known, [block.arm]: wanted })
  }
  return [...pairs.values()]
}
