/**
 * A planted fault, loaded before the hub: it answers before its commit, and has no note of where its database ended
 * (with that note it would notice the loss at the next start and refuse to go on).
 */
import fs, { rmSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { witnessFile } from '#hub/store/witness.ts'
import { branchName } from './branch.ts'
import { betweenLogWrites } from './log-writes.ts'

const lateByMs = 50

const answerEarly = () =>
  betweenLogWrites(({ bytes, write }) => {
    const copy = Buffer.from(bytes)
    setTimeout(() => write(copy), lateByMs)
    return bytes.length
  })

/** The store's thread would notice that what it is told of is not there yet: it is made to look later. */
const readLate = () => {
  const { openSync } = fs
  const nobody = new Int32Array(new SharedArrayBuffer(4))
  fs.openSync = ((path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode) => {
    if (flags === 'r' && String(path).includes('/log/segment-')) Atomics.wait(nobody, 0, 0, 4 * lateByMs)
    return openSync(path, flags, mode)
  }) as typeof openSync
  syncBuiltinESMExports()
}

const forgetNotes = () => {
  const config = process.argv[process.argv.indexOf('--config') + 1] ?? ''
  rmSync(witnessFile(join(dirname(config), 'data'), branchName), { force: true })
}

if (isMainThread) {
  answerEarly()
  forgetNotes()
} else readLate()
