/** The memory of an adapter in a browser: one entry of the page's database, written through at every record. */
import { condensed, type Memory, MemoryRecord } from './memory.ts'
import type { PageStore } from './page-store.ts'

/** Each write carries all of them, and must stay short. */
const recordsMax = 500

/** @throws UsherError `adapter.memory` */
export const openPageMemory = async (store: PageStore, key: string): Promise<Memory> => {
  const known = await store.get(key)
  let records = Array.isArray(known) ? known.flatMap((one) => MemoryRecord.safeParse(one).data ?? []) : []
  return {
    earlier: () => [...records],
    write(record) {
      const next = [...records, record]
      records = next.length > recordsMax ? condensed(next) : next
      return store.put(key, records)
    },
    close: () => {},
  }
}
