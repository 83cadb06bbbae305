/** What every implementation of the store port must do; run on each of them. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from '#hub/engine/canonical.ts'
import { digestState } from '#hub/store/checkpoint.ts'
import { type Store, StoreConflict } from '#hub/store/port.ts'
import type { Checkpoints } from '#hub/store/upkeep.ts'
import { batchOn, change, start, task } from './batches.ts'

export interface StoreUnderTest {
  readonly store: Store & Checkpoints
  /** Closes the store and opens what it left behind. */
  reopen(): Promise<Store & Checkpoints>
  end(): Promise<void>
}

const branch = 'branch-1'

export const describeStore = (name: string, factory: () => Promise<StoreUnderTest>): void => {
  describe(`the store port on ${name}`, () => {
    let under: StoreUnderTest
    let store: Store & Checkpoints
    beforeEach(async () => {
      under = await factory()
      store = under.store
    })
    afterEach(() => under.end())

    it('begins at epoch 1 with nothing', async () => {
      expect(await store.open(branch)).toEqual({ branch, epoch: 1, seq: 0, at: 0, hash: '0'.repeat(64) })
      expect(await store.load(branch)).toEqual(new Map())
      expect(await store.verify(branch)).toEqual({ ok: true, entries: 0, erased: 0, broken: null })
    })

    it('keeps entries, rows and the head across a reopening', async () => {
      const head = await store.open(branch)
      await store.commit(
        batchOn(head, {
          entries: 20,
          cause: 'task-1/1',
          changes: [change('zones', { a: { n: 1 }, b: { n: 2 } })],
        }),
      )
      const before = { head: await store.open(branch), entries: await store.entries(branch, { from: 1 }) }
      expect(before.head.seq).toBe(20)
      store = await under.reopen()
      expect(await store.open(branch)).toEqual(before.head)
      const entries = await store.entries(branch, { from: 1 })
      expect(entries).toEqual(before.entries)
      expect(entries[19]).toMatchObject({
        seq: 20,
        hash: before.head.hash,
        kind: 'event',
        device: 'camera-1',
      })
      expect(entries[0]).toMatchObject({ cause: 'task-1/1', at: start, epoch: 1 })
      expect(JSON.parse(entries[0]?.body ?? '')).toMatchObject({ numbering: { boot: 'boot-1', n: 1 } })
      expect(await store.load(branch)).toEqual(
        new Map([
          [
            'zones',
            [
              ['a', { n: 1 }],
              ['b', { n: 2 }],
            ],
          ],
        ]),
      )
    })

    it('gives a range of entries, at most as many as asked for', async () => {
      await store.commit(batchOn(await store.open(branch), { entries: 30 }))
      const seqs = async (range: { from: number; to?: number; limit?: number }) =>
        (await store.entries(branch, range)).map(({ seq }) => seq)
      expect(await seqs({ from: 28 })).toEqual([28, 29, 30])
      expect(await seqs({ from: 5, to: 7 })).toEqual([5, 6, 7])
      expect(await seqs({ from: 5, limit: 2 })).toEqual([5, 6])
      expect(await seqs({ from: 31 })).toEqual([])
    })

    it('replaces and drops rows', async () => {
      await store.commit(
        batchOn(await store.open(branch), { changes: [change('zones', { a: 1, b: 2, c: 3 })] }),
      )
      await store.commit(
        batchOn(await store.open(branch), {
          changes: [change('zones', { a: 9, b: undefined, d: 4 }, ['a'])],
        }),
      )
      expect(await store.load(branch)).toEqual(
        new Map([
          [
            'zones',
            [
              ['a', 9],
              ['c', 3],
              ['d', 4],
            ],
          ],
        ]),
      )
    })

    it('refuses a batch on a head that has moved, and writes nothing of it', async () => {
      const head = await store.open(branch)
      await store.commit(batchOn(head))
      await expect(store.commit(batchOn(head, { changes: [change('zones', { a: 1 })] }))).rejects.toThrow(
        StoreConflict,
      )
      await expect(store.commit(batchOn({ ...(await store.open(branch)), epoch: 2 }))).rejects.toThrow(
        StoreConflict,
      )
      expect((await store.open(branch)).seq).toBe(1)
      expect(await store.load(branch)).toEqual(new Map())
      await store.commit(batchOn(await store.open(branch)))
      expect(await store.verify(branch)).toMatchObject({ ok: true, entries: 2 })
    })

    it('refuses entries with a gap or with a time that falls', async () => {
      await store.commit(batchOn(await store.open(branch), { at: start + 100 }))
      const head = await store.open(branch)
      const good = batchOn(head)
      const gap = { ...good, entries: good.entries.map((entry) => ({ ...entry, seq: entry.seq + 1 })) }
      await expect(store.commit(gap)).rejects.toThrow(StoreConflict)
      await expect(store.commit(batchOn(head, { at: start }))).rejects.toThrow(StoreConflict)
    })

    it('refuses a claim that exists already, whole batch', async () => {
      const claim = { key: 'greet:visit:v-1', kind: 'once', task: 't-1' }
      await store.commit(
        batchOn(await store.open(branch), { changes: [change('claims', { [claim.key]: claim })] }),
      )
      const again = batchOn(await store.open(branch), {
        changes: [change('zones', { a: 1 }), change('claims', { [claim.key]: { ...claim, task: 't-2' } })],
      })
      await expect(store.commit(again)).rejects.toThrow(StoreConflict)
      expect(await store.load(branch)).toEqual(new Map([['claims', [[claim.key, claim]]]]))
      expect((await store.open(branch)).seq).toBe(1)
    })

    it('changes and releases a claim it holds, and refuses to change one it does not', async () => {
      const commit = async (row: unknown, known: boolean) =>
        store.commit(
          batchOn(await store.open(branch), {
            changes: [change('claims', { lease: row }, known ? ['lease'] : [])],
          }),
        )
      await commit({ until: 1 }, false)
      await commit({ until: 2 }, true)
      expect((await store.load(branch)).get('claims')).toEqual([['lease', { until: 2 }]])
      await commit(undefined, true)
      expect((await store.load(branch)).get('claims')).toBeUndefined()
      await expect(commit({ until: 3 }, true)).rejects.toThrow(StoreConflict)
      await commit({ until: 4 }, false)
    })

    it('keeps ended tasks out of memory and in the list, newest first', async () => {
      await store.commit(
        batchOn(await store.open(branch), {
          changes: [
            change('tasks', { t1: task('t1'), t2: task('t2', { createdAt: start + 1, flow: 'diversion' }) }),
          ],
        }),
      )
      const done = task('t1', { phase: 'done', visit: 'v-1' })
      await store.commit(
        batchOn(await store.open(branch), {
          changes: [change('tasks', { t1: undefined }), change('endedTasks', { t1: done })],
        }),
      )
      store = await under.reopen()
      const rows = await store.load(branch)
      expect([...rows.keys()]).toEqual(['tasks'])
      expect(rows.get('tasks')?.map(([id]) => id)).toEqual(['t2'])
      const ids = async (query: Parameters<Store['tasks']>[1]) =>
        (await store.tasks(branch, query)).map((row) => (row as { id: string }).id)
      expect(await ids({})).toEqual(['t2', 't1'])
      expect(await ids({ limit: 1 })).toEqual(['t2'])
      expect(await ids({ phase: ['done', 'failed'] })).toEqual(['t1'])
      expect(await ids({ flow: 'diversion' })).toEqual(['t2'])
      expect(await ids({ id: 't1' })).toEqual(['t1'])
      expect(await store.tasks(branch, { id: 't1' })).toEqual([done])
    })

    it('finds decisions by what they concern and when', async () => {
      const about = [
        { task: 't-1', visit: 'v-1', zone: 'entrance' },
        { visit: 'v-1', device: 'robot-1' },
        { ticket: 'A012', zone: 'entrance' },
      ]
      for (const decision of about)
        await store.commit(
          batchOn(await store.open(branch), {
            at: start + 1000 * about.indexOf(decision),
            decisions: [decision, { ...decision, service: 'cash' }],
          }),
        )
      const found = async (query: Parameters<Store['decisions']>[1]) =>
        (await store.decisions(branch, query)).map(({ seq, ord }) => `${seq}.${ord}`)
      expect(await found({ task: 't-1' })).toEqual(['1.0', '1.1'])
      expect(await found({ visit: 'v-1' })).toEqual(['1.0', '1.1', '2.0', '2.1'])
      expect(await found({ visit: 'v-1', device: 'robot-1' })).toEqual(['2.0', '2.1'])
      expect(await found({ ticket: 'A012' })).toEqual(['3.0', '3.1'])
      expect(await found({ zone: 'entrance', from: start + 1 })).toEqual(['3.0', '3.1'])
      expect(await found({ from: start + 1000, to: start + 1999 })).toEqual(['2.0', '2.1'])
      expect(await found({ to: start })).toEqual(['1.0', '1.1'])
      expect(await found({ limit: 3 })).toEqual(['2.1', '3.0', '3.1'])
      expect((await store.decisions(branch, { task: 't-1' }))[0]).toMatchObject({
        at: start,
        record: { kind: 'task', code: 'chosen', ...about[0] },
      })
    })

    it('raises the epoch durably; the old one is refused from then on', async () => {
      await store.commit(batchOn(await store.open(branch)))
      const old = await store.open(branch)
      expect(await store.raiseEpoch(branch)).toEqual({ ...old, epoch: 2 })
      store = await under.reopen()
      const head = await store.open(branch)
      expect(head.epoch).toBe(2)
      await expect(store.commit(batchOn(old))).rejects.toThrow(StoreConflict)
      await store.commit(batchOn(head, { entries: 3 }))
      expect(await store.verify(branch)).toMatchObject({ ok: true, entries: 4 })
    })

    it('keeps branches apart', async () => {
      const claim = change('claims', { 'greet:visit:v-1': { task: 't' } })
      await store.commit(batchOn(await store.open(branch), { changes: [claim, change('zones', { a: 1 })] }))
      await store.commit(batchOn(await store.open('branch-2'), { entries: 2, changes: [claim] }))
      expect((await store.load('branch-2')).has('zones')).toBe(false)
      expect((await store.open(branch)).seq).toBe(1)
      expect(await store.verify('branch-2')).toMatchObject({ ok: true, entries: 2 })
    })

    it('refuses what would not survive a restart, and goes on', async () => {
      const head = await store.open(branch)
      await expect(
        store.commit(batchOn(head, { changes: [change('zones', { a: new Date() })] })),
      ).rejects.toMatchObject({
        code: 'json.not-plain',
      })
      await store.commit(batchOn(head))
    })

    it('copies the state at an entry and gives it back after more work', async () => {
      await store.commit(
        batchOn(await store.open(branch), {
          changes: [change('zones', { a: { n: 1 } }), change('claims', { c: { task: 't' } })],
        }),
      )
      const made = await store.checkpoint(branch)
      expect(made).toMatchObject({ seq: 1, rows: 2, at: start })
      const then = await store.load(branch)
      const rows = [...then].flatMap(([table, kept]) => kept.map(([key, row]) => [table, key, row] as const))
      expect(made.digest).toBe(digestState(rows))
      await store.commit(
        batchOn(await store.open(branch), { changes: [change('zones', { a: { n: 2 } }, ['a'])] }),
      )
      store = await under.reopen()
      expect(await store.checkpoints(branch)).toEqual([made])
      expect(await store.loadCheckpoint(branch, 1)).toEqual({ ...made, tables: then })
      expect(await store.loadCheckpoint(branch, 2)).toBeNull()
      expect((await store.load(branch)).get('zones')).toEqual([['a', { n: 2 }]])
    })

    it('gives back any rows after any changes, as a map would', async () => {
      const key = fc.constantFrom('a', 'b', 'c', 'ä', '\u{1f600}', '\uffee')
      const step = fc.dictionary(key, fc.option(fc.jsonValue(), { nil: undefined }), { maxKeys: 6 })
      let round = 0
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 5 }), async (steps) => {
          const own = `branch-p${round++}`
          const expected = new Map<string, unknown>()
          for (const rows of steps) {
            await store.commit(
              batchOn(await store.open(own), { changes: [change('zones', rows, [...expected.keys()])] }),
            )
            for (const [name, row] of Object.entries(rows)) {
              if (row === undefined) expected.delete(name)
              else expected.set(name, row)
            }
          }
          const loaded = new Map((await store.load(own)).get('zones') ?? [])
          expect([...loaded.keys()].sort()).toEqual([...expected.keys()].sort())
          for (const [name, row] of expected) expect(canonicalJson(loaded.get(name))).toBe(canonicalJson(row))
        }),
        { numRuns: 25 },
      )
    })
  })
}
