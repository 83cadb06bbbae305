/** What is on record under one name, oldest first, in pages small enough to leave the hub free between them. */
import { dayMs } from '#protocol/local-time.ts'
import type { StoredDecision } from '../../store/port.ts'
import type { MethodParts } from './method.ts'

/** The store gives at most so many at a time, the newest of them. */
const pageMax = 5_000
/** A page of less time than this is taken as it is. */
const stepMinMs = 60_000

export async function* keptUnder(
  { branch, store }: Pick<MethodParts, 'branch' | 'store'>,
  { id, from, to }: { id: string; from: number; to: number },
): AsyncGenerator<StoredDecision> {
  let stepMs = dayMs
  for (let at = from; at <= to; ) {
    const until = Math.min(to, at + stepMs - 1)
    const page = await store.decisions(branch, { task: id, from: at, to: until, limit: pageMax })
    if (page.length === pageMax && stepMs > stepMinMs) {
      stepMs /= 2
      continue
    }
    yield* page
    at = until + 1
  }
}
