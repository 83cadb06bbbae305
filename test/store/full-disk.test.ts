/** A full disk refuses a commit whole, and the store goes on when there is room again. */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { databaseFile } from '#hub/store/database.ts'
import { createDurableStore } from '#hub/store/durable-store.ts'
import { StoreFull } from '#hub/store/port.ts'
import type { DurableStore } from '#hub/store/upkeep.ts'
import { batchOn, change } from './batches.ts'
import { makeDirectory } from './directory.ts'

let directory: ReturnType<typeof makeDirectory>
let mounted: boolean
beforeEach(() => {
  directory = makeDirectory()
  mounted =
    spawnSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', directory.path]).status === 0
})
afterEach(() => {
  if (mounted) spawnSync('/usr/bin/umount', [directory.path])
  directory.remove()
})

/** Small enough that the log itself finds its place. */
const segmentBytes = 256 * 1024
const fill = { note: 'x'.repeat(20_000) }

const appliedIn = (path: string): unknown => {
  const db = new DatabaseSync(databaseFile(path), { readOnly: true })
  try {
    return db.prepare('SELECT seq FROM branch_head').get()?.['seq']
  } finally {
    db.close()
  }
}

const commitUntilFull = async (store: DurableStore): Promise<number> => {
  for (let i = 0; i < 2000; i++) {
    const head = await store.open('b')
    try {
      await store.commit(batchOn(head, { changes: [change('zones', { [`z-${i}`]: fill })] }))
    } catch (error) {
      expect(error).toBeInstanceOf(StoreFull)
      return head.seq
    }
  }
  throw new Error('the disk never filled')
}

describe('a full disk', () => {
  it('that has no room for the commit log refuses the start, and lets it through later', async (context) => {
    if (!mounted) return context.skip('only root may mount the small disk this needs')
    const starting = async () => {
      const store = createDurableStore({ directory: directory.path, segmentBytes: 1024 * 1024 })
      try {
        return await store.open('b')
      } finally {
        await store.close()
      }
    }
    const ballast = join(directory.path, 'ballast')
    writeFileSync(ballast, Buffer.alloc(2.5 * 1024 * 1024))
    await expect(starting()).rejects.toMatchObject({ code: 'store.full' })
    rmSync(ballast)
    expect(await starting()).toMatchObject({ seq: 0 })
  })

  it('is followed again by the database once there is room, without being asked', async (context) => {
    if (!mounted) return context.skip('only root may mount the small disk this needs')
    const ballast = join(directory.path, 'ballast')
    writeFileSync(ballast, Buffer.alloc(1024 * 1024))
    const store = createDurableStore({ directory: directory.path, segmentBytes })
    let head = await store.open('b')
    const commit = async () => {
      const batch = batchOn(head, { changes: [change('zones', { [`z-${head.seq}`]: fill })] })
      await store.commit(batch)
      head = { ...head, seq: head.seq + 1, at: batch.entries[0]?.at ?? 0 }
    }
    await expect(
      (async () => {
        for (;;) await commit()
      })(),
    ).rejects.toThrow(StoreFull)
    // Long enough for the database to have tried by itself.
    for (const until = performance.now() + 400; performance.now() < until; await setImmediate())
      await expect(commit()).rejects.toThrow(StoreFull)
    rmSync(ballast)
    for (let i = 0; i < 3; i++) await commit()
    await vi.waitFor(() => expect(appliedIn(directory.path)).toBe(head.seq), 5_000)
    await store.close()
  })

  it('refuses whole batches, keeps reading, and goes on later', async (context) => {
    if (!mounted) return context.skip('only root may mount the small disk this needs')
    const ballast = join(directory.path, 'ballast')
    writeFileSync(ballast, Buffer.alloc(1024 * 1024))
    const store = createDurableStore({ directory: directory.path, segmentBytes })
    try {
      const seq = await commitUntilFull(store)
      const before = await store.open('b')
      expect(before.seq).toBe(seq)
      await expect(
        store.commit(batchOn(before, { changes: [change('zones', { more: fill })] })),
      ).rejects.toThrow(StoreFull)
      expect((await store.load('b')).get('zones')).toHaveLength(seq)
      expect(await store.verify('b')).toMatchObject({ ok: true, entries: seq })
      rmSync(ballast)
      await store.commit(batchOn(before, { changes: [change('zones', { more: fill })] }))
      expect(await store.verify('b')).toMatchObject({ ok: true, entries: seq + 1 })
    } finally {
      await store.close()
    }
    const again = createDurableStore({ directory: directory.path, segmentBytes })
    expect((await again.load('b')).get('zones')?.some(([key]) => key === 'more')).toBe(true)
    await again.close()
  })
})
