/**
 * What a page keeps, in the browser's own database: each write is on the disk before it counts, which the simpler
 * `localStorage` cannot promise (a browser writes that some seconds later). It also keeps keys that no script can read.
 */
import { answerOf, keptBy, openDatabase } from './page-database.ts'

export interface PageStore {
  get(key: string): Promise<unknown>
  /** On the disk when it resolves. */
  put(key: string, value: unknown): Promise<void>
}

const databaseName = 'usher'
const boxName = 'kept'

/** @throws UsherError `adapter.memory` */
export const openPageStore = async (): Promise<PageStore> => {
  const database = await openDatabase(databaseName, (made) => void made.createObjectStore(boxName))
  return {
    get: async (key) => answerOf(database.transaction(boxName, 'readonly').objectStore(boxName).get(key)),
    put: async (key, value) => {
      const writing = database.transaction(boxName, 'readwrite', { durability: 'strict' })
      writing.objectStore(boxName).put(value, key)
      await keptBy(writing)
    },
  }
}
