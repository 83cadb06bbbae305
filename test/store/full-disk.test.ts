/** A full disk refuses a commit whole, and the store goes on when there is room again. */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreFull } from '#hub/store/port.ts'
import { createSqliteStore, type SqliteStore } from '#hub/store/sqlite.ts'
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

const fill = { note: 'x'.repeat(20_000) }

const commitUntilFull = async (store: SqliteStore): Promise<number> => {
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
  it('refuses whole batches, keeps reading, and goes on later', async (context) => {
    if (!mounted) return context.skip('only root may mount the small disk this needs')
    const ballast = join(directory.path, 'ballast')
    writeFileSync(ballast, Buffer.alloc(1024 * 1024))
    const store = createSqliteStore({ directory: directory.path })
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
    const again = createSqliteStore({ directory: directory.path })
    expect((await again.load('b')).get('zones')?.some(([key]) => key === 'more')).toBe(true)
    await again.close()
  })
})
