/** What lies in the commit log and not yet in the database: found whole after a crash, and never taken for more. */
import { cpSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseFile } from '#hub/store/database.ts'
import { createDurableStore } from '#hub/store/durable-store.ts'
import { findLogged } from '#hub/store/log-reader.ts'
import { logDirectory, readSegments, segmentFile } from '#hub/store/log-segment.ts'
import type { Batch, Head } from '#hub/store/port.ts'
import { restore } from '#hub/store/restore.ts'
import { witnessFile } from '#hub/store/witness.ts'
import { batchOn, change, seen, start } from './batches.ts'
import { makeDirectory } from './directory.ts'

const segmentBytes = 4096
let directory: ReturnType<typeof makeDirectory>
let crashed: ReturnType<typeof makeDirectory>
beforeEach(() => {
  directory = makeDirectory()
  crashed = makeDirectory()
})
afterEach(() => {
  directory.remove()
  crashed.remove()
})

/** Each commit on the one before, without asking the store in between: nothing need be applied. */
const committing = async (store: ReturnType<typeof createDurableStore>) => {
  let head: Head = await store.open('b')
  return {
    commit: async (shape: Parameters<typeof batchOn>[1] = {}) => {
      const batch: Batch = batchOn(head, shape)
      const { seq, at } = batch.entries.at(-1) ?? head
      head = { ...head, seq, at }
      await store.commit(batch)
      return seq
    },
  }
}

/** Commits, and takes the state of the disk at once, before anything is applied: as after a power cut. */
const crashAfter = async (commits: number) => {
  const store = createDurableStore({ directory: directory.path, segmentBytes })
  const { commit } = await committing(store)
  for (let i = 0; i < commits; i++)
    await commit({ body: seen(`track-${i}`), changes: [change('zones', { z: { i } }, i === 0 ? [] : ['z'])] })
  cpSync(directory.path, crashed.path, { recursive: true })
  await store.close()
}

const opening = async (more: { acceptLoss?: boolean } = {}) => {
  const store = createDurableStore({ directory: crashed.path, segmentBytes, ...more })
  try {
    const head = await store.open('b')
    return { ...head, verdict: await store.verify('b'), zones: (await store.load('b')).get('zones') }
  } finally {
    await store.close()
  }
}

const appliedIn = (path: string): number => {
  const db = new DatabaseSync(databaseFile(path), { readOnly: true })
  const { seq } = db.prepare('SELECT seq FROM branch_head').get() as { seq: number }
  db.close()
  return seq
}

/** The file that holds the newest lap, and where its records end. */
const newest = () => {
  const segment = readSegments(crashed.path).at(-1)
  if (segment === undefined) throw new Error('there is no log')
  const file = segmentFile(crashed.path, segment.lap)
  return { file, bytes: readFileSync(file), lap: segment.lap }
}

