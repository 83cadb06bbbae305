/**
 * The kiosk's own series of numbers, from one again each day. A number is on the disk before it is given away: no power
 * cut gives it to two people.
 */
const databaseName = 'usher-kiosk'
const boxName = 'tickets'

const open = () =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(databaseName, 1)
    asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(boxName))
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(asked.error ?? new Error('The database does not open.')))
  })

/** Next of that day; other days are forgotten. */
const count = (database: IDBDatabase, day: string) =>
  new Promise<number>((resolve, reject) => {
    const writing = database.transaction(boxName, 'readwrite', { durability: 'strict' })
    const box = writing.objectStore(boxName)
    let number = 0
    const asked = box.get(day)
    asked.addEventListener('success', () => {
      number = (typeof asked.result === 'number' ? asked.result : 0) + 1
      box.clear()
      box.put(number, day)
    })
    writing.addEventListener('complete', () => resolve(number))
    for (const trouble of ['error', 'abort'])
      writing.addEventListener(trouble, () => reject(writing.error ?? new Error('Nothing was written.')))
  })

export const dayIn = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** `K007`. */
export const nextTicket = async (prefix: string, day: string): Promise<string> => {
  const database = await open()
  try {
    return `${prefix}${String(await count(database, day)).padStart(3, '0')}`
  } finally {
    database.close()
  }
}
