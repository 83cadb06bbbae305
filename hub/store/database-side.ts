/**
 * The store's own thread: the database of a branch, built on SQLite, which follows the commit log and answers every
 * question with all of it in sight.
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { type Ahead, lookAhead } from './ahead.ts'
import { type Applier, createApplier, recover } from './apply.ts'
import { writeBackup } from './backup.ts'
import { listCheckpoints, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { databaseFile, openDirectory } from './database.ts'
import { eraseVisitSteps } from './erase-visit.ts'
import { storeFailure } from './failures.ts'
import { dropHold, listHolds, setHold } from './holds.ts'
import { findFaults } from './integrity.ts'
import type { LogPosition } from './log-position.ts'
import { createLogReader, findLogged } from './log-reader.ts'
import { laySegments, segmentFile, zeroFile } from './log-segment.ts'
import { addBranch, type OpenedBranch, openBranch, raiseEpoch } from './open-branch.ts'
import { StoreBroken, StoreFull, type Verdict } from './port.ts'
import {
  readAggregates,
  readDecisions,
  readEntries,
  readHead,
  readHeads,
  readRowTexts,
  readTasks,
} from './read.ts'
import { retainSteps } from './retention.ts'
import { type DurableStore, defaultRetention } from './upkeep.ts'
import { verifyChain, verifyChainNow } from './verify.ts'
import { createWriteAheadLog, type WriteAheadLog } from './wal.ts'
import { createWitness } from './witness.ts'
import { createWriter } from './write.ts'

export interface DatabaseSettings {
  readonly directory: string
  readonly segmentBytes: number
  readonly acceptLoss: boolean
}

export interface DatabaseSide extends Omit<DurableStore, 'open' | 'load' | 'commit'> {
  openBranch(branch: string): Promise<OpenedBranch>
  /** What `load` reads, not yet parsed. */
  loadTexts(branch: string): Promise<readonly string[]>
  /** Everything committed so far is in the database when it resolves. */
  settle(): Promise<void>
  /** Overwrites a segment that holds nothing new any more. */
  zero(lap: number): Promise<void>
  /** Takes what has come in since into the database. @returns whether there was something. */
  follow(): Promise<boolean>
  /** Nothing more is expected for a while. */
  rest(): Promise<void>
}

/** Runs work on the database and turns SQLite's errors into the port's. */
type Run = <T>(work: () => T) => Promise<T>

/** Opens the database and applies what the log holds; the log then begins a new lap. */
export const openDatabaseSide = (settings: DatabaseSettings, position: LogPosition): DatabaseSide => {
  const { directory, segmentBytes, acceptLoss } = settings
  const db = openDirectory(directory)
  try {
    const writer = createWriter(db)
    const { batches, lap } = findLogged(directory, acceptLoss)
    const wal = createWriteAheadLog(db, directory)
    recover(db, writer, batches)
    // A hub that was killed may have left there what only the segment about to be overwritten has on disk.
    wal.sync()
    laySegments(directory, segmentBytes)
    position.begin(lap + 1)
    const witness = createWitness(directory, 'applied')
    const log = createLogReader(directory, position)
    const applier = createApplier({ db, writer, log, witness, wal })
    const ahead = lookAhead(db, position, settings)
    return {
      ...createParts({ db, applier, settings, position, ahead, wal }),
      close: async () => {
        if (db.isOpen) db.close()
        wal.close()
        witness.close()
      },
    }
  } catch (error) {
    db.close()
    throw storeFailure(error)
  }
}

interface Parts {
  readonly db: DatabaseSync
  readonly applier: Applier
  readonly settings: DatabaseSettings
  readonly position: LogPosition
  readonly ahead: Ahead
  readonly wal: WriteAheadLog
}

const createParts = (parts: Parts): Omit<DatabaseSide, 'close'> => {
  const { db, applier, settings, position, ahead, wal } = parts
  const { directory } = settings
  const run = createRun()
  const settle = () => {
    applier.settle()
    wal.look()
  }
  const write = <T>(work: () => T) =>
    run(() => {
      settle()
      return work()
    })
  return {
    ...createQuestions({ db, applier, ahead, run }),
    ...createUpkeep({ db, applier, directory, run, write, wal }),
    openBranch: (branch) =>
      run(() => {
        const ready = ahead.opened(branch)
        if (ready !== undefined) return ready
        if (readHead(db, branch) === undefined) addBranch(db, branch)
        const open = () => openBranch(db, branch, settings)
        return settings.acceptLoss ? open() : applier.read(open)
      }),
    raiseEpoch: (branch) =>
      write(() => {
        ahead.forget()
        return raiseEpoch(db, branch)
      }),
    settle: () => run(settle),
    follow: () =>
      run(() => {
        try {
          const place = applier.settle()
          wal.look()
          return !position.sleep(place)
        } catch (error) {
          position.giveUp()
          throw error
        }
      }),
    rest: () => run(() => wal.copy()),
    zero: (lap) => write(() => zeroFile(segmentFile(directory, lap), settings.segmentBytes)),
  }
}

