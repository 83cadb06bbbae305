/** The hub's end of the line to the store's thread. */
import module from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DatabaseSide } from './database-side.ts'
import { StoreBroken } from './port.ts'
import {
  openingId,
  raiseError,
  type StoreAnswer,
  type StoreCall,
  type StoreMethod,
  wakeUp,
} from './worker-calls.ts'
import type { WorkerSettings } from './worker-thread.ts'

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

export interface StoreLine {
  /** The database is open; rejects with why it could not be. */
  readonly opened: Promise<void>
  call<M extends StoreMethod>(method: M, ...args: Parameters<DatabaseSide[M]>): ReturnType<DatabaseSide[M]>
  wake(): void
  /** Why nothing more can be committed. */
  readonly failure: Error | null
  /** The thread has ended and let go of the data directory. */
  readonly ended: Promise<void>
}

export interface LineParts {
  readonly settings: WorkerSettings
  /** What is committed could not be brought into the database for want of room. */
  readonly onFull: () => void
}

/** Batches pass through it and leave nothing; left alone, V8 gives such a thread 48 MB. */
const maxYoungGenerationSizeMb = 12

/** As it was named when it was switched on: Node puts a folder for its version into it. */
const compiledFolder = (): string | undefined => {
  const folder = module.getCompileCacheDir()
  return folder === undefined ? undefined : dirname(folder)
}

export const openLine = ({ settings, onFull }: LineParts): StoreLine => {
  const worker = new Worker(new URL('./worker-entry.ts', import.meta.url), {
    workerData: { ...settings, compiled: compiledFolder() },
    resourceLimits: { maxYoungGenerationSizeMb },
  })
  const waiting = new Map<number, Waiting>()
  const ended = Promise.withResolvers<void>()
  let failure: Error | null = null
  let isGone = false
  let last = openingId
  const wait = (id: number) => new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))

  /** Whatever ended the thread, nobody knows what it wrote last: for the hub that is a broken store. */
  const end = (reason: string) => {
    isGone = true
    failure ??= new StoreBroken(reason)
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
    ended.resolve()
  }
  worker.on('message', (answer: StoreAnswer) => {
    if ('news' in answer) {
      if (answer.news === 'full') onFull()
      else failure ??= raiseError(answer.error)
      return
    }
    const waiter = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) {
      const error = raiseError(answer.error)
      // A database that could not be opened is what every later call is told of.
      if (answer.id === openingId) failure = error
      waiter?.reject(error)
    } else waiter?.resolve(answer.value)
  })
  worker.on('error', (error: unknown) => end(`the store's thread failed: ${String(error)}`))
  worker.on('exit', () => end("the store's thread has ended"))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  const post = (message: StoreCall | typeof wakeUp) => worker.postMessage(message)
  return {
    opened: wait(openingId) as Promise<void>,
    call: (method, ...args) => {
      if (isGone) return Promise.reject(failure) as ReturnType<DatabaseSide[typeof method]>
      const id = ++last
      const answer = wait(id)
      post({ id, method, args })
      return answer as ReturnType<DatabaseSide[typeof method]>
    },
    wake: () => post(wakeUp),
    get failure() {
      return failure
    },
    ended: ended.promise,
  }
}