describe('a crash between the commit and the database', () => {
  it('loses nothing: the next start brings it in', async () => {
    await crashAfter(3)
    expect(appliedIn(crashed.path)).toBe(0)
    expect(await opening()).toMatchObject({
      seq: 3,
      verdict: { ok: true, entries: 3 },
      zones: [['z', { i: 2 }]],
    })
    expect(appliedIn(crashed.path)).toBe(3)
    expect((await opening()).seq).toBe(3)
  })

  it('in the middle of a record, at any byte, leaves the records before it and nothing else', async () => {
    await crashAfter(2)
    rmSync(witnessFile(crashed.path, 'b'))
    const { file, bytes, lap } = newest()
    const end = bytes.findLastIndex((byte) => byte !== 0) + 1
    const from = bytes.lastIndexOf(bytes.subarray(12, 20), end)
    for (let torn = from; torn < end; torn++) {
      writeFileSync(file, Buffer.concat([bytes.subarray(0, torn), Buffer.alloc(segmentBytes - torn)]))
      const found = findLogged(crashed.path, false)
      expect(found.lap).toBe(lap)
      expect(found.batches.map(({ fromSeq }) => fromSeq)).toEqual([0])
    }
    expect(await opening()).toMatchObject({ seq: 1, verdict: { ok: true, entries: 1 } })
  })

  it('in the middle of the first write of a lap, at any byte, leaves the lap before it', async () => {
    await crashAfter(60)
    const laps = readSegments(crashed.path)
    expect(laps).toHaveLength(2)
    const { file, bytes } = newest()
    const [older] = laps
    const before = findLogged(crashed.path, false).batches.length
    writeFileSync(file, Buffer.alloc(segmentBytes))
    const kept = findLogged(crashed.path, false)
    expect(kept.batches.length).toBeLessThan(before)
    const first = bytes.indexOf(bytes.subarray(12, 20), 65)
    for (let torn = 1; torn < first; torn += 7) {
      writeFileSync(file, Buffer.concat([bytes.subarray(0, torn), Buffer.alloc(segmentBytes - torn, 0x5a)]))
      const found = findLogged(crashed.path, false)
      expect(found.batches).toEqual(kept.batches)
      expect(found.lap).toBeGreaterThanOrEqual(older?.lap ?? 0)
    }
  })
})

describe('a log that is used again and again', () => {
  it('takes nothing of an earlier lap for news, and holds all that is not applied', async () => {
    for (const commits of [59, 61, 63]) {
      await crashAfter(commits)
      const { batches } = findLogged(crashed.path, false)
      const seqs = batches.flatMap(({ entries }) => entries.map(({ seq }) => seq))
      expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => (seqs[0] ?? 0) + i))
      expect(await opening()).toMatchObject({ verdict: { ok: true } })
      crashed.remove()
      directory.remove()
    }
  })

  it('makes commits wait while nothing of it may be overwritten', async () => {
    const store = createDurableStore({ directory: directory.path, segmentBytes })
    const { commit } = await committing(store)
    const changes = [change('zones', { z: { fill: 'x'.repeat(1500) } })]
    for (let i = 0; i < 60; i++) await commit({ changes })
    expect(statSync(segmentFile(directory.path, 0)).size).toBe(segmentBytes)
    expect(await store.verify('b')).toMatchObject({ ok: true, entries: 60 })
    await store.close()
  })

  it('takes a batch larger than itself, and is as small as before afterwards', async () => {
    const store = createDurableStore({ directory: directory.path, segmentBytes })
    const { commit } = await committing(store)
    const big = [change('zones', { z: { fill: 'y'.repeat(5 * segmentBytes) } })]
    for (let i = 0; i < 3; i++) {
      await commit()
      await commit({ changes: big })
    }
    cpSync(directory.path, crashed.path, { recursive: true })
    for (let i = 0; i < 3; i++) await commit({ changes: [change('zones', { z: 1 }, ['z'])] })
    await store.close()
    expect(await opening()).toMatchObject({ seq: 6, verdict: { ok: true } })
    for (const lap of [0, 1]) expect(statSync(segmentFile(crashed.path, lap)).size).toBe(segmentBytes)
  })

  it('commits in the order asked for while earlier ones are still on their way', async () => {
    const store = createDurableStore({ directory: directory.path, segmentBytes })
    const { commit } = await committing(store)
    await Promise.all(Array.from({ length: 40 }, (_, i) => commit({ entries: 1 + (i % 3) })))
    const { seq } = await store.open('b')
    expect(await store.verify('b')).toMatchObject({ ok: true, entries: seq })
    await store.close()
  })
})

