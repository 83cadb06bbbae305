/** What must hold before a batch is written down: checked in memory, because afterwards it is acknowledged. */
import type { PackedBatch } from './pack.ts'
import { type Head, StoreConflict } from './port.ts'

export interface Guards {
  /** The branch is at this head and holds these claims. */
  opened(head: Head, claims: readonly string[]): void
  raised(head: Head): void
  /** @throws StoreConflict: another writer, a bug of the sequencer, or a claim taken twice. */
  check(batch: PackedBatch): void
  /** The batch is on disk. @returns how far the branch is now. */
  committed(batch: PackedBatch): { branch: string; epoch: number; seq: number }
}

interface Place {
  epoch: number
  seq: number
  at: number
  readonly claims: Set<string>
}

export const createGuards = (): Guards => {
  const places = new Map<string, Place>()
  const placeOf = (branch: string): Place => {
    const place = places.get(branch)
    if (place === undefined) throw new StoreConflict(`The branch ${branch} was never opened.`)
    return place
  }
  return {
    opened: ({ branch, epoch, seq, at }, claims) => {
      places.set(branch, { epoch, seq, at, claims: new Set(claims) })
    },
    raised: ({ branch, epoch }) => {
      placeOf(branch).epoch = epoch
    },
    check: (batch) => {
      const place = placeOf(batch.branch)
      checkHead(place, batch)
      checkClaims(place.claims, batch)
    },
    committed: (batch) => {
      const { branch, epoch, entries } = batch
      const place = placeOf(branch)
      const last = entries.at(-1)
      if (last !== undefined) {
        place.seq = last.seq
        place.at = last.at
      }
      for (const key of batch.claimsDropped) place.claims.delete(key)
      for (let at = 0; at < batch.claimsAdded.length; at += 2)
        place.claims.add(batch.claimsAdded[at] as string)
      return { branch, epoch, seq: place.seq }
    },
  }
}

const checkHead = (place: Place, { branch, epoch, fromSeq, entries }: PackedBatch) => {
  if (place.epoch !== epoch || place.seq !== fromSeq)
    throw new StoreConflict(
      `The head of ${branch} is ${place.epoch}/${place.seq}, not ${epoch}/${fromSeq}: another writer exists.`,
    )
  // The log tells by its entries what a batch holds: without one it could not be told whether it is applied.
  if (entries.length === 0) throw new StoreConflict(`A batch of ${branch} holds no entry.`)
  let { seq, at } = place
  for (const entry of entries) {
    // A gap, or a time that falls, would break the chain's promises; both are bugs of the sequencer.
    if (entry.seq !== seq + 1 || entry.at < at)
      throw new StoreConflict(`Entry ${entry.seq} at ${entry.at} does not follow ${seq} at ${at}.`)
    ;({ seq, at } = entry)
  }
}

const checkClaims = (claims: ReadonlySet<string>, batch: PackedBatch) => {
  for (let at = 0; at < batch.claimsAdded.length; at += 2) {
    const key = batch.claimsAdded[at] as string
    if (claims.has(key)) throw new StoreConflict(`The claim ${key} exists already.`)
  }
  for (const [, key] of batch.claimsChanged)
    if (!claims.has(key)) throw new StoreConflict(`The claim ${key} is held in memory but not in the store.`)
}
