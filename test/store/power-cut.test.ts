/** A power cut takes back what was written to the database and not synced: the commit log must still hold all of that. */
import type Fs from 'node:fs'
import { cpSync, fstatSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { batchText } from '#hub/store/batch-text.ts'
import { databaseFile } from '#hub/store/database.ts'
import { openDatabaseSide } from '#hub/store/database-side.ts'
import { makePositionMemory, openPosition } from '#hub/store/log-position.ts'
import { segmentCount } from '#hub/store/log-segment.ts'
import { createLogWriter } from '#hub/store/log-writer.ts'
import { packBatch } from '#hub/store/pack.ts'
import { batchOn, change } from './batches.ts'
import { makeDirectory } from './directory.ts'

const syncs = vi.hoisted(() => ({ seen: (_file: number): void => undefined }))
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>()
  const fsyncSync = (file: number) => {
    fs.fsyncSync(file)
    syncs.seen(file)
  }
  return { ...fs, fsyncSync }
})

const segmentBytes = 4096
let running: ReturnType<typeof makeDirectory>
let cut: ReturnType<typeof makeDirectory>
beforeEach(() => {
  running = makeDirectory()
  cut = makeDirectory()
})
afterEach(() => {
  running.remove()
  cut.remove()
})

const openSide = (directory: string) => {
  const position = openPosition(makePositionMemory())
  const side = openDatabaseSide({ directory, segmentBytes, acceptLoss: false }, position)
  return { side, position }
}

const databaseFiles = (directory: string) => {
  const database = databaseFile(directory)
  return [database, `${database}-wal`]
}

/** The database as the disk has it for certain. */
const keepSynced = (from: string, to: string) => {
  mkdirSync(to, { recursive: true })
  databaseFiles(to).forEach((file, index) => {
    cpSync(databaseFiles(from)[index] as string, file)
  })
}

type Step = 'commit' | 'follow' | 'rest'

/** @returns how many entries are committed. */
const live = async (directory: string, synced: string, steps: readonly Step[]) => {
  syncs.seen = (file) => {
    const log = statSync(`${databaseFile(directory)}-wal`, { throwIfNoEntry: false })
    if (fstatSync(file).ino === log?.ino) keepSynced(directory, synced)
  }
  const { side, position } = openSide(directory)
  let { head } = await side.openBranch('b')
  if (head.seq === 0) keepSynced(directory, synced)
  const log = createLogWriter({
    directory,
    segmentBytes,
    position,
    untilFree: async (lap) => {
      if (position.appliedLap() <= lap - segmentCount) await side.settle()
    },
  })
  for (const step of steps) {
    if (step !== 'commit') {
      await side[step]()
      continue
    }
    const rows = change('zones', { [`z-${head.seq % 7}`]: { seq: head.seq, fill: 'x'.repeat(300) } })
    const packed = packBatch(batchOn(head, { changes: [rows] }))
    await log.append(batchText(packed), 1)
    head = { ...head, seq: head.seq + 1, at: packed.entries[0]?.at ?? head.at }
  }
  syncs.seen = () => undefined
  cpSync(directory, `${directory}-killed`, { recursive: true })
  log.close()
  await side.close()
  return head.seq
}

const step = fc.oneof(
  { arbitrary: fc.constant<Step>('commit'), weight: 18 },
  { arbitrary: fc.constant<Step>('follow'), weight: 2 },
  { arbitrary: fc.constant<Step>('rest'), weight: 1 },
)

const day = fc.array(step, { minLength: 1, maxLength: 60, size: 'max' })

it('whenever it comes, all that was acknowledged is in the log or in the database', {
  timeout: 120_000,
}, async () => {
  let round = 0
  await fc.assert(
    fc.asyncProperty(day, day, async (before, after) => {
      round += 1
      const first = join(running.path, `${round}`)
      const disk = join(cut.path, `${round}`)
      await live(first, disk, before)
      // Killed and started again, it finds more than the disk has for certain.
      const committed = await live(`${first}-killed`, disk, after)
      cpSync(join(`${first}-killed-killed`, 'log'), join(disk, 'log'), { recursive: true })
      const { side } = openSide(disk)
      const { head } = await side.openBranch('b')
      expect(head.seq).toBe(committed)
      expect(await side.verify('b')).toMatchObject({ ok: true, entries: committed })
      await side.close()
    }),
    { numRuns: 30 },
  )
})