/** After a failed write or sync nothing more is written: what is on disk is unknown. */
const createRun = (): Run => {
  let broken: Error | null = null
  return async (work) => {
    if (broken !== null) throw broken
    try {
      return work()
    } catch (error) {
      const failure = storeFailure(error)
      if (failure instanceof StoreBroken) broken = failure
      throw failure
    }
  }
}

interface QuestionParts extends Pick<Parts, 'db' | 'applier' | 'ahead'> {
  readonly run: Run
}

const createQuestions = ({
  db,
  applier,
  ahead,
  run,
}: QuestionParts): Pick<
  DatabaseSide,
  | 'loadTexts'
  | 'entries'
  | 'decisions'
  | 'tasks'
  | 'verify'
  | 'checkWhole'
  | 'checkpoints'
  | 'loadCheckpoint'
  | 'holds'
  | 'aggregates'
> => {
  const ask = <T>(question: () => T) => run(() => applier.read(question))
  /** A long walk lets others in between; with a full disk it is made in one go, and nothing of it is kept. */
  const walkOrAsk = async <T>(walk: () => Promise<T>, question: () => T): Promise<T> => {
    try {
      await run(() => applier.settle())
    } catch (error) {
      if (error instanceof StoreFull) return ask(question)
      throw error
    }
    return walk()
  }
  return {
    loadTexts: (branch) => ask(() => ahead.texts(branch) ?? readRowTexts(db, branch)),
    entries: (branch, range) => ask(() => readEntries(db, branch, range)),
    decisions: (branch, query) => ask(() => readDecisions(db, branch, query)),
    tasks: (branch, query) => ask(() => readTasks(db, branch, query)),
    checkpoints: (branch) => ask(() => listCheckpoints(db, branch)),
    loadCheckpoint: (branch, seq) => ask(() => readCheckpoint(db, branch, seq)),
    holds: (branch) => ask(() => listHolds(db, branch)),
    aggregates: (branch, range) => ask(() => readAggregates(db, branch, range)),
    verify: (branch, range) =>
      walkOrAsk(
        () => verifyChain(db, branch, range),
        () => verifyChainNow(db, branch, range),
      ),
    checkWhole: () =>
      walkOrAsk(
        async () => {
          const faults = await run(() => findFaults(db))
          const chains: Record<string, Verdict> = {}
          for (const { branch } of await run(() => readHeads(db)))
            chains[branch] = await verifyChain(db, branch)
          return judge(faults, chains)
        },
        () => {
          const chains = readHeads(db).map(({ branch }) => [branch, verifyChainNow(db, branch)] as const)
          return judge(findFaults(db), Object.fromEntries(chains))
        },
      ),
  }
}

const judge = (faults: readonly string[], chains: Readonly<Record<string, Verdict>>) => ({
  ok: faults.length === 0 && Object.values(chains).every(({ ok }) => ok),
  faults,
  chains,
})

interface UpkeepParts {
  readonly db: DatabaseSync
  readonly applier: Applier
  readonly directory: string
  readonly run: Run
  /** With everything committed applied before. */
  readonly write: Run
  readonly wal: { empty(): void }
}

const createUpkeep = ({
  db,
  directory,
  run,
  write,
  wal,
}: UpkeepParts): Pick<
  DatabaseSide,
  'checkpoint' | 'retain' | 'eraseVisit' | 'hold' | 'releaseHold' | 'backup'
> => {
  /** One step at a time, so that other work finds its way in between; and nothing erased stays in SQLite's log. */
  const erase = async <T>(steps: Generator<undefined, T>): Promise<T> => {
    for (;;) {
      const next = await write(() => steps.next())
      if (next.done === true) {
        await run(() => wal.empty())
        return next.value
      }
      await setImmediate()
    }
  }
  return {
    checkpoint: (branch) => write(() => writeCheckpoint(db, branch)),
    retain: (branch, now, settings = defaultRetention) => erase(retainSteps(db, branch, { now, settings })),
    eraseVisit: (branch, visit) => erase(eraseVisitSteps(db, branch, visit)),
    hold: (branch, hold) => write(() => setHold(db, branch, hold)),
    releaseHold: (branch, id) => write(() => dropHold(db, branch, id)),
    backup: async (file) => {
      await write(() => undefined)
      // An error here is one of the target's disk as often as not; it does not break the store.
      await writeBackup(databaseFile(directory), file)
    },
  }
}
