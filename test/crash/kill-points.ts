/**
 * Loaded before the hub (`node --import`), so that the product needs no crash points of its own: ends the process at
 * the moment named by CRASH_POINT (`committing:3`, `committed:3`, `sent:3`), the third time it comes.
 */
import { Socket } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { isMainThread } from 'node:worker_threads'
import { betweenLogWrites } from './log-writes.ts'

/**
 * `committing`: nothing is on disk yet. `committed`: on disk, not sent. `sent`: a device has it, nobody has answered.
 * `applying`, `applied`: before and after the database has what the commit log holds.
 */
export const killPoints = ['committing', 'committed', 'sent', 'applying', 'applied'] as const
export type KillPoint = (typeof killPoints)[number]

const [point, times = '1'] = (process.env['CRASH_POINT'] ?? '').split(':')

const createCountdown = (count: number) => {
  let left = count
  return () => {
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
}

/** Only commits that hold a message to a device count: there, it matters when the hub dies. */
const watchCommits = (when: 'committing' | 'committed', pass: () => void) =>
  betweenLogWrites(({ bytes, write }) => {
    const counts = bytes.includes('outbox')
    if (counts && when === 'committing') pass()
    const written = write()
    if (counts && when === 'committed') pass()
    return written
  })

/** In the store's thread: what is committed is brought into the database. */
const watchApplying = (when: 'applying' | 'applied', pass: () => void) => {
  const { exec } = DatabaseSync.prototype
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    if (sql === 'COMMIT' && when === 'applying') pass()
    exec.call(this, sql)
    if (sql === 'COMMIT' && when === 'applied') pass()
  }
}

const taskTopic = /^usher\/v1\/[^/]+\/[^/]+\/task$/

const watchSending = (pass: () => void) => {
  const { write } = Socket.prototype
  const watched = function (this: Socket, ...args: Parameters<typeof write>) {
    const [chunk] = args
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1')
    // A corked packet is handed to the system at the end of this turn.
    if (taskTopic.test(text)) setImmediate(pass)
    return write.apply(this, args)
  }
  Socket.prototype.write = watched as typeof write
}

const pass = createCountdown(Number(times))
if (!isMainThread) {
  if (point === 'applying' || point === 'applied') watchApplying(point, pass)
} else {
  if (point === 'committing' || point === 'committed') watchCommits(point, pass)
  if (point === 'sent') watchSending(pass)
}
