/** The store's own thread: it follows the commit log into the database and answers calls. */
import { parentPort, workerData } from 'node:worker_threads'
import { type DatabaseSettings, type DatabaseSide, openDatabaseSide } from './database-side.ts'
import { openPosition } from './log-position.ts'
import { StoreFull } from './port.ts'
import { flattenError, openingId, type StoreAnswer, type StoreCall, wakeUp } from './worker-calls.ts'

export interface WorkerSettings extends DatabaseSettings {
  readonly position: SharedArrayBuffer
}

/** What comes within so long shares a transaction; decision 0013 has the measurements. */
const gatherMs = 100
/** Without a commit for so long, the moment counts as quiet. */
const quietMs = 300

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const answer = (message: StoreAnswer) => parentPort?.postMessage(message)

const serve = async (side: DatabaseSide, call: StoreCall): Promise<void> => {
  try {
    const method = side[call.method] as (...args: readonly unknown[]) => Promise<unknown>
    const value = await method(...call.args)
    answer({ id: call.id, value })
  } catch (error) {
    answer({ id: call.id, error: flattenError(error) })
  }
  // Nothing may follow a close; without a listener the thread ends.
  if (call.method === 'close') parentPort?.close()
}

/** After a failure it sleeps: whoever commits next hears of it, and tries again when that makes sense. */
const createFollower = (side: DatabaseSide) => {
  let timer: NodeJS.Timeout | undefined
  const later = (ms: number, work: () => Promise<void>) => {
    clearTimeout(timer)
    timer = setTimeout(() => void work().catch(tell), ms)
    timer.unref()
  }
  const tell = (error: unknown) =>
    answer(error instanceof StoreFull ? { news: 'full' } : { news: 'failed', error: flattenError(error) })
  const follow = async () => {
    if (await side.follow()) later(gatherMs, follow)
    else later(quietMs, side.rest)
  }
  return { wake: () => later(gatherMs, follow) }
}

try {
  const settings = workerData as WorkerSettings
  const side = openDatabaseSide(settings, openPosition(settings.position))
  const follower = createFollower(side)
  parentPort?.on('message', (message: StoreCall | typeof wakeUp) => {
    if (message === wakeUp) follower.wake()
    else void serve(side, message)
  })
  answer({ id: openingId, value: null })
} catch (error) {
  answer({ id: openingId, error: flattenError(error) })
}
