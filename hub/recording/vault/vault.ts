/**
 * The folder of the recordings: one folder each, with its files, its wrapped key, its sealed manifest and a record of what may
 * change. What is written whole is written beside and renamed; what is erased leaves its record and its manifest behind.
 */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { RecordingRecord, SealedManifest } from '#protocol/recording/manifest.ts'
import { newDataKey, type VaultKeys } from './keys.ts'

const recordName = 'record.json'
const keyName = 'key'
export const manifestName = 'manifest.json'
const fileEnding = '.rec'
const unfinished = '.new'
/** Its own files, beside those that are recorded. */
export const ownNames: ReadonlySet<string> = new Set([recordName, keyName, manifestName])

const Kept = z.strictObject({ record: z.string(), mac: z.string() })
const macPurpose = 'record'
const Name = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/

export const sha256Of = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex')

export interface VaultParts {
  /** The data directory. */
  readonly directory: string
  readonly keys: VaultKeys
}

const syncFolder = async (path: string) => {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

export class Vault {
  readonly #parts: VaultParts
  readonly folder: string

  constructor(parts: VaultParts) {
    this.#parts = parts
    this.folder = join(parts.directory, 'recordings')
  }

  get keys(): VaultKeys {
    return this.#parts.keys
  }

  /** @throws UsherError `recording.unknown` where it is no name */
  pathOf(id: string, ...rest: readonly string[]): string {
    if (!Name.test(id)) throw new UsherError('recording.unknown', id)
    return join(this.folder, id, ...rest)
  }

  async list(): Promise<readonly string[]> {
    try {
      const found = await readdir(this.folder, { withFileTypes: true })
      return found.filter((one) => one.isDirectory() && Name.test(one.name)).map(({ name }) => name)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  /** What a stop in the middle of a change left: half a text, and the folder of one that had not begun. */
  async tidy(): Promise<void> {
    for (const id of await this.list()) {
      for (const name of ownNames) await rm(this.pathOf(id, `${name}${unfinished}`), { force: true })
      const left = await this.everything(id)
      if (left.every((name) => name === keyName)) await this.forget(id)
    }
  }

  has(id: string): boolean {
    return existsSync(this.pathOf(id, recordName))
  }

  /** @returns the key of its files. */
  async create(record: RecordingRecord): Promise<Buffer> {
    await mkdir(this.pathOf(record.id), { recursive: true, mode: 0o700 })
    const key = newDataKey()
    await this.#write(record.id, keyName, this.keys.wrap(record.id, key))
    await this.put(record)
    await syncFolder(this.folder)
    return key
  }

  /** @throws UsherError `recording.erased`, `recording.damaged` */
  async keyOf(id: string): Promise<Buffer> {
    return this.keys.unwrap(id, await this.wrappedKey(id))
  }

  async wrappedKey(id: string): Promise<string> {
    try {
      return await readFile(this.pathOf(id, keyName), 'utf8')
    } catch (error) {
      if (!isMissing(error)) throw error
      throw new UsherError(this.has(id) ? 'recording.erased' : 'recording.unknown', id)
    }
  }

  /** @throws UsherError `recording.unknown`, `recording.damaged` */
  async record(id: string): Promise<RecordingRecord> {
    let text: string
    try {
      text = await readFile(this.pathOf(id, recordName), 'utf8')
    } catch (error) {
      if (isMissing(error)) throw new UsherError('recording.unknown', id)
      throw error
    }
    try {
      const { record, mac } = Kept.parse(JSON.parse(text))
      if (JSON.stringify({ record, mac }) !== text || !this.keys.isMac(macPurpose, record, mac))
        throw new Error('another one wrote it')
      return RecordingRecord.parse(JSON.parse(record))
    } catch (cause) {
      throw new UsherError('recording.damaged', `${id}: ${recordName}`, { cause })
    }
  }

  async put(record: RecordingRecord): Promise<void> {
    const text = JSON.stringify(RecordingRecord.parse(record))
    const mac = this.keys.mac(macPurpose, text)
    await this.#write(record.id, recordName, JSON.stringify({ record: text, mac }))
  }

  async putManifest(id: string, sealed: SealedManifest): Promise<void> {
    await this.#write(id, manifestName, JSON.stringify(sealed))
  }

  /** @throws UsherError `recording.open`, `recording.damaged` */
  async manifest(id: string): Promise<SealedManifest> {
    try {
      const text = await readFile(this.pathOf(id, manifestName), 'utf8')
      const sealed = SealedManifest.parse(JSON.parse(text))
      if (JSON.stringify(sealed) !== text) throw new Error('another one wrote it')
      return sealed
    } catch (cause) {
      if (isMissing(cause)) throw new UsherError('recording.open', id)
      throw new UsherError('recording.damaged', `${id}: ${manifestName}`, { cause })
    }
  }

  /** Names of what was recorded. */
  async files(id: string): Promise<readonly string[]> {
    const names = await readdir(this.pathOf(id))
    return names.filter((name) => name.endsWith(fileEnding)).sort()
  }

  /** Everything that lies there, whoever put it there. */
  everything(id: string): Promise<readonly string[]> {
    return readdir(this.pathOf(id))
  }

  async bytesOf(id: string): Promise<number> {
    const sizes = await Promise.all(
      (await this.everything(id)).map((name) =>
        stat(this.pathOf(id, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  }

  /** The key first: without it nothing of it can be read, wherever a copy is. */
  async erase(id: string): Promise<void> {
    const path = this.pathOf(id, keyName)
    try {
      const key = await open(path, 'r+')
      await key.write(randomBytes((await key.stat()).size))
      await key.sync()
      await key.close()
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    await rm(path, { force: true })
    await syncFolder(this.pathOf(id))
    for (const name of await this.files(id)) await rm(this.pathOf(id, name), { force: true })
    await syncFolder(this.pathOf(id))
  }

  /** Nothing was ever recorded. */
  async forget(id: string): Promise<void> {
    await rm(this.pathOf(id), { recursive: true, force: true })
  }

  async freeBytes(): Promise<number> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const { bavail, bsize } = await statfs(this.folder)
    return bavail * bsize
  }

  async #write(id: string, name: string, text: string) {
    const path = this.pathOf(id, name)
    const file = await open(`${path}${unfinished}`, 'w', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}${unfinished}`, path)
    await syncFolder(this.pathOf(id))
  }
}
