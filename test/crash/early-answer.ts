/**
 * A planted fault, loaded before the hub: it answers before its commit, and has no note of where its database ended
 * (with that note it would notice the loss at the next start and refuse to go on).
 */
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isMainThread } from 'node:worker_threads'
import { witnessFile } from '#hub/store/witness.ts'
import { branchName } from './branch.ts'

const lateByMs = 150

const answerEarly = () => {
  const late = new WeakSet<DatabaseSync>()
  const { exec, close } = DatabaseSync.prototype
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    if (sql === 'BEGIN IMMEDIATE' && late.has(this)) return
    if (sql !== 'COMMIT') return exec.call(this, sql)
    if (late.has(this)) return
    late.add(this)
    setTimeout(() => {
      late.delete(this)
      if (this.isOpen) exec.call(this, 'COMMIT')
    }, lateByMs)
  }
  DatabaseSync.prototype.close = function (this: DatabaseSync) {
    if (late.delete(this)) exec.call(this, 'COMMIT')
    close.call(this)
  }
}

const forgetNotes = () => {
  const config = process.argv[process.argv.indexOf('--config') + 1] ?? ''
  rmSync(witnessFile(join(dirname(config), 'data'), branchName), { force: true })
}

if (isMainThread) {
  answerEarly()
  forgetNotes()
}
