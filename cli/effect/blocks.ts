/** Which blocks count, who counts in them, and which block is compared with which. */
import type { MeasuredBlock, MeasuredTicket, Measurement } from './measurement.ts'

/** Tickets of a block are waited for so long after it. */
const settleMs = 3_600_000

export interface Counted {
  readonly block: MeasuredBlock
  readonly tickets: readonly MeasuredTicket[]
}

export interface Pair {
  readonly toss: string
  readonly on: readonly MeasuredTicket[]
  readonly off: readonly MeasuredTicket[]
}

/** Why a block is left out, or undefined. */
const whyLeft = (block: MeasuredBlock, asOf: number): string | undefined =>
  block.invalid.length > 0
    ? block.invalid.join(', ')
    : block.until + settleMs > asOf
      ? 'its visitors may still be there'
      : undefined

const isIn = ({ from, until, burnInMs }: MeasuredBlock, { issuedAt }: MeasuredTicket) =>
  issuedAt >= from + burnInMs && issuedAt < until

export const sift = ({ blocks, tickets }: Measurement, asOf: number) => {
  const usable = blocks.filter((block) => whyLeft(block, asOf) === undefined)
  const paired = usable.filter((block) =>
    usable.some((other) => other.pair === block.pair && other.arm !== block.arm),
  )
  const counted: Counted[] = paired.map((block) => ({
    block,
    tickets: tickets.filter((ticket) => isIn(block, ticket)),
  }))
  const left = blocks
    .filter((block) => !paired.includes(block))
    .map((block) => ({
      id: block.id,
      why: whyLeft(block, asOf) ?? 'the block it is compared with is left out',
    }))
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