describe('damage to the log', () => {
  const flip = (at: number) => {
    const { file, bytes } = newest()
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(file, bytes)
  }

  it('before its last record is refused', async () => {
    await crashAfter(3)
    flip(newest().bytes.indexOf('track-1'))
    await expect(opening()).rejects.toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining('commit log is damaged'),
    })
  })

  it('in its last record is noticed: it was acknowledged; the loss can be accepted, in a new epoch', async () => {
    await crashAfter(3)
    flip(newest().bytes.indexOf('track-2'))
    await expect(opening()).rejects.toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining('was at entry 1/3'),
    })
    expect(await opening({ acceptLoss: true })).toMatchObject({ epoch: 2, seq: 2, verdict: { ok: true } })
    expect(await opening()).toMatchObject({ epoch: 2, seq: 2 })
  })

  it('before its last record can be accepted too, with all that came after', async () => {
    await crashAfter(3)
    flip(newest().bytes.indexOf('track-1'))
    expect(await opening({ acceptLoss: true })).toMatchObject({ epoch: 2, seq: 1, verdict: { ok: true } })
  })

  it('a log that is gone is noticed', async () => {
    await crashAfter(3)
    rmSync(logDirectory(crashed.path), { recursive: true })
    await expect(opening()).rejects.toMatchObject({ code: 'store.corrupt' })
  })

  it('a database of an earlier day under a newer log is noticed', async () => {
    const store = createDurableStore({ directory: directory.path, segmentBytes })
    await (await committing(store)).commit()
    await store.close()
    cpSync(databaseFile(directory.path), join(directory.path, 'earlier'))
    await crashAfter(80)
    for (const end of ['', '-wal', '-shm']) rmSync(databaseFile(crashed.path) + end, { force: true })
    renameSync(join(crashed.path, 'earlier'), databaseFile(crashed.path))
    rmSync(witnessFile(crashed.path, 'b'))
    await expect(opening()).rejects.toMatchObject({ code: 'store.corrupt' })
  })
})

describe('a log that is not empty', () => {
  it('stays behind when the epoch is raised', async () => {
    const store = createDurableStore({ directory: directory.path, segmentBytes })
    await (await committing(store)).commit({ entries: 2 })
    expect(await store.raiseEpoch('b')).toMatchObject({ epoch: 2, seq: 2 })
    const { commit } = await committing(store)
    await commit({ entries: 2 })
    cpSync(directory.path, crashed.path, { recursive: true })
    await store.close()
    expect(await opening()).toMatchObject({ epoch: 2, seq: 4, verdict: { ok: true } })
  })

  it('goes into the database that a restore replaces, and counts as newer work', async () => {
    const store = createDurableStore({ directory: directory.path, segmentBytes })
    const { commit } = await committing(store)
    await commit()
    const file = join(directory.path, 'copy.db')
    await store.backup(file)
    await store.close()
    await crashAfter(3)
    expect(appliedIn(crashed.path)).toBe(1)
    const request = { from: file, directory: crashed.path, now: start }
    expect(() => restore(request)).toThrow(expect.objectContaining({ code: 'store.backup-older' }))
    const { replaced } = restore({ ...request, force: true })
    const kept = new DatabaseSync(replaced ?? '')
    expect(kept.prepare('SELECT seq FROM branch_head').get()).toEqual({ seq: 4 })
    kept.close()
    expect(await opening()).toMatchObject({ seq: 1, verdict: { ok: true } })
  })

  it('is in a backup', async () => {
    const store = createDurableStore({ directory: directory.path, segmentBytes })
    await (await committing(store)).commit({ entries: 4 })
    const file = join(directory.path, 'copy.db')
    await store.backup(file)
    await store.close()
    expect(restore({ from: file, directory: crashed.path, now: start }).heads[0]).toMatchObject({ seq: 4 })
  })
})

it('a data directory from before there was a log opens as it is', async () => {
  await crashAfter(2)
  const { hash } = await opening()
  rmSync(logDirectory(crashed.path), { recursive: true })
  writeFileSync(witnessFile(crashed.path, 'b'), JSON.stringify({ epoch: 1, seq: 2, hash }).padEnd(256))
  const db = new DatabaseSync(databaseFile(crashed.path))
  db.exec('PRAGMA user_version = 1')
  db.close()
  expect(await opening()).toMatchObject({ epoch: 1, seq: 2, hash, verdict: { ok: true } })
})
