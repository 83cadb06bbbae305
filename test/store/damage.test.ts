/** Damage and tampering are found: in the journal, in decisions, in the state, in the log, in the file itself. */
import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseFile } from '#hub/store/database.ts'
import { createDurableStore } from '#hub/store/durable-store.ts'
import { schemaVersion } from '#hub/store/schema.ts'
import { batchOn, change, seen } from './batches.ts'
import { makeDirectory } from './directory.ts'

let directory: ReturnType<typeof makeDirectory>
beforeEach(async () => {
  directory = makeDirectory()
  const store = createDurableStore({ directory: directory.path })
  for (let i = 0; i < 4; i++)
    await store.commit(
      batchOn(await store.open('b'), {
        entries: 5,
        body: seen(`track-of-batch-${i}`),
        decisions: [{ visit: `v-${i}` }, { visit: `v-${i}`, zone: 'entrance' }],
        changes: [change('zones', { [`zone-${i}`]: { note: `noted-in-batch-${i}` } })],
      }),
    )
  await store.close()
})
afterEach(() => directory.remove())

const tamper = (sql: string) => {
  const db = new DatabaseSync(databaseFile(directory.path), { enableForeignKeyConstraints: false })
  db.exec(sql)
  db.close()
}

const opening = async () => {
  const store = createDurableStore({ directory: directory.path })
  try {
    return await store.open('b')
  } finally {
    await store.close()
  }
}

describe('tampering with the journal', () => {
  it.each([
    ['an edited body', `UPDATE entry SET body = replace(body, 'batch-1', 'batch-9') WHERE seq = 7`, 7],
    [
      'an edited body with its digest',
      `UPDATE entry SET body = '{}', digest = '${'a'.repeat(64)}' WHERE seq = 7`,
      7,
    ],
    ['an edited time', 'UPDATE entry SET at = at + 1 WHERE seq = 3', 3],
    ['an edited cause', `UPDATE entry SET cause = 'task-1/1' WHERE seq = 3`, 3],
    ['an edited kind', `UPDATE entry SET kind = 'clock' WHERE seq = 3`, 3],
    ['a deleted entry', 'DELETE FROM entry WHERE seq = 9', 9],
    ['a cut tail', 'DELETE FROM entry WHERE seq > 17', 18],
    [
      'a cut tail and a head that fits it',
      `UPDATE branch_head SET seq = 17, hash = (SELECT hash FROM entry WHERE seq = 17); DELETE FROM entry WHERE seq > 17`,
      20,
    ],
    [
      'an added entry',
      `INSERT INTO entry SELECT branch, 21, epoch, at, kind, device, cause, digest, reasons, hash, body FROM entry WHERE seq = 20`,
      21,
    ],
    [
      'two entries in each other\u2019s place',
      'UPDATE entry SET seq = 99 WHERE seq = 4; UPDATE entry SET seq = 4 WHERE seq = 5; UPDATE entry SET seq = 5 WHERE seq = 99',
      4,
    ],
    [
      'an edited decision',
      `UPDATE decision SET body = replace(body, 'chosen', 'passed') WHERE seq = 6 AND ord = 1`,
      6,
    ],
    ['a deleted decision', 'DELETE FROM decision WHERE seq = 11 AND ord = 0', 11],
    [
      'an added decision',
      `INSERT INTO decision SELECT branch, 12, 0, at, task, visit, ticket, device, zone, digest, body FROM decision WHERE seq = 11 AND ord = 0`,
      12,
    ],
  ])('%s is found', async (_, sql, seq) => {
    tamper(sql)
    await expect(opening()).rejects.toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining(String(seq)),
    })
  })

  it('is found by the full check of a long journal too, where the start looks at the newest links only', async () => {
    const store = createDurableStore({ directory: directory.path })
    await store.commit(batchOn(await store.open('b'), { entries: 2500 }))
    await store.close()
    tamper(`UPDATE entry SET body = replace(body, 'batch-1', 'batch-9') WHERE seq = 7`)
    const again = createDurableStore({ directory: directory.path })
    await again.open('b')
    expect((await again.verify('b')).broken).toMatchObject({ seq: 7 })
    expect(await again.verify('b', { from: 8 })).toMatchObject({ ok: true, entries: 2513 })
    expect(await again.verify('b', { to: 6 })).toMatchObject({ ok: true, entries: 6 })
    expect((await again.checkWhole()).ok).toBe(false)
    await again.close()
  })
})

/** Flips one bit of the database file inside the given text. */
const flip = (text: string) => {
  const file = databaseFile(directory.path)
  const bytes = readFileSync(file)
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1))
    bytes[at + 2] = (bytes[at + 2] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

describe('damage to the files', () => {
  it('a flipped bit in a body is found', async () => {
    flip('track-of-batch-2')
    await expect(opening()).rejects.toMatchObject({ code: 'store.corrupt' })
  })

  it('a flipped bit in the state is found when it is loaded', async () => {
    flip('noted-in-batch-2')
    const store = createDurableStore({ directory: directory.path })
    await store.open('b')
    await expect(store.load('b')).rejects.toMatchObject({ code: 'store.corrupt' })
    expect((await store.checkWhole()).faults).toEqual([expect.stringContaining('zone-2')])
    await store.close()
  })

  it('a file that is no database is refused', async () => {
    writeFileSync(
      databaseFile(directory.path),
      'this was a database once, and now it is some text'.repeat(100),
    )
    await expect(opening()).rejects.toMatchObject({ code: 'store.corrupt' })
  })

  it('a vanished database is not taken for a new branch', async () => {
    rmSync(databaseFile(directory.path))
    await expect(opening()).rejects.toMatchObject({ code: 'store.corrupt' })
  })

  it('a write-ahead log of SQLite that is cut off costs nothing that the commit log still holds', async () => {
    const copy = makeDirectory()
    const store = createDurableStore({ directory: directory.path })
    for (let i = 0; i < 2; i++) await store.commit(batchOn(await store.open('b')))
    // The state of the disk while the hub works.
    cpSync(directory.path, copy.path, { recursive: true })
    await store.close()
    const log = `${databaseFile(copy.path)}-wal`
    truncateSync(log, statSync(log).size - 5000)
    const again = createDurableStore({ directory: copy.path })
    expect(await again.open('b')).toMatchObject({ epoch: 1, seq: 22 })
    expect((await again.checkWhole()).ok).toBe(true)
    await again.close()
    copy.remove()
  })
})

describe('the version of the tables', () => {
  it('refuses what a newer program wrote, untouched', async () => {
    tamper(`PRAGMA user_version = ${schemaVersion + 1}`)
    const before = readFileSync(databaseFile(directory.path))
    await expect(opening()).rejects.toMatchObject({ code: 'store.newer-schema' })
    expect(readFileSync(databaseFile(directory.path)).equals(before)).toBe(true)
  })

  it('is opened with the settings that durability needs, every time', async () => {
    const file = join(directory.path, 'usher.db')
    const { openDatabase } = await import('#hub/store/database.ts')
    for (let round = 0; round < 2; round++) {
      const db = openDatabase(file)
      const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
      expect(pragma('journal_mode')).toBe('wal')
      expect(pragma('synchronous')).toBe(2)
      expect(pragma('foreign_keys')).toBe(1)
      expect(pragma('busy_timeout')).toBe(5000)
      expect(pragma('trusted_schema')).toBe(0)
      expect(pragma('cell_size_check')).toBe(1)
      db.close()
    }
  })
})
