/** The write-ahead log stays within its bound under load, and is settled when the hub is idle. */
import { statSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { databaseFile } from '#hub/store/database.ts'
import { createSqliteStore } from '#hub/store/sqlite.ts'
import { batchOn, change } from './batches.ts'
import { makeDirectory } from './directory.ts'

it('is bounded without an idle moment, and emptied into the database in one', async () => {
  const directory = makeDirectory()
  const bound = 512 * 1024
  const store = createSqliteStore({
    directory: directory.path,
    logLimits: { helpBytes: bound, boundBytes: bound },
  })
  const logBytes = () => statSync(`${databaseFile(directory.path)}-wal`).size
  let largest = 0
  for (let i = 0; i < 300; i++) {
    const rows = change('zones', { [`z-${i % 20}`]: { fill: 'x'.repeat(8000), i } })
    await store.commit(batchOn(await store.open('b'), { changes: [rows] }))
    largest = Math.max(largest, logBytes())
  }
  // It is looked at every 16 commits, so it may pass the bound by what those write.
  expect(largest).toBeLessThan(bound + 16 * 40_000)
  expect(largest).toBeGreaterThan(bound)
  expect(await store.settleLog()).toMatchObject({ left: 0 })
  expect(statSync(databaseFile(directory.path)).size).toBeGreaterThan(bound / 2)
  expect(await store.verify('b')).toMatchObject({ ok: true, entries: 300 })
  await store.close()
  directory.remove()
})

it('is copied by its own thread while commits go on, and begins anew without the bound being reached', async () => {
  const directory = makeDirectory()
  const help = 256 * 1024
  const store = createSqliteStore({
    directory: directory.path,
    logLimits: { helpBytes: help, boundBytes: Number.MAX_SAFE_INTEGER },
  })
  const file = databaseFile(directory.path)
  const before = statSync(file).size
  let written = 0
  let copies = 0
  // Ends only when the log was begun anew several times: the database grows while the log does not.
  for (let i = 0; copies < 3; i++) {
    const size = statSync(file).size
    const rows = change('zones', { [`z-${i}`]: { fill: 'x'.repeat(8000), i } })
    await store.commit(batchOn(await store.open('b'), { changes: [rows] }))
    written += 8000
    if (statSync(file).size > size) copies++
    await setImmediate()
  }
  expect(statSync(file).size).toBeGreaterThan(before)
  expect(statSync(`${file}-wal`).size).toBeLessThan(written * 5)
  expect(await store.verify('b')).toMatchObject({ ok: true })
  await store.close()
  directory.remove()
})
