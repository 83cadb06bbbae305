/** The browser's own database, as much of it as the SDK needs: a file of the browser's, whose writes can be waited for. */
import { UsherError } from '#protocol/errors.ts'

interface Asked<T> {
  readonly result: T
  readonly error: unknown
  addEventListener(name: 'success' | 'error' | 'upgradeneeded', call: () => void): void
}

interface Box {
  get(key: string): Asked<unknown>
  getAll(): Asked<readonly unknown[]>
  getAllKeys(): Asked<readonly unknown[]>
  put(value: unknown, key: string): Asked<unknown>
  /** Under the next number of this box: given once, whoever adds. */
  add(value: unknown): Asked<unknown>
  delete(key: number): Asked<unknown>
}

interface Transaction {
  readonly error: unknown
  objectStore(name: string): Box
  addEventListener(name: 'complete' | 'error' | 'abort', call: () => void): void
}

interface Making {
  createObjectStore(name: string, options?: { readonly autoIncrement: true }): unknown
}

/** `strict`: it outlives a power cut as well; `relaxed`: whatever becomes of the browser. */
type Durability = 'strict' | 'relaxed'

export interface PageDatabase extends Making {
  transaction(
    name: string,
    mode: 'readonly' | 'readwrite',
    options?: { readonly durability: Durability },
  ): Transaction
  close(): void
}

interface Browser {
  readonly indexedDB?: { open(name: string, version: number): Asked<PageDatabase> }
  readonly navigator?: { readonly storage?: { persist?(): Promise<boolean> } }
}

const broken = (error: unknown) =>
  new UsherError('adapter.memory', `The page's database: ${String(error)}.`, { cause: error })

/** @throws UsherError `adapter.memory` */
export const answerOf = <T>(asked: Asked<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(broken(asked.error)))
  })

/** Resolves when it is kept. @throws UsherError `adapter.memory` */
export const keptBy = (writing: Transaction): Promise<void> =>
  new Promise((resolve, reject) => {
    writing.addEventListener('complete', () => resolve())
    writing.addEventListener('error', () => reject(broken(writing.error)))
    writing.addEventListener('abort', () => reject(broken(writing.error)))
  })

/** @param make what is in it, the first time. @throws UsherError `adapter.memory` */
export const openDatabase = async (name: string, make: (made: Making) => void): Promise<PageDatabase> => {
  const browser = globalThis as Browser
  let asked: Asked<PageDatabase> | undefined
  try {
    asked = browser.indexedDB?.open(name, 1)
  } catch (error) {
    throw broken(error)
  }
  if (asked === undefined)
    throw new UsherError('adapter.memory', 'This page has no database of its own (IndexedDB).')
  const opening = asked
  opening.addEventListener('upgradeneeded', () => make(opening.result))
  const database = await answerOf(opening)
  // Not thrown away when the disk gets full, where the browser agrees.
  browser.navigator?.storage?.persist?.().catch(() => {})
  return database
}
