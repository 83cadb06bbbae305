/** How long a recording is kept, by a clock that is given: its time, its holds, and what is left when it is gone. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Keeper, type KeepNote } from '#hub/recording/keep.ts'
import { keepUntil } from '#hub/recording/seal.ts'
import { verifyRecording } from '#hub/recording/verify.ts'
import { beganAt, MadeVault, whole } from './support/made.ts'

const made = new MadeVault()
const dayMs = 86_400_000
const notes: KeepNote[] = []
const complaints: string[] = []
let now = beganAt
let daily: (() => void) | undefined
const keeper = new Keeper({
  get vault() {
    return made.vault
  },
  now: () => now,
  clock: {
    after: (_, callback) => {
      daily = callback
      return () => undefined
    },
  },
  note: async (note) => void notes.push(note),
  log: { error: (_, text) => void complaints.push(text) },
})

beforeAll(async () => {
  await made.open()
  for (const id of ['sale-1', 'sale-2']) await made.seal(await made.record(id, 4_000, whole(4_000)), beganAt)
  await made.record('sale-open', 4_000, whole(4_000))
})
afterAll(() => made.close())

test('the later of both: days from the sale, and from the end of its product’s term', () => {
  const day = fc.integer({ min: 1, max: 4_000 })
  fc.assert(
    fc.property(
      day,
      day,
      fc.option(fc.integer({ min: -400, max: 4_000 })),
      (keepDays, afterTermDays, term) => {
        const sealedAt = Date.parse('2026-11-23T12:00:00Z')
        const termEnds = term === null ? null : new Date(sealedAt + term * dayMs).toISOString().slice(0, 10)
        const until = keepUntil({ sealedAt, keepDays, afterTermDays, termEnds })
        expect(until).toBeGreaterThanOrEqual(sealedAt + keepDays * dayMs)
        // Not before the last day is over anywhere on earth.
        if (term !== null)
          expect(until).toBeGreaterThanOrEqual(
            Date.parse(`${termEnds}T23:59:59Z`) + 0.5 * dayMs + afterTermDays * dayMs,
          )
      },
    ),
  )
})

test('a hold has a reason and a name of its own, and keeps what is past its time', async () => {
  const hold = { recording: 'sale-1', hold: 'complaint-7', reason: 'a complaint', by: 'admin-1' }
  await keeper.hold(hold)
  await expect(keeper.hold(hold)).rejects.toMatchObject({ code: 'recording.held' })
  await expect(keeper.hold({ ...hold, recording: 'sale-open' })).rejects.toMatchObject({
    code: 'recording.open',
  })
  await expect(keeper.hold({ ...hold, recording: 'sale-9' })).rejects.toMatchObject({
    code: 'recording.unknown',
  })
  now = beganAt + 30 * dayMs - 1
  expect(await keeper.deleteDue()).toEqual([])
  now += 1
  expect(await keeper.deleteDue()).toEqual(['sale-2'])
  expect(notes.map(({ act, by }) => `${act} ${by}`)).toEqual([
    'recording-held admin-1',
    'recording-erased hub',
  ])
})

test('one that cannot be looked at keeps no other from its end', async () => {
  const from = now
  const path = made.vault.pathOf('sale-0', 'record.json')
  for (const id of ['sale-0', 'sale-3']) await made.seal(await made.record(id, 4_000, whole(4_000)), from)
  const before = readFileSync(path)
  writeFileSync(path, 'half a tex')
  now = from + 30 * dayMs
  expect(await keeper.deleteDue()).toEqual(['sale-3'])
  expect(complaints).toHaveLength(1)
  writeFileSync(path, before)
  expect(await keeper.deleteDue()).toEqual(['sale-0'])
  now = from
})

test('of what was deleted its manifest and the record of it are left, and no key', async () => {
  expect(existsSync(made.vault.pathOf('sale-2', 'key'))).toBe(false)
  expect(await made.vault.files('sale-2')).toEqual([])
  expect(await made.vault.record('sale-2')).toMatchObject({
    state: 'erased',
    erased: { at: now, why: 'time' },
  })
  await expect(made.vault.keyOf('sale-2')).rejects.toMatchObject({ code: 'recording.erased' })
  expect(await verifyRecording(made.vault, 'sale-2')).toEqual([])
  const wish = { recording: 'sale-2', hold: 'late', reason: 'too late', by: 'admin-1' }
  await expect(keeper.hold(wish)).rejects.toMatchObject({ code: 'recording.erased' })
})

test('released, it goes with the next day', async () => {
  const release = { recording: 'sale-1', hold: 'complaint-7', reason: 'settled', by: 'admin-1' }
  await expect(keeper.release({ ...release, hold: 'other' })).rejects.toMatchObject({
    code: 'recording.not-held',
  })
  await keeper.release(release)
  expect(await verifyRecording(made.vault, 'sale-1')).toEqual([])
  keeper.start()
  await expect.poll(async () => (await made.vault.record('sale-1')).state).toBe('erased')
  expect(daily).toBeDefined()
  expect(notes.at(-1)).toMatchObject({ act: 'recording-erased', params: { recording: 'sale-1' } })
  expect(await made.vault.record('sale-open')).toMatchObject({ state: 'open' })
})
