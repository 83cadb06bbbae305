/** The commit log as the hub's thread sees it: appends, waits where it must, and keeps the one who applies it awake. */
import { batchText } from './batch-text.ts'
import type { LogPosition } from './log-position.ts'
import { segmentCount } from './log-segment.ts'
import { createLogWriter, type LogWriter } from './log-writer.ts'
import type { PackedBatch } from './pack.ts'
import { StoreBroken } from './port.ts'
import type { StoreLine } from './store-line.ts'
import type { Turns } from './turns.ts'

export interface CommitLog {
  /** Once the store's thread has read what an earlier life left. */
  open(): void
  /** @returns when it is on disk. */
  append(batch: PackedBatch): Promise<void>
  /** The database has no room: nothing more is taken until it has applied what it owes. */
  noteFull(): void
  /** Overwrites everything that is applied. */
  scrub(turns: Turns): Promise<void>
  close(): void
}

export interface CommitLogParts {
  readonly directory: string
  readonly segmentBytes: number
  readonly position: LogPosition
  readonly line: () => StoreLine
}

export const createCommitLog = ({ directory, segmentBytes, position, line }: CommitLogParts): CommitLog => {
  let writer: LogWriter | null = null
  let isFull = false
  let zeroing: Promise<unknown> = Promise.resolve()
  const writing = (): LogWriter => {
    if (writer === null) throw new StoreBroken('the store is not open')
    return writer
  }
  /** The segment of this lap held an earlier one. */
  const untilFree = async (lap: number) => {
    await zeroing
    if (position.appliedLap() <= lap - segmentCount) await line().call('settle')
  }
  return {
    open: () => {
      writer = createLogWriter({ directory, segmentBytes, position, untilFree })
    },
    append: async (batch) => {
      const { failure } = line()
      if (failure !== null) throw failure
      const to = writing()
      if (isFull) {
        await line().call('settle')
        isFull = false
      }
      if (await to.append(batchText(batch), batch.entries.length)) line().wake()
    },
    noteFull: () => {
      isFull = true
    },
    scrub: async (turns) => {
      const left = await turns.take(async () => {
        const { lap } = position.read()
        await untilFree(lap + 1)
        await line().call('zero', lap + 1)
        await writing().turnOver()
        return lap
      })
      const zeroed = line().call('zero', left)
      zeroing = zeroed.catch(() => undefined)
      await zeroed
    },
    close: () => writer?.close(),
  }
}
