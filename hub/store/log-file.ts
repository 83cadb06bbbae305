/**
 * Moves the write-ahead log into the database without making commits wait: a thread of its own copies most of it
 * while they go on, and the writer copies the short rest, after which SQLite begins the log anew. A bound keeps the
 * log from filling the disk should the thread fall behind.
 */
import type { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { StoreBroken } from './port.ts'

export interface LogFile {
  settle(): { pages: number; left: number }
  /** Called after each commit. */
  look(): void
  close(): Promise<void>
}

export interface LogLimits {
  /** The thread is asked to copy from here on. */
  readonly helpBytes: number
  /** The writer copies everything itself. */
  readonly boundBytes: number
}

/** 8 MiB: some thousand pages, a few milliseconds of copying. 64 MiB: what the disk can always spare. */
export const defaultLogLimits: LogLimits = { helpBytes: 8 * 1024 * 1024, boundBytes: 64 * 1024 * 1024 }

const commitsBetweenLooks = 16
const pageBytes = 4096

export const createLogFile = (db: DatabaseSync, file: string, limits: LogLimits): LogFile => {
  const passive = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  const count = db.prepare('PRAGMA wal_checkpoint(NOOP)')
  const helper = createHelper(file)
  let commits = 0
  const settle = () => {
    const { log, checkpointed } = passive.get() as unknown as LogPages
    return { pages: checkpointed, left: log - checkpointed }
  }
  return {
    settle,
    look: () => {
      commits = (commits + 1) % commitsBetweenLooks
      if (commits !== 0) return
      const { log, checkpointed } = count.get() as unknown as LogPages
      if (log === checkpointed) return
      if (log * pageBytes > limits.boundBytes || helper.copied()) settle()
      else if ((log - checkpointed) * pageBytes > limits.helpBytes) helper.ask()
    },
    close: () => helper.close(),
  }
}

interface LogPages {
  readonly log: number
  readonly checkpointed: number
}

interface Helper {
  ask(): void
  /** True once after each copy. Throws when the thread failed to write: so would the next commit. */
  copied(): boolean
  close(): Promise<void>
}

const createHelper = (file: string): Helper => {
  let thread: Worker | null = null
  let state: 'idle' | 'copying' | 'copied' = 'idle'
  let failure: StoreBroken | null = null

  const start = (): Worker => {
    const made = new Worker(new URL('./log-thread.ts', import.meta.url), { workerData: file })
    // A hub that ends need not wait for a copy that the next start would make.
    made.unref()
    made.on('message', () => {
      state = 'copied'
    })
    made.on('error', (error: unknown) => {
      failure = new StoreBroken(`the write-ahead log could not be copied: ${String(error)}`, { cause: error })
    })
    return made
  }
  return {
    ask: () => {
      if (state !== 'idle') return
      thread ??= start()
      state = 'copying'
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      thread.postMessage('copy')
    },
    copied: () => {
      if (failure !== null) throw failure
      if (state !== 'copied') return false
      state = 'idle'
      return true
    },
    close: async () => {
      await thread?.terminate()
    },
  }
}
