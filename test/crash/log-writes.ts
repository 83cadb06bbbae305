/** Puts itself between the hub and its commit log, for programs that are loaded before it: sees every append. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

export interface Append {
  readonly bytes: Buffer
  /** Writes them now, or what they were; returns how many. */
  write(kept?: Buffer): number
}

/** `watch` writes, or lets the caller believe that it was written. @returns the bytes that count as written. */
export const betweenLogWrites = (watch: (append: Append) => number): void => {
  const files = new Set<unknown>()
  const { openSync, write, writeSync } = fs
  fs.openSync = ((path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode) => {
    const file = openSync(path, flags, mode)
    const isLog = String(path).includes('/log/segment-') && typeof flags === 'number'
    if (isLog) files.add(file)
    else files.delete(file)
    return file
  }) as typeof openSync
  const appendTo = (file: number, [bytes, from, length, at]: [Buffer, number, number, number]) =>
    watch({
      bytes: bytes.subarray(from, from + length),
      write: (kept = bytes.subarray(from, from + length)) => writeSync(file, kept, 0, kept.length, at),
    })
  fs.writeSync = ((file: number, ...rest: [Buffer, number, number, number]) =>
    files.has(file) ? appendTo(file, rest) : writeSync(file, ...rest)) as typeof writeSync
  fs.write = ((
    file: number,
    ...rest: [Buffer, number, number, number, (error: Error | null, n: number) => void]
  ) => {
    const [bytes, from, length, at, done] = rest
    if (!files.has(file)) return write(file, bytes, from, length, at, done)
    setImmediate(() => done(null, appendTo(file, [bytes, from, length, at])))
  }) as typeof write
  syncBuiltinESMExports()
}
