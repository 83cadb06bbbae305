/** What a page knows of itself across reloads and restarts of its browser: which device it is, and where the hub was. */

export interface Kept {
  get(key: string): Promise<unknown>
  /** `undefined` forgets it. On the disk when it resolves. */
  put(key: string, value: unknown): Promise<void>
}

const databaseName = 'usher-device'
const boxName = 'kept'

const settled = (request: IDBRequest): Promise<unknown> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')))
  })

const openDatabase = async (): Promise<IDBDatabase> => {
  const opening = indexedDB.open(databaseName, 1)
  opening.addEventListener('upgradeneeded', () => void opening.result.createObjectStore(boxName))
  return (await settled(opening)) as IDBDatabase
}

export const openKept = (): Kept => {
  let opened: Promise<IDBDatabase> | undefined
  const database = () => {
    opened ??= openDatabase().catch((error: unknown) => {
      // The next one tries again.
      opened = undefined
      throw error
    })
    return opened
  }
  return {
    get: async (key) => settled((await database()).transaction(boxName).objectStore(boxName).get(key)),
    put: async (key, value) => {
      const writing = (await database()).transaction(boxName, 'readwrite', { durability: 'strict' })
      const done = new Promise<void>((resolve, reject) => {
        writing.addEventListener('complete', () => resolve())
        for (const end of ['error', 'abort'] as const)
          writing.addEventListener(end, () => reject(writing.error ?? new Error('IndexedDB')))
      })
      const box = writing.objectStore(boxName)
      if (value === undefined) box.delete(key)
      else box.put(value, key)
      await done
    },
  }
}
