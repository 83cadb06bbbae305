/**
 * The store of a hub. A commit is one record in the commit log, on disk when it resolves; a thread of the store's own
 * brings it into the database afterwards and answers whatever is asked. Decision 0013 says why.
 */
import { UsherError } from '#protocol/errors.ts'
import { createCommitLog } from './commit-log.ts'
import { createGuards } from './guards.ts'
import { type Lock, lockDirectory } from './lock.ts'
import { makePositionMemory, openPosition } from './log-position.ts'
import { defaultSegmentBytes } from './log-segment.ts'
import { packBatch } from './pack.ts'
import { StoreBroken, StoreFull } from './port.ts'
import { parseRowTexts } from './read.ts'
import { openLine, type StoreLine } from './store-line.ts'
import { createTurns } from './turns.ts'
import type { DurableStore } from './upkeep.ts'
import { createWitness } from './witness.ts'

export interface StoreSettings {
  readonly directory: string
  /** Of the commit log; twice so much can wait to be applied. */
  readonly segmentBytes?: number
  /** Opens a database that ends before what its note knows of: the missing work is given up, in a new epoch. */
  readonly acceptLoss?: boolean
}

/**
 * Opening goes on in the store's thread: what is wrong with the data, the first call hears.
 * @throws UsherError `store.locked` when another process uses the directory.
 */
export const createDurableStore = (settings: StoreSettings): DurableStore => {
  const lock = lockDirectory(settings.directory)
  try {
    return createOnLock(settings, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The log, the thread that follows it, and what tells that both are there. */
const startBoth = ({ directory, segmentBytes = defaultSegmentBytes, acceptLoss = false }: StoreSettings) => {
  const memory = makePositionMemory()
  const log = createCommitLog({
    directory,
    segmentBytes,
    position: openPosition(memory),
    line: () => line,
  })
  const line = openLine({
    settings: { directory, segmentBytes, acceptLoss, position: memory },
    onFull: () => log.noteFull(),
  })
  const opened = line.opened.then(
    () => log.open(),
    (error: unknown) => {
      throw openingFailure(error)
    },
  )
  // The first call is told why it failed; until then nobody is.
  opened.catch(() => undefined)
  return { log, line, opened }
}

const createOnLock = (settings: StoreSettings, lock: Lock): DurableStore => {
  const { log, line, opened } = startBoth(settings)
  const turns = createTurns()
  const guards = createGuards()
  const witness = createWitness(settings.directory, 'committed')

  /** What was erased in the database leaves the log too. */
  const erase = async <T>(work: Promise<T>): Promise<T> => {
    const erased = await work
    await log.scrub(turns)
    return erased
  }
  const close = async () => {
    await turns.take(() => line.call('settle')).catch(() => undefined)
    await line.call('close').catch(() => undefined)
    await line.ended
    log.close()
    witness.close()
    lock.release()
  }
  let closing: Promise<void> | null = null
  return {
    ...createQuestions(line),
    open: (branch) =>
      turns.take(async () => {
        await opened
        const { head, claims } = await line.call('openBranch', branch)
        guards.opened(head, claims)
        return head
      }),
    commit: async (batch) => {
      const packed = packBatch(batch)
      await turns.take(async () => {
        guards.check(packed)
        await log.append(packed)
        witness.note(guards.committed(packed))
      })
    },
    raiseEpoch: (branch) =>
      turns.take(async () => {
        const head = await line.call('raiseEpoch', branch)
        guards.raised(head)
        return head
      }),
    retain: (...request) => erase(line.call('retain', ...request)),
    eraseVisit: (...request) => erase(line.call('eraseVisit', ...request)),
    close: () => (closing ??= close()),
  }
}

/** A start that fails is told by its code, like every other error of a start. */
const openingFailure = (error: unknown): unknown => {
  if (error instanceof StoreFull) return new UsherError('store.full', error.message, { cause: error })
  return error instanceof StoreBroken
    ? new UsherError('store.broken', error.message, { cause: error })
    : error
}

type Question = Exclude<
  keyof DurableStore,
  'open' | 'commit' | 'raiseEpoch' | 'retain' | 'eraseVisit' | 'close'
>

const createQuestions = (line: StoreLine): Pick<DurableStore, Question> => ({
  load: async (branch) => parseRowTexts(await line.call('loadTexts', branch)),
  entries: (...request) => line.call('entries', ...request),
  decisions: (...request) => line.call('decisions', ...request),
  tasks: (...request) => line.call('tasks', ...request),
  verify: (...request) => line.call('verify', ...request),
  checkpoint: (branch) => line.call('checkpoint', branch),
  checkpoints: (branch) => line.call('checkpoints', branch),
  loadCheckpoint: (...request) => line.call('loadCheckpoint', ...request),
  hold: (...request) => line.call('hold', ...request),
  releaseHold: (...request) => line.call('releaseHold', ...request),
  holds: (branch) => line.call('holds', branch),
  aggregates: (...request) => line.call('aggregates', ...request),
  backup: (file) => line.call('backup', file),
  checkWhole: () => line.call('checkWhole'),
})
