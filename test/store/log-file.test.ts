/** The write-ahead log stays within its bound under load, and is settled when the hub is idle. */
import { statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { databaseFile } from '#hub/store/database.ts'
import { createSqliteStore } from '#hub/store/sqlite.ts'
import { batchOn, change } from './batches.ts'
import { makeDirectory } from './directory.ts'

it('is bounded without an idle moment, and emptied into the database in one', async () => {
  const directory = makeDirectory()
  const bound = 512 * 1024
  const store = createSqliteStore({ directory: directory.path, logBoundBytes: bound })
  const logBytes = () => statSync(`${databaseFile(directory.path)}-wal`).size
  let largest = 0
  for (let i = 0; i < 300; i++) {
    const rows = change('zones', { [`z-${i % 20}`]: { fill: 'x'.repeat(8000), i } })
    await store.commit(batchOn(await store.open('b'), { changes: [rows] }))
    largest = Math.max(largest, logBytes())
  }
  // It is looked at every 32 commits, so it may pass the bound by what those write.
  expect(largest).toBeLessThan(bound + 32 * 40_000)
  expect(largest).toBeGreaterThan(bound)
  expect(await store.settleLog()).toMatchObject({ left: 0 })
  expect(statSync(databaseFile(directory.path)).size).toBeGreaterThan(bound / 2)
  expect(await store.verify('b')).toMatchObject({ ok: true, entries: 300 })
  await store.close()
  directory.remove()
})
