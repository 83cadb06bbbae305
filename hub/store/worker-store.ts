/**
 * The same store in a thread of its own: batches are made flat here and handed over, so that neither hashing nor the
 * disk's sync holds up the hub's event loop.
 */
import { Worker } from 'node:worker_threads'
import { packBatch } from './pack.ts'
import { StoreBroken } from './port.ts'
import { parseRowTexts } from './read.ts'
import type { SqliteSettings } from './sqlite.ts'
import type { DurableStore } from './upkeep.ts'
import { openingId, raiseError, type StoreAnswer, type StoreCall, type StoreMethod } from './worker-calls.ts'

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

interface Line {
  call(method: StoreMethod, args: readonly unknown[]): Promise<unknown>
  readonly opened: Promise<unknown>
  /** The thread has ended and let go of the data directory. */
  readonly ended: Promise<void>
}

/** Resolves once the database is open; rejects with the same errors as `createSqliteStore` throws. */
export const createWorkerStore = async (settings: SqliteSettings): Promise<DurableStore> => {
  const worker = new Worker(new URL('./worker-thread.ts', import.meta.url), { workerData: settings })
  const line = openLine(worker)
  await line.opened
  const method =
    <M extends StoreMethod>(name: M) =>
    (...args: Parameters<DurableStore[M & keyof DurableStore]>) =>
      line.call(name, args) as ReturnType<DurableStore[M & keyof DurableStore]>
  let closing: Promise<void> | null = null
  return {
    commit: async (batch) => {
      await line.call('commitPacked', [packBatch(batch)])
    },
    open: method('open'),
    load: async (branch) => parseRowTexts((await line.call('loadTexts', [branch])) as readonly string[]),
    raiseEpoch: method('raiseEpoch'),
    entries: method('entries'),
    decisions: method('decisions'),
    tasks: method('tasks'),
    verify: method('verify'),
    checkpoint: method('checkpoint'),
    checkpoints: method('checkpoints'),
    loadCheckpoint: method('loadCheckpoint'),
    retain: method('retain'),
    eraseVisit: method('eraseVisit'),
    hold: method('hold'),
    releaseHold: method('releaseHold'),
    holds: method('holds'),
    aggregates: method('aggregates'),
    backup: method('backup'),
    settleLog: method('settleLog'),
    checkWhole: method('checkWhole'),
    close: () => {
      closing ??= line.call('close', []).then(() => line.ended)
      return closing
    },
  }
}

const openLine = (worker: Worker): Line => {
  const waiting = new Map<number, Waiting>()
  const ended = Promise.withResolvers<undefined>()
  let gone: StoreBroken | null = null
  let last = openingId
  const wait = (id: number) => new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))

  /** Whatever ended the thread, nobody knows what it wrote last: for the hub that is a broken store. */
  const end = (reason: string) => {
    gone ??= new StoreBroken(reason)
    for (const { reject } of waiting.values()) reject(gone)
    waiting.clear()
    ended.resolve(undefined)
  }
  worker.on('message', (answer: StoreAnswer) => {
    const waiter = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) waiter?.reject(raiseError(answer.error))
    else waiter?.resolve(answer.value)
  })
  worker.on('error', (error: unknown) => end(`the store's thread failed: ${String(error)}`))
  worker.on('exit', () => end("the store's thread has ended"))
  return {
    call: (method, args) => {
      if (gone !== null) return Promise.reject(gone)
      const call: StoreCall = { id: ++last, method, args }
      const answer = wait(call.id)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(call)
      return answer
    },
    opened: wait(openingId),
    ended: ended.promise,
  }
}
