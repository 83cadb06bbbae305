/** The store port on the store of a hub, and what only it does. */
import { createDurableStore } from '#hub/store/durable-store.ts'
import { describeStore } from './conformance.ts'
import { makeDirectory } from './directory.ts'

describeStore('the commit log and SQLite', async () => {
  const directory = makeDirectory()
  let store = createDurableStore({ directory: directory.path })
  return {
    store,
    reopen: async () => {
      await store.close()
      store = createDurableStore({ directory: directory.path })
      return store
    },
    end: async () => {
      await store.close()
      directory.remove()
    },
  }
})
