/**
 * What a screen keeps, in the browser's own database: its programme, and what it has shown. Where there is no database, a
 * screen keeps nothing and plays all the same.
 */

/** One showing. `ended` null: it goes on, or the page died with it. */
export interface Play {
  readonly n: number
  readonly item: string
  readonly version?: number
  readonly task?: string
  readonly mandatory?: boolean
  /** By this computer's clock. */
  readonly startedMs: number
  readonly shownForMs: number
  readonly ended: 'finished' | 'interrupted' | 'failed' | null
}

export interface Box {
  get(name: string): Promise<unknown>
  /** @param isLasting whether it must outlive a power cut of the very next moment */
  put(name: string, value: unknown, isLasting?: boolean): Promise<void>
  /** A new one, on the disk when it resolves. */
  addPlay(play: Play): Promise<void>
  changePlay(play: Play): Promise<void>
  /** The highest number there ever was: rows go once the hub has them, and no number is given twice. */
  lastPlay(): Promise<number>
  /** The oldest first. */
  plays(most: number): Promise<readonly Play[]>
  countPlays(): Promise<number>
  dropPlays(upTo: number): Promise<void>
  dropPlay(n: number): Promise<void>
}

const databaseName = 'usher-screen'
const kept = 'kept'
const plays = 'plays'
const lastName = 'last-play'

const resultOf = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(asked.error))
  })

const doneWith = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    for (const name of ['error', 'abort'] as const)
      transaction.addEventListener(name, () => reject(transaction.error))
  })

type Durability = 'strict' | 'relaxed'

/** @throws where the browser has none, or cannot open it */
export const openBox = async (): Promise<Box> => {
  const asked = indexedDB.open(databaseName, 1)
  asked.addEventListener('upgradeneeded', () => {
    asked.result.createObjectStore(kept)
    asked.result.createObjectStore(plays, { keyPath: 'n' })
  })
  const database = await resultOf(asked)
  const write = (
    names: readonly string[],
    work: (transaction: IDBTransaction) => void,
    durability: Durability = 'strict',
  ): Promise<void> => {
    const transaction = database.transaction([...names], 'readwrite', { durability })
    work(transaction)
    return doneWith(transaction)
  }
  const read = (name: string) => database.transaction(name, 'readonly').objectStore(name)
  return {
    get: (name) => resultOf(read(kept).get(name) as IDBRequest<unknown>),
    put: (name, value, isLasting = true) =>
      write(
        [kept],
        (writing) => writing.objectStore(kept).put(value, name),
        isLasting ? 'strict' : 'relaxed',
      ),
    addPlay: (play) =>
      write([kept, plays], (writing) => {
        writing.objectStore(plays).put(play)
        writing.objectStore(kept).put(play.n, lastName)
      }),
    changePlay: (play) => write([plays], (writing) => writing.objectStore(plays).put(play)),
    lastPlay: async () => {
      const last = (await resultOf(read(kept).get(lastName))) as unknown
      return typeof last === 'number' ? last : 0
    },
    plays: (most) => resultOf(read(plays).getAll(null, most) as IDBRequest<Play[]>),
    countPlays: () => resultOf(read(plays).count()),
    dropPlays: (upTo) =>
      write([plays], (writing) => writing.objectStore(plays).delete(IDBKeyRange.upperBound(upTo))),
    dropPlay: (n) => write([plays], (writing) => writing.objectStore(plays).delete(n)),
  }
}

export const openFleetingBox = (): Box => {
  const values = new Map<string, unknown>()
  const rows = new Map<number, Play>()
  let last = 0
  const putPlay = async (play: Play) => {
    rows.set(play.n, play)
    last = Math.max(last, play.n)
  }
  return {
    get: async (name) => values.get(name),
    put: async (name, value) => void values.set(name, value),
    addPlay: putPlay,
    changePlay: putPlay,
    lastPlay: async () => last,
    plays: async (most) => [...rows.values()].sort((a, b) => a.n - b.n).slice(0, most),
    countPlays: async () => rows.size,
    dropPlays: async (upTo) => {
      for (const n of rows.keys()) if (n <= upTo) rows.delete(n)
    },
    dropPlay: async (n) => void rows.delete(n),
  }
}
