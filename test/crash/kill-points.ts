/**
 * Loaded before the hub (`node --import`), so that the product needs no crash points of its own: ends the process at
 * the moment named by CRASH_POINT (`committing:3`, `committed:3`, `sent:3`), the third time it comes.
 */
import { Socket } from 'node:net'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { isMainThread } from 'node:worker_threads'

/** `committing`: nothing is on disk yet. `committed`: on disk, not sent. `sent`: a device has it, nobody has answered. */
export const killPoints = ['committing', 'committed', 'sent'] as const
export type KillPoint = (typeof killPoints)[number]

const [point, times = '1'] = (process.env['CRASH_POINT'] ?? '').split(':')

const createCountdown = (count: number) => {
  let left = count
  return () => {
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
}

/** Only transactions that hold a message to a device count: there, it matters when the hub dies. */
const watchCommits = (when: 'committing' | 'committed', pass: () => void) => {
  let holdsMessage = false
  const { run } = StatementSync.prototype
  StatementSync.prototype.run = function (this: StatementSync, ...cells: Parameters<typeof run>) {
    holdsMessage ||= (cells as readonly unknown[]).includes('outbox')
    return run.apply(this, cells)
  } as typeof run
  const exec = DatabaseSync.prototype.exec
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    const counts = sql === 'COMMIT' && holdsMessage
    if (counts && when === 'committing') pass()
    exec.call(this, sql)
    if (counts && when === 'committed') pass()
    if (sql === 'COMMIT') holdsMessage = false
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

if (isMainThread) {
  const pass = createCountdown(Number(times))
  if (point === 'committing' || point === 'committed') watchCommits(point, pass)
  if (point === 'sent') watchSending(pass)
}
