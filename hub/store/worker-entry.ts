/** Where the store's thread begins: what the hub's thread has compiled and kept counts for this one too, once it is told. */
import module from 'node:module'
import { workerData } from 'node:worker_threads'

/** The start is through by then. */
const keepAfterMs = 5_000

const { compiled } = workerData as { compiled: string | undefined }
if (compiled !== undefined) {
  module.enableCompileCache(compiled)
  setTimeout(() => module.flushCompileCache(), keepAfterMs).unref()
}
await import('./worker-thread.ts')
