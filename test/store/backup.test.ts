/** A backup taken under load is whole; a restore proves it, keeps newer work unless forced, and raises the epoch. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseFile } from '#hub/store/database.ts'
import { createDurableStore } from '#hub/store/durable-store.ts'
import { restore } from '#hub/store/restore.ts'
import { batchOn, change, start } from './batches.ts'
import { makeDirectory } from './directory.ts'

let from: ReturnType<typeof makeDirectory>
let to: ReturnType<typeof makeDirectory>
let file: string
beforeEach(async () => {
  from = makeDirectory()
  to = makeDirectory()
  file = join(from.path, 'copy.db')
  await work(from.path, 10)
})
afterEach(() => {
  from.remove()
  to.remove()
})

const work = async (directory: string, commits: number) => {
  const store = createDurableStore({ directory })
  for (let i = 0; i < commits; i++) {
    const head = await store.open('b')
    await store.commit(
      batchOn(head, {
        decisions: [{ visit: 'v' }],
        changes: [change('zones', { [`z-${head.seq}`]: { n: head.seq } })],
      }),
    )
  }
  const head = await store.open('b')
  await store.close()
  return head
}

const backup = async () => {
  const store = createDurableStore({ directory: from.path })
  await store.backup(file)
  await store.close()
}

describe('a backup', () => {
  it('taken while commits go on holds every commit before it, whole', async () => {
    const store = createDurableStore({ directory: from.path })
    let head = await store.open('b')
    const before = head.seq
    const backing = store.backup(file).then(() => 'done')
    while ((await Promise.race([backing, Promise.resolve('working')])) === 'working') {
      await store.commit(
        batchOn(head, { changes: [change('zones', { [`z-${head.seq}`]: { fill: 'x'.repeat(500) } })] }),
      )
      head = await store.open('b')
    }
    await store.close()
    expect(head.seq).toBeGreaterThan(before)
    const { heads } = restore({ from: file, directory: to.path, now: start })
    expect(heads[0]?.seq).toBeGreaterThanOrEqual(before)
    const restored = createDurableStore({ directory: to.path })
    expect((await restored.load('b')).get('zones')).toHaveLength(heads[0]?.seq ?? 0)
    expect((await restored.checkWhole()).ok).toBe(true)
    await restored.close()
  })

  it('never overwrites', async () => {
    await backup()
    await expect(backup()).rejects.toMatchObject({ code: 'store.backup-exists' })
  })
})

describe('a restore', () => {
  it('brings everything back on an empty machine, in a new epoch that a second restore does not repeat', async () => {
    await backup()
    const first = restore({ from: file, directory: to.path, now: start })
    expect(first).toEqual({
      heads: [expect.objectContaining({ seq: 10, epoch: start / 1000 })],
      replaced: null,
    })
    expect((await work(to.path, 2)).seq).toBe(12)
    const other = makeDirectory()
    const second = restore({ from: file, directory: other.path, now: start + 60_000 })
    expect(second.heads[0]?.epoch).toBeGreaterThan(first.heads[0]?.epoch ?? 0)
    other.remove()
  })

  it('refuses to replace newer work unless forced, and then keeps it beside', async () => {
    await backup()
    const newer = await work(from.path, 3)
    const request = { from: file, directory: from.path, now: start }
    expect(() => restore(request)).toThrow(expect.objectContaining({ code: 'store.backup-older' }))
    expect(await work(from.path, 0)).toEqual(newer)
    const { heads, replaced } = restore({ ...request, force: true })
    expect(heads[0]).toMatchObject({ seq: 10 })
    expect(await work(from.path, 1)).toMatchObject({ seq: 11, epoch: heads[0]?.epoch })
    const kept = new DatabaseSync(replaced ?? '')
    expect(kept.prepare('SELECT seq FROM branch_head').get()).toEqual({ seq: 13 })
    kept.close()
  })

  it('raises the epoch above the one it replaces even when the clock is behind', async () => {
    await backup()
    restore({ from: file, directory: from.path, now: start })
    const again = restore({ from: file, directory: from.path, now: 0, force: true })
    expect(again.heads[0]?.epoch).toBe(start / 1000 + 1)
  })

  it('refuses a damaged or foreign backup and touches nothing', async () => {
    await backup()
    const before = readFileSync(databaseFile(from.path))
    const damaged = join(from.path, 'damaged.db')
    const bytes = readFileSync(file)
    const at = bytes.indexOf('"track":"t-4"')
    bytes[at + 11] = 0x39
    writeFileSync(damaged, bytes)
    const noDatabase = join(from.path, 'text.db')
    writeFileSync(noDatabase, 'no database at all')
    for (const bad of [damaged, noDatabase, join(from.path, 'missing.db')])
      expect(() => restore({ from: bad, directory: from.path, now: start, force: true })).toThrow(
        expect.objectContaining({ code: 'store.backup-invalid' }),
      )
    expect(readFileSync(databaseFile(from.path)).equals(before)).toBe(true)
    expect(existsSync(`${databaseFile(from.path)}.restoring`)).toBe(false)
  })

  it('replaces a database too damaged to open', async () => {
    await backup()
    writeFileSync(databaseFile(from.path), 'damaged'.repeat(1000))
    expect(restore({ from: file, directory: from.path, now: start }).heads[0]).toMatchObject({ seq: 10 })
    expect((await work(from.path, 1)).seq).toBe(11)
  })

  it('is refused while a hub runs on the directory', async () => {
    await backup()
    const store = createDurableStore({ directory: from.path })
    expect(() => restore({ from: file, directory: from.path, now: start })).toThrow(
      expect.objectContaining({ code: 'store.locked' }),
    )
    await store.close()
  })
})
