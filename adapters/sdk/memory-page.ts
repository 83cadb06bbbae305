/** The memory of an adapter in a browser: one entry of the page's database, written through at every record. */
import { condensed, type Memory, MemoryRecord } from './memory.ts'
import type { PageStore } from './page-store.ts'

/** Each write carries all of them, and must stay short. */
const recordsMax = 500

/** @throws UsherError `adapter.memory` */
export const openPageMemory = async (store: PageStore, key: string): Promise<Memory> => {
  const known = await store.get(key)
  let records = Array.isArray(known) ? known.flatMap((one) => MemoryRecord.safeParse(one).data ?? []) : []
  let last: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  /** What comes while one write is under way goes out together: a flood must not queue up before the next task. */
  const flush = (): Promise<void> => {
    const write = () => {
      next = undefined
      return store.put(key, records)
    }
    // A write that failed is complained of by those who waited for it.
    next ??= last = last.then(write, write)
    return next
  }
  return {
    earlier: () => [...records],
    write(record) {
      const next = [...records, record]
      records = next.length > recordsMax ? condensed(next) : next
      return flush()
    },
    close: () => {},
  }
}
