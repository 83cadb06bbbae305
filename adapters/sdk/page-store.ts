/**
 * What a page keeps, in the browser's own database: each write is on the disk before it counts, which the simpler
 * `localStorage` cannot promise (a browser writes that some seconds later). It also keeps keys that no script can read.
 */
import { UsherError } from '#protocol/errors.ts'

export interface PageStore {
  get(key: string): Promise<unknown>
  /** On the disk when it resolves. */
  put(key: string, value: unknown): Promise<void>
}

interface Asked<T> {
  readonly result: T
  readonly error: unknown
  addEventListener(name: 'success' | 'error' | 'upgradeneeded', call: () => void): void
}

interface Box {
  get(key: string): Asked<unknown>
  put(value: unknown, key: string): Asked<unknown>
}

interface Transaction {
  readonly error: unknown
  objectStore(name: string): Box
  addEventListener(name: 'complete' | 'error' | 'abort', call: () => void): void
}

interface Database {
  createObjectStore(name: string): unknown
  transaction(name: string, mode: 'readonly' | 'readwrite', options?: { durability: 'strict' }): Transaction
}

interface Browser {
  readonly indexedDB?: {
    open(name: string, version: number): Asked<Database>
  }
  readonly navigator?: { readonly storage?: { persist?(): Promise<boolean> } }
}

const databaseName = 'usher'
const boxName = 'kept'

const broken = (error: unknown) =>
  new UsherError('adapter.memory', `The page's database: ${String(error)}.`, { cause: error })

const openDatabase = (browser: Browser) =>
  new Promise<Database>((resolve, reject) => {
    const asked = browser.indexedDB?.open(databaseName, 1)
    if (asked === undefined) {
      reject(new UsherError('adapter.memory', 'This page has no database of its own (IndexedDB).'))
      return
    }
    asked.addEventListener('upgradeneeded', () => void asked.result.createObjectStore(boxName))
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(broken(asked.error)))
  })

/** @throws UsherError `adapter.memory` */
export const openPageStore = async (): Promise<PageStore> => {
  const browser = globalThis as Browser
  const database = await openDatabase(browser)
  // Not thrown away when the disk gets full, where the browser agrees.
  browser.navigator?.storage?.persist?.().catch(() => {})
  return {
    get: (key) =>
      new Promise((resolve, reject) => {
        const asked = database.transaction(boxName, 'readonly').objectStore(boxName).get(key)
        asked.addEventListener('success', () => resolve(asked.result))
        asked.addEventListener('error', () => reject(broken(asked.error)))
      }),
    put: (key, value) =>
      new Promise((resolve, reject) => {
        const writing = database.transaction(boxName, 'readwrite', { durability: 'strict' })
        writing.addEventListener('complete', () => resolve())
        writing.addEventListener('error', () => reject(broken(writing.error)))
        writing.addEventListener('abort', () => reject(broken(writing.error)))
        writing.objectStore(boxName).put(value, key)
      }),
  }
}
