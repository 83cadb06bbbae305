/** The memory of an adapter in a file: one JSON line a record, on the disk before a device begins what happens once. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsherError } from '#protocol/errors.ts'
import { condensed, type Memory, MemoryRecord } from './memory.ts'
import { writeWhole } from './whole-file.ts'
import { createLineAppender } from './whole-line.ts'

/** A file that grew by so many lines is written anew with what still matters. */
const linesMax = 20_000

/** @throws UsherError `adapter.memory` */
export const openFileMemory = (file: string): Memory => {
  try {
    return new FileMemory(file)
  } catch (error) {
    throw new UsherError('adapter.memory', `${file}: ${String(error)}`, { cause: error })
  }
}

class FileMemory implements Memory {
  readonly #file: string
  #records: MemoryRecord[]
  #handle: number
  #lines = 0
  readonly #append = createLineAppender()

  constructor(file: string) {
    this.#file = file
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    this.#records = condensed(readRecords(file))
    this.#handle = rewritten(file, this.#records)
  }

  earlier = () => [...this.#records]

  write(record: MemoryRecord, sure: boolean) {
    this.#append(this.#handle, `${JSON.stringify(record)}\n`)
    if (sure) fsyncSync(this.#handle)
    this.#records.push(record)
    this.#lines += 1
    if (this.#lines < linesMax) return
    this.#lines = 0
    this.#records = condensed(this.#records)
    const next = rewritten(this.#file, this.#records)
    closeSync(this.#handle)
    this.#handle = next
  }

  close() {
    closeSync(this.#handle)
  }
}

/** A last line without its end was being written when the process was killed; what it tells had not begun yet. */
const readRecords = (file: string): MemoryRecord[] => {
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .flatMap((line) => MemoryRecord.safeParse(parsed(line)).data ?? [])
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The new file is whole and on the disk before it takes the place of the old one. @returns it, open for appending. */
const rewritten = (file: string, records: readonly MemoryRecord[]): number => {
  writeWhole(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  return openSync(file, 'a')
}
