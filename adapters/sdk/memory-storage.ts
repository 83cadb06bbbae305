/** The memory of an adapter in a browser: one entry of the page's own storage, written through at every record. */
import { UsherError } from '#protocol/errors.ts'
import { condensed, type Memory, MemoryRecord } from './memory.ts'

/** What `localStorage` is, as far as it is needed. */
export interface PageStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** A storage holds about five megabytes; this many records are far less, and each write stays short. */
const recordsMax = 500

/** @throws UsherError `adapter.memory` */
export const openStorageMemory = (storage: PageStorage, key: string): Memory => {
  let records = readRecords(storage, key)
  return {
    earlier: () => [...records],
    write(record) {
      const next = [...records, record]
      const kept = next.length > recordsMax ? condensed(next) : next
      storage.setItem(key, JSON.stringify(kept))
      records = kept
    },
    close: () => {},
  }
}

const readRecords = (storage: PageStorage, key: string): MemoryRecord[] => {
  try {
    const known: unknown = JSON.parse(storage.getItem(key) ?? '[]')
    return Array.isArray(known) ? known.flatMap((one) => MemoryRecord.safeParse(one).data ?? []) : []
  } catch (error) {
    throw new UsherError('adapter.memory', `${key}: ${String(error)}`, { cause: error })
  }
}
