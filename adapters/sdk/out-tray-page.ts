/**
 * The out-tray of a page, in a database of its own: one row for each message, under a number that the database gives, so
 * that two tabs of one device never write over each other. What is said while one write is under way goes out together.
 */
import { UsherError } from '#protocol/errors.ts'
import {
  groupMs,
  type MessageName,
  messagesOf,
  type OutTray,
  rowKey,
  rowOf,
  type TrayMessage,
  TrayRow,
} from './out-tray.ts'
import { answerOf, keptBy, openDatabase, type PageDatabase } from './page-database.ts'
import type { Clock } from './ports.ts'

export interface PageTrayParts {
  readonly name: string
  readonly clock: Pick<Clock, 'after' | 'now'>
}

const rows = 'rows'
/** Written now and then, so that the disk is asked for all that came before. */
const marks = 'marks'
/** A disk that takes longer must not keep the device from speaking. */
const answersWithinMs = 5_000

const tooLate = () =>
  new UsherError('adapter.memory', `The page's database has not answered for ${answersWithinMs} ms.`)

/** @throws UsherError `adapter.memory` */
export const openPageTray = async ({ name, clock }: PageTrayParts): Promise<OutTray> => {
  const opening = openDatabase(name, (made) => {
    made.createObjectStore(rows, { autoIncrement: true })
    made.createObjectStore(marks)
  }).then(async (database) => ({ database, found: await readRows(database) }))
  return await new Promise((resolve, reject) => {
    const cancel = clock.after(answersWithinMs, () => {
      reject(tooLate())
      opening.then(({ database }) => database.close()).catch(() => {})
    })
    opening
      .then(({ database, found }) => resolve(new PageTray({ database, clock, found })), reject)
      .finally(cancel)
  })
}

type Found = readonly { readonly key: number; readonly row: TrayRow | undefined }[]

const readRows = async (database: PageDatabase): Promise<Found> => {
  const box = database.transaction(rows, 'readonly').objectStore(rows)
  const [keys, values] = await Promise.all([answerOf(box.getAllKeys()), answerOf(box.getAll())])
  return values.map((value, index) => ({ key: keys[index] as number, row: TrayRow.safeParse(value).data }))
}

interface Putting {
  readonly row: TrayRow
  resolve(): void
  reject(error: unknown): void
}

class PageTray implements OutTray {
  readonly #database: PageDatabase
  readonly #clock: PageTrayParts['clock']
  readonly #waiting = new Map<string, TrayRow>()
  /** Where each stands that is written. */
  readonly #keys = new Map<string, number>()
  #toPut = new Map<string, Putting>()
  #toTake = new Set<number>()
  #writing: Promise<void> | undefined
  /** A write is under way that should be over. */
  #isStuck = false
  #isClosed = false
  #cancelSync: (() => void) | undefined

  constructor({
    database,
    clock,
    found,
  }: Pick<PageTrayParts, 'clock'> & { database: PageDatabase; found: Found }) {
    this.#database = database
    this.#clock = clock
    for (const { key, row } of found) {
      if (row === undefined) {
        this.#toTake.add(key)
        continue
      }
      this.#waiting.set(rowKey(row), row)
      this.#keys.set(rowKey(row), key)
    }
  }

  earlier = (of: string): TrayMessage[] => messagesOf(this.#waiting.values(), of)

  put(device: string, message: TrayMessage) {
    if (this.#isClosed) return undefined
    const row = rowOf(device, message)
    this.#waiting.set(rowKey(row), row)
    return new Promise<void>((resolve, reject) => {
      this.#toPut.set(rowKey(row), { row, resolve, reject })
      if (this.#isStuck) reject(tooLate())
      this.#write()
    })
  }

  take(device: string, { boot, n }: MessageName) {
    const name = rowKey({ device, boot, n })
    if (this.#isClosed || !this.#waiting.delete(name)) return
    this.#toPut.get(name)?.resolve()
    this.#toPut.delete(name)
    this.#leave(name)
  }

  async close() {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#cancelSync?.()
    if (!this.#isStuck) await this.#writing
    this.#sync()
    this.#database.close()
  }

  #leave(name: string) {
    const key = this.#keys.get(name)
    if (key === undefined) return
    this.#keys.delete(name)
    this.#toTake.add(key)
    this.#write()
  }

  #write() {
    this.#writing ??= this.#writeAll()
  }

  async #writeAll() {
    while (this.#toPut.size + this.#toTake.size > 0) await this.#writeBatch()
    // In the same breath as the look: what comes next begins anew.
    this.#writing = undefined
  }

  async #writeBatch() {
    const [puts, takes] = [this.#toPut, this.#toTake]
    this.#toPut = new Map()
    this.#toTake = new Set()
    const cancel = this.#clock.after(answersWithinMs, () => {
      this.#isStuck = true
      for (const { reject } of [...puts.values(), ...this.#toPut.values()]) reject(tooLate())
    })
    try {
      const writing = this.#database.transaction(rows, 'readwrite', { durability: 'relaxed' })
      const box = writing.objectStore(rows)
      for (const key of takes) box.delete(key)
      const added = [...puts].map(([name, { row }]) => ({ name, asked: box.add(row) }))
      await keptBy(writing)
      for (const { name, asked } of added) this.#added(name, asked.result as number)
      for (const { resolve } of puts.values()) resolve()
      this.#syncSoon()
    } catch (error) {
      for (const [name, { reject }] of puts) {
        this.#waiting.delete(name)
        reject(error)
      }
      // What leaves makes room. Alone it is not tried again: the next life says it once more, and the hub knows it.
      if (puts.size > 0) for (const key of takes) this.#toTake.add(key)
    } finally {
      this.#isStuck = false
      cancel()
    }
  }

  /** It may have left while it was written. */
  #added(name: string, key: number) {
    this.#keys.set(name, key)
    if (!this.#waiting.has(name)) this.#leave(name)
  }

  /** One for all that was put in meanwhile. */
  #syncSoon() {
    if (this.#isClosed) return
    this.#cancelSync ??= this.#clock.after(groupMs, () => {
      this.#cancelSync = undefined
      this.#sync()
    })
  }

  #sync() {
    try {
      const writing = this.#database.transaction(marks, 'readwrite', { durability: 'strict' })
      writing.objectStore(marks).put(this.#clock.now(), 'synced')
      keptBy(writing).catch(() => {})
    } catch {
      // A database that is gone is told of by what is put in next.
    }
  }
}
