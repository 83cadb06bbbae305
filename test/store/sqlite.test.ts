/** The store port on SQLite. */
import { createSqliteStore } from '#hub/store/sqlite.ts'
import { describeStore } from './conformance.ts'
import { makeDirectory } from './directory.ts'

describeStore('SQLite', async () => {
  const directory = makeDirectory()
  let store = createSqliteStore({ directory: directory.path })
  return {
    store,
    reopen: async () => {
      await store.close()
      store = createSqliteStore({ directory: directory.path })
      return store
    },
    end: async () => {
      await store.close()
      directory.remove()
    },
  }
})
