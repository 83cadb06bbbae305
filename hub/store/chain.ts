/**
 * Each entry's link covers the link before it and the digest of its body, not the body: a body can be erased for
 * privacy and the chain still proves that nothing was edited, removed, added or moved.
 */
import { hash } from 'node:crypto'
import type { StoredEntry, Verdict } from './port.ts'

export const firstHash = '0'.repeat(64)

export const digestOf = (body: string): string => hash('sha256', body, 'hex')

export interface Link {
  readonly branch: string
  readonly epoch: number
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly device: string | null
  readonly cause: string | null
  readonly digest: string
  readonly reasons: string | null
}

/** Parts that could hold a line feed are closed off by JSON.stringify. */
export const linkHash = (previous: string, link: Link): string =>
  hash(
    'sha256',
    `${previous}\n${link.branch}\n${link.epoch}\n${link.seq}\n${link.at}\n${link.kind}\n${link.digest}\n` +
      `${link.reasons}\n${JSON.stringify(link.device)}\n${JSON.stringify(link.cause)}`,
    'hex',
  )

/** Walks a chain in pieces, so that a long journal is checked without holding it, or the hub, up. */
export interface ChainCheck {
  /** `otherFault` looks at what hangs on an entry besides its link. */
  next(entries: readonly StoredEntry[], otherFault?: (entry: StoredEntry) => string | null): void
  /** `tail` is the head the chain must end at; null when the range ended before it. */
  end(tail: { seq: number; hash: string; epoch: number } | null): Verdict
  readonly broken: boolean
}

export const createChainCheck = (start: { seq: number; hash: string }): ChainCheck => {
  let last = { seq: start.seq, hash: start.hash, epoch: 0 }
  let count = 0
  let erased = 0
  let broken: Verdict['broken'] = null

  const fault = (entry: StoredEntry): string | null => {
    if (entry.seq !== last.seq + 1) return `entry ${last.seq + 1} is missing`
    if (entry.epoch < last.epoch) return `epoch falls from ${last.epoch} to ${entry.epoch}`
    if (entry.body !== null && digestOf(entry.body) !== entry.digest)
      return 'the body does not fit its digest'
    if (linkHash(last.hash, entry) !== entry.hash) return 'the link does not fit the one before it'
    return null
  }
  return {
    next: (entries, otherFault) => {
      for (const entry of entries) {
        if (broken !== null) return
        const how = fault(entry) ?? otherFault?.(entry) ?? null
        if (how !== null) {
          broken = { seq: how.endsWith('is missing') ? last.seq + 1 : entry.seq, how }
          return
        }
        count++
        if (entry.body === null) erased++
        last = { seq: entry.seq, hash: entry.hash, epoch: entry.epoch }
      }
    },
    end: (tail) => {
      if (broken === null && tail !== null) broken = tailFault(last, tail)
      return { ok: broken === null, entries: count, erased, broken }
    },
    get broken() {
      return broken !== null
    },
  }
}

const tailFault = (
  last: { seq: number; hash: string; epoch: number },
  tail: { seq: number; hash: string; epoch: number },
): Verdict['broken'] => {
  if (last.seq < tail.seq) return { seq: last.seq + 1, how: `the tail up to entry ${tail.seq} is missing` }
  if (last.seq > tail.seq) return { seq: tail.seq + 1, how: 'there are entries after the head' }
  if (last.hash !== tail.hash) return { seq: tail.seq, how: 'the last link does not fit the head' }
  return last.epoch > tail.epoch ? { seq: tail.seq, how: 'the head has a lower epoch than its entry' } : null
}
