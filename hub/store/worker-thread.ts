/** The store's own thread: hashing, SQLite and the wait for the disk happen here, not in the hub's event loop. */
import { parentPort, workerData } from 'node:worker_threads'
import { createSqliteStore, type SqliteSettings, type SqliteStore } from './sqlite.ts'
import { flattenError, openingId, type StoreAnswer, type StoreCall } from './worker-calls.ts'

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const answer = (message: StoreAnswer) => parentPort?.postMessage(message)

const serve = async (store: SqliteStore, call: StoreCall): Promise<void> => {
  try {
    const method = store[call.method] as (...args: readonly unknown[]) => Promise<unknown>
    const value = await method(...call.args)
    answer({ id: call.id, value })
  } catch (error) {
    answer({ id: call.id, error: flattenError(error) })
  }
  // Nothing may follow a close; without a listener the thread ends.
  if (call.method === 'close') parentPort?.close()
}

try {
  const store = createSqliteStore(workerData as SqliteSettings)
  parentPort?.on('message', (call: StoreCall) => void serve(store, call))
  answer({ id: openingId, value: null })
} catch (error) {
  answer({ id: openingId, error: flattenError(error) })
}
