/**
 * What a page recorded of itself and the hub does not have yet: in the browser's database, so that it outlives a hub that is
 * away and a page that is loaded anew. Bounded: what is over it is not kept, and is found as a gap.
 */
export interface Spooled {
  readonly sale: string
  readonly part: string
  readonly seq: number
  /** When the part began, by the browser's clock. */
  readonly startedAtMs: number
  readonly type: string
  readonly chain: string
  readonly bytes: ArrayBuffer
}

export interface Spool {
  /** @returns the number under which it is kept; undefined: there is no room. */
  put(piece: Spooled): Promise<number | undefined>
  /** The oldest of this sale. */
  first(sale: string): Promise<{ readonly key: number; readonly piece: Spooled } | undefined>
  drop(key: number): Promise<void>
  /** Of a part that the hub does not take. */
  dropPart(part: string): Promise<void>
  dropSale(sale: string): Promise<void>
}

/** Twenty minutes and more of one participant. */
const bytesMax = 150 * 1_024 * 1_024
/** What nobody came for in a day belongs to a sale that is over. */
const oldMs = 86_400_000

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('the database failed')))
  })

const openDatabase = (): Promise<IDBDatabase> => {
  const request = indexedDB.open('usher-recording', 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore('pieces', { autoIncrement: true })
  })
  return asked(request)
}

type Row = { readonly key: number; readonly piece: Spooled }

class DatabaseSpool implements Spool {
  readonly #database: IDBDatabase
  #bytes: number
  /** What waits, without its bytes: they stay in the database. */
  #rows: readonly {
    readonly key: number
    readonly sale: string
    readonly part: string
    readonly size: number
  }[]

  constructor(database: IDBDatabase, rows: readonly Row[]) {
    this.#database = database
    this.#rows = rows.map(({ key, piece }) => ({
      key,
      sale: piece.sale,
      part: piece.part,
      size: piece.bytes.byteLength,
    }))
    this.#bytes = this.#rows.reduce((sum, { size }) => sum + size, 0)
  }

  async put(piece: Spooled): Promise<number | undefined> {
    const size = piece.bytes.byteLength
    if (this.#bytes + size > bytesMax) return undefined
    const key = (await asked(this.#store('readwrite').add(piece))) as number
    this.#bytes += size
    this.#rows = [...this.#rows, { key, sale: piece.sale, part: piece.part, size }]
    return key
  }

  async first(sale: string): Promise<Row | undefined> {
    const row = this.#rows.find((one) => one.sale === sale)
    if (row === undefined) return undefined
    const piece = (await asked(this.#store('readonly').get(row.key))) as Spooled | undefined
    if (piece !== undefined) return { key: row.key, piece }
    this.#forget((one) => one.key === row.key)
    return this.first(sale)
  }

  async drop(key: number): Promise<void> {
    await asked(this.#store('readwrite').delete(key))
    this.#forget((one) => one.key === key)
  }

  async dropPart(part: string): Promise<void> {
    await this.#dropAll((one) => one.part === part)
  }

  async dropSale(sale: string): Promise<void> {
    await this.#dropAll((one) => one.sale === sale)
  }

  async #dropAll(fits: (row: { readonly sale: string; readonly part: string }) => boolean) {
    for (const { key } of this.#rows.filter(fits)) await this.drop(key)
  }

  #forget(fits: (row: { readonly key: number }) => boolean) {
    for (const { size } of this.#rows.filter(fits)) this.#bytes -= size
    this.#rows = this.#rows.filter((row) => !fits(row))
  }

  #store(mode: IDBTransactionMode) {
    return this.#database.transaction('pieces', mode).objectStore('pieces')
  }
}

/** Where a browser keeps nothing: as long as the page is there. */
class MemorySpool implements Spool {
  readonly #rows = new Map<number, Spooled>()
  #last = 0

  async put(piece: Spooled): Promise<number | undefined> {
    const size = [...this.#rows.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
    if (size + piece.bytes.byteLength > bytesMax) return undefined
    this.#last += 1
    this.#rows.set(this.#last, piece)
    return this.#last
  }

  async first(sale: string): Promise<Row | undefined> {
    for (const [key, piece] of this.#rows) if (piece.sale === sale) return { key, piece }
    return undefined
  }

  async drop(key: number): Promise<void> {
    this.#rows.delete(key)
  }

  async dropPart(part: string): Promise<void> {
    for (const [key, piece] of this.#rows) if (piece.part === part) this.#rows.delete(key)
  }

  async dropSale(sale: string): Promise<void> {
    for (const [key, piece] of this.#rows) if (piece.sale === sale) this.#rows.delete(key)
  }
}

const rowsIn = async (database: IDBDatabase, nowMs: number): Promise<readonly Row[]> => {
  const store = database.transaction('pieces', 'readwrite').objectStore('pieces')
  const [keys, pieces] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())])
  const rows = keys.map((key, n) => ({ key: key as number, piece: pieces[n] as Spooled }))
  const isOld = ({ piece }: Row) => nowMs - piece.startedAtMs > oldMs
  for (const { key } of rows.filter(isOld)) store.delete(key)
  return rows.filter((row) => !isOld(row))
}

export const openSpool = async (nowMs: number): Promise<Spool> => {
  try {
    const database = await openDatabase()
    return new DatabaseSpool(database, await rowsIn(database, nowMs))
  } catch {
    return new MemorySpool()
  }
}
