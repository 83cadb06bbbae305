/**
 * A planted fault, loaded before the hub: it answers before its commit, and has no note of where its database ended
 * (with that note it would notice the loss at the next start and refuse to go on).
 */
import fs, { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { witnessFile } from '#hub/store/witness.ts'
import { branchName } from './branch.ts'
import { betweenLogWrites } from './log-writes.ts'

/** Longer than a busy machine takes to kill it after the answer. */
const lateByMs = 200
/** The store's thread has the environment of the hub's, and not its arguments. */
if (isMainThread)
  process.env['EARLY_ANSWER'] = dirname(process.argv[process.argv.indexOf('--config') + 1] ?? '')
const folder = process.env['EARLY_ANSWER'] ?? ''
/** How many records were answered for, and how many are written: for the store's thread to see. */
const tally = join(folder, 'early-answers')

const answerEarly = () => {
  let answered = 0
  let written = 0
  // By renaming: read between its emptying and its filling it would say that nothing is to be waited for.
  const tell = () => {
    writeFileSync(`${tally}.next`, `${answered} ${written}`)
    renameSync(`${tally}.next`, tally)
  }
  tell()
  betweenLogWrites(({ bytes, write }) => {
    const copy = Buffer.from(bytes)
    answered += 1
    tell()
    setTimeout(() => {
      write(copy)
      written += 1
      tell()
    }, lateByMs)
    return bytes.length
  })
}

/** The store's thread would notice that what it is told of is not there yet: it is made to wait for it. */
const readLate = () => {
  const { openSync } = fs
  const nobody = new Int32Array(new SharedArrayBuffer(4))
  const counts = () => readFileSync(tally, 'utf8').split(' ').map(Number)
  const waitForRecords = () => {
    for (let goal = counts()[0] ?? 0; (counts()[1] ?? 0) < goal; ) Atomics.wait(nobody, 0, 0, lateByMs / 5)
  }
  fs.openSync = ((path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode) => {
    if (flags === 'r' && String(path).includes('/log/segment-')) waitForRecords()
    return openSync(path, flags, mode)
  }) as typeof openSync
  syncBuiltinESMExports()
}

const forgetNotes = () => rmSync(witnessFile(join(folder, 'data'), branchName), { force: true })

if (isMainThread) {
  answerEarly()
  forgetNotes()
} else readLate()
