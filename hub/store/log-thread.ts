/** Copies the write-ahead log into the database from a thread of its own, while commits go on. */
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

const db = new DatabaseSync(workerData as string, { timeout: 0 })
db.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0')
const copy = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')

parentPort?.on('message', () => {
  copy.get()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage('copied')
})
