/** What one synced append costs on the disk that is measured, with nothing else going on: a fact about the machine. */
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { nowMs } from './clock.ts'
import { quantile } from './statistics.ts'

const appends = 200

export const measureSync = async (
  folder: string,
): Promise<{ readonly p50: number; readonly p99: number }> => {
  const path = join(folder, 'sync-cost')
  const file = openSync(path, 'a')
  const bytes = Buffer.alloc(600, 'x')
  const took: number[] = []
  for (let index = 0; index < appends; index++) {
    const beganMs = nowMs()
    writeSync(file, bytes)
    fsyncSync(file)
    took.push(nowMs() - beganMs)
    // One after the other without a rest would measure the queue of the disk, not one append.
    await wait(4)
  }
  closeSync(file)
  rmSync(path)
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99) }
}
