/** Gives the entries of a batch their links in the chain; every store on every medium links the same way. */
import { digestOf, linkHash } from './chain.ts'
import type { Cell, PackedBatch } from './pack.ts'
import { type Head, StoreConflict, type StoredEntry } from './port.ts'

export interface LinkedBatch {
  readonly head: Head
  readonly entries: readonly StoredEntry[]
  /** seq, ord, at, task, visit, ticket, device, zone, digest, body */
  readonly decisions: readonly Cell[]
}

const packedColumns = 9
export const decisionColumns = 10

export const linkBatch = (head: Head, batch: PackedBatch): LinkedBatch => {
  if (head.epoch !== batch.epoch || head.seq !== batch.fromSeq)
    throw new StoreConflict(
      `The head of ${batch.branch} is ${head.epoch}/${head.seq}, not ${batch.epoch}/${batch.fromSeq}: ` +
        'another writer exists.',
    )
  const { decisions, reasons } = digestDecisions(batch.decisions)
  const { branch, epoch } = batch
  const entries: StoredEntry[] = []
  let last = head
  for (const packed of batch.entries) {
    // A gap, or a time that falls, would break the chain's promises; both are bugs of the sequencer.
    if (packed.seq !== last.seq + 1 || packed.at < last.at)
      throw new StoreConflict(
        `Entry ${packed.seq} at ${packed.at} does not follow ${last.seq} at ${last.at}.`,
      )
    const { seq, at, kind, device, cause, body } = packed
    const digest = digestOf(body)
    const link = {
      branch,
      epoch,
      seq,
      at,
      kind,
      device,
      cause,
      digest,
      reasons: reasonsDigest(reasons.get(seq)),
    }
    const hash = linkHash(last.hash, link)
    entries.push({ ...link, body, hash })
    last = { branch, epoch, seq, at, hash }
  }
  return { head: last, entries, decisions }
}

const digestDecisions = (cells: readonly Cell[]) => {
  const decisions: Cell[] = []
  const reasons = new Map<number, string>()
  for (let at = 0; at < cells.length; at += packedColumns) {
    const seq = cells[at] as number
    const body = cells[at + packedColumns - 1] as string
    const digest = digestOf(body)
    for (let i = 0; i < packedColumns - 1; i++) decisions.push(cells[at + i] as Cell)
    decisions.push(digest, body)
    reasons.set(seq, (reasons.get(seq) ?? '') + digest)
  }
  return { decisions, reasons }
}

/** Over the digests of an entry's records in their order; null when there are none. */
export const reasonsDigest = (digests: string | undefined): string | null =>
  digests === undefined ? null : digestOf(digests)
