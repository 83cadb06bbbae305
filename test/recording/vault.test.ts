/** What is sealed is found changed, whatever is done to whichever file of it; and what is missing is found missing. */
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { exportRecording } from '#hub/recording/export.ts'
import { RecordingFiles } from '#hub/recording/files.ts'
import { findBack } from '#hub/recording/found.ts'
import type { Piece } from '#hub/recording/peer/part-writer.ts'
import { openPlayback } from '#hub/recording/playback.ts'
import { readBack } from '#hub/recording/read-back.ts'
import { sealRecording } from '#hub/recording/seal.ts'
import { isSignedBy, openVaultKeys } from '#hub/recording/vault/keys.ts'
import { sha256Of, Vault } from '#hub/recording/vault/vault.ts'
import { manifestOf, verifyRecording } from '#hub/recording/verify.ts'
import type { Manifest } from '#protocol/recording/manifest.ts'
import { beganAt, MadeVault, openRecord, participants, piecesOf, whole } from './support/made.ts'

const made = new MadeVault()
const lengthMs = 5_000
let manifest: Manifest
let inJournal: string

const pathOf = (name: string, id = 'sale-1') => made.vault.pathOf(id, name)
const complaints = () => verifyRecording(made.vault, 'sale-1', inJournal)
const filesThere = () => made.vault.everything('sale-1')

beforeAll(async () => {
  await made.open()
  const sealed = await made.seal(await made.record('sale-1', lengthMs, whole(lengthMs)))
  manifest = sealed.manifest
  inJournal = sealed.sha256
})
afterAll(() => made.close())

test('a whole one has everything of everybody, twice, and nothing to complain of', async () => {
  expect(await complaints()).toEqual([])
  expect(manifest.gaps).toEqual([])
  expect(manifest.files).toHaveLength(4)
  expect(manifest.parts.map(({ recorder, participant }) => `${recorder} ${participant}`).sort()).toEqual(
    Object.keys(whole(0)).sort(),
  )
  const { mode } = statSync(join(made.directory, 'pki/recordings.key'))
  expect(mode & 0o777).toBe(0o600)
})

test('nothing of it can be read without its key', () => {
  const raw = Buffer.concat(manifest.files.map(({ name }) => readFileSync(pathOf(name))))
  // Pieces of what was recorded: bytes that repeat, and the names of a container.
  expect(raw.includes(Buffer.alloc(24, 7))).toBe(false)
  expect(raw.includes('A_OPUS')).toBe(false)
})

const readAll = async (pieces: AsyncIterable<Buffer>) => {
  const all: Buffer[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

/** Does something to a file, looks, and puts it back. */
const after = async (name: string, harm: (path: string, bytes: Buffer) => void) => {
  const path = pathOf(name)
  const before = readFileSync(path)
  try {
    harm(path, before)
    return await complaints()
  } finally {
    writeFileSync(path, before)
  }
}

test('any bit of any file, the manifest, the record and the key among them', async () => {
  const names = (await filesThere()).toSorted()
  expect(names).toHaveLength(7)
  const flips = fc.record({
    name: fc.constantFrom(...names),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    bit: fc.nat(7),
  })
  await fc.assert(
    fc.asyncProperty(flips, async ({ name, at, bit }) => {
      const found = await after(name, (path, bytes) => {
        const harmed = Buffer.from(bytes)
        const where = Math.floor(at * bytes.length)
        harmed.writeUInt8(harmed.readUInt8(where) ^ (1 << bit), where)
        writeFileSync(path, harmed)
      })
      expect(found.map(({ file }) => file)).toContain(name)
    }),
    { numRuns: 120 },
  )
  // And each byte of the key, many of the record.
  for (const [name, step] of [
    ['key', 1],
    ['record.json', 17],
  ] as const)
    for (let where = 0; where < statSync(pathOf(name)).size; where += step)
      expect(
        await after(name, (path, bytes) => {
          const harmed = Buffer.from(bytes)
          harmed.writeUInt8(harmed.readUInt8(where) ^ 1, where)
          writeFileSync(path, harmed)
        }),
      ).not.toEqual([])
}, 60_000)

describe('beyond bits', () => {
  test('a tail that was cut off, by any number of bytes', async () => {
    for (const { name, bytes } of manifest.files)
      for (const cut of [1, 16, 500, bytes - 1])
        expect(await after(name, (path) => truncateSync(path, bytes - cut))).toEqual([
          { file: name, what: 'cut-off' },
        ])
  })
  test('something behind it', async () => {
    const name = manifest.files[0]?.name ?? ''
    expect(await after(name, (path) => appendFileSync(path, 'x'))).toEqual([{ file: name, what: 'changed' }])
  })
  test('one that is gone, one that is another, and one that was put there', async () => {
    const [one, other] = manifest.files.map(({ name }) => name) as [string, string]
    expect(await after(one, (path) => rmSync(path))).toEqual([{ file: one, what: 'missing' }])
    expect((await after(one, (path) => copyFileSync(pathOf(other), path))).map(({ file }) => file)).toEqual([
      one,
    ])
    copyFileSync(pathOf(one), pathOf('0099-hub.rec'))
    expect(await complaints()).toEqual([{ file: '0099-hub.rec', what: 'beside' }])
    rmSync(pathOf('0099-hub.rec'))
  })
  test('a manifest that was sealed anew is not the one of the journal', async () => {
    const id = 'sale-2'
    const record = await made.record(id, lengthMs, whole(lengthMs))
    const first = await made.seal(record)
    rmSync(pathOf(first.manifest.files[0]?.name ?? '', id))
    await made.seal(record, beganAt + 61_000)
    expect(await verifyRecording(made.vault, id, first.sha256)).toEqual([
      { file: 'manifest.json', what: 'journal' },
    ])
  })
  test('a key of another recording opens nothing', async () => {
    const name = manifest.files[0]?.name
    const key = await made.vault.keyOf('sale-2')
    const found = await readBack(made.vault, 'sale-1', key)
    expect(found.broken).toContain(name)
    expect(() => made.vault.keys.unwrap('sale-1', made.vault.keys.wrap('sale-2', key))).toThrow('recording')
  })
})

test('a piece that a power cut tore counts for nothing, and what came before it is there', async () => {
  const id = 'sale-3'
  const longerMs = 5_960
  const record = await made.record(id, longerMs, whole(longerMs))
  const key = await made.vault.keyOf(id)
  const before = await readBack(made.vault, id, key)
  const ofHub = before.files.find(({ recorder }) => recorder === 'hub')
  const { name = '', bytes = 0, chunks = [] } = ofHub ?? {}
  truncateSync(pathOf(name, id), bytes - 10)
  const found = await readBack(made.vault, id, key)
  const row = found.files.find((file) => file.name === name)
  expect(row?.chunks).toEqual(chunks.slice(0, -1))
  expect(row?.tornBytes).toBeGreaterThan(0)
  const { manifest: sealed } = await made.seal(record)
  expect(sealed.gaps).toContainEqual(
    expect.objectContaining({
      recorder: row?.recorder,
      participant: row?.participant,
      to: beganAt + longerMs,
    }),
  )
  expect(await verifyRecording(made.vault, id)).toEqual([])
})

test('whatever is missing of somebody for longer than a moment is a gap, and nothing else is', async () => {
  const stretch = fc.record({
    from: fc.integer({ min: 20, max: 60 }),
    length: fc.integer({ min: 40, max: 60 }),
  })
  let n = 0
  await fc.assert(
    fc.asyncProperty(stretch, fc.constantFrom(...Object.keys(whole(0))), async ({ from, length }, who) => {
      n += 1
      const [recorder = '', participant = ''] = who.split(' ')
      const missing = { from: from * 100, to: (from + length) * 100 }
      const kept = {
        ...whole(15_000),
        [who]: [
          { from: 0, to: missing.from },
          { from: missing.to, to: 15_000 },
        ],
      }
      const { manifest: sealed } = await made.seal(await made.record(`gap-${n}`, 15_000, kept))
      expect(sealed.gaps.map((gap) => `${gap.recorder} ${gap.participant} ${gap.kind}`)).toEqual([
        `${recorder} ${participant} audio`,
        `${recorder} ${participant} video`,
      ])
      for (const gap of sealed.gaps) {
        expect(Math.abs(gap.from - beganAt - missing.from)).toBeLessThanOrEqual(110)
        expect(Math.abs(gap.to - beganAt - missing.to)).toBeLessThanOrEqual(110)
      }
    }),
    { numRuns: 8 },
  )
}, 60_000)

test('a hub that starts again finds until when each was recorded, and where each page goes on', async () => {
  const id = 'sale-4'
  await made.record(id, lengthMs, whole(lengthMs))
  const { until, pages, files } = await findBack(made.vault, id, await made.vault.keyOf(id))
  expect(files).toBe(4)
  for (const one of participants) {
    expect(Math.abs((until.get(one) ?? 0) - beganAt - lengthMs)).toBeLessThan(150)
    expect(pages.find(({ participant }) => participant === one)?.next).toBeGreaterThan(2)
  }
})

test('a part is played from any byte to any other as the same file', async () => {
  const { part = '' } = manifest.parts[0] ?? {}
  const { read, bytes } = await openPlayback(made.vault, manifest, part)
  const all = await readAll(read(0, bytes - 1))
  expect(all).toHaveLength(bytes)
  const range = fc.tuple(fc.nat(bytes - 1), fc.nat(bytes - 1)).map((two) => two.toSorted((a, b) => a - b))
  await fc.assert(
    fc.asyncProperty(range, async ([first = 0, last = 0]) => {
      const some = await readAll(read(first, last))
      expect(some.equals(all.subarray(first, last + 1))).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('an export plays without a hub, and its signature is checked without a secret', async () => {
  const folder = join(made.directory, 'out')
  const names = await exportRecording(made.vault, 'sale-1', folder)
  expect(names.filter((name) => name.endsWith('.webm'))).toHaveLength(4)
  const text = readFileSync(join(folder, 'manifest.json'), 'utf8')
  expect(sha256Of(text)).toBe(inJournal)
  const signature = readFileSync(join(folder, 'manifest.sig'), 'utf8')
  const publicKey = readFileSync(join(folder, 'seal-public-key.pem'), 'utf8')
  expect(isSignedBy(publicKey, text, signature)).toBe(true)
  expect(isSignedBy(publicKey, text.replace('sale-1', 'sale-9'), signature)).toBe(false)
})

test('the same keys are there after a start, and another hub has others', async () => {
  const again = new Vault({ directory: made.directory, keys: await openVaultKeys(made.directory) })
  expect(await verifyRecording(again, 'sale-1', inJournal)).toEqual([])
  const other = await new MadeVault().open()
  const foreign = new Vault({ directory: made.directory, keys: other.vault.keys })
  expect((await verifyRecording(foreign, 'sale-1', inJournal)).map(({ what }) => what)).toContain('signature')
  await expect(foreign.keyOf('sale-1')).rejects.toMatchObject({ code: 'recording.damaged' })
  expect((await manifestOf(foreign, 'sale-1')).recording).toBe('sale-1')
  other.close()
})

test('a disk that is full costs the piece that it did not take, and nothing before or after it', async () => {
  const id = 'sale-5'
  const record = openRecord(id, lengthMs)
  const files = new RecordingFiles(made.vault, { id, key: await made.vault.create(record), made: 0 })
  const pieces = piecesOf({ from: 0, to: lengthMs })
  const [participant] = participants
  const take = ({ seq, startedAtMs: startedAt, endsAtMs: at, type, bytes }: Piece) =>
    files.take({ recorder: 'hub', participant, part: 'hub-1-0', seq, startedAt, at, type, bytes })
  const handle = await open(pathOf('key', id))
  const full = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'write')
  await handle.close()
  for (const [n, piece] of pieces.entries()) {
    if (n !== 1) await take(piece)
    else {
      full.mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'ENOSPC' }))
      await expect(take(piece)).rejects.toMatchObject({ code: 'recording.no-space' })
    }
  }
  await files.close()
  vi.restoreAllMocks()
  const { manifest: sealed } = await made.seal(record)
  expect(sealed.files.flatMap(({ chunks }) => chunks).length).toBe(pieces.length - 1)
  expect(sealed.parts).toHaveLength(1)
  expect(await verifyRecording(made.vault, id)).toEqual([])
})

test('one whose record is gone is named, and keeps nobody from looking at the others', async () => {
  const found = await after('record.json', (path) => rmSync(path))
  expect(found).toContainEqual({ file: 'record.json', what: 'missing' })
  await expect(verifyRecording(made.vault, 'sale-99')).rejects.toMatchObject({ code: 'recording.unknown' })
})

test('what a stop in the middle of a change left is gone with the next start', async () => {
  writeFileSync(pathOf('record.json.new'), '{"rec')
  mkdirSync(join(made.vault.folder, 'sale-6'))
  copyFileSync(pathOf('key'), pathOf('key', 'sale-6'))
  expect(await complaints()).toEqual([{ file: 'record.json.new', what: 'beside' }])
  await made.vault.tidy()
  expect(await complaints()).toEqual([])
  expect(await made.vault.list()).not.toContain('sale-6')
  expect(await made.vault.list()).toContain('sale-1')
})

/** What a vault finds in another folder, to which these were copied. */
const copied = (...names: readonly string[]) => {
  const directory = mkdtempSync(join(tmpdir(), 'usher-backup-'))
  for (const name of names) cpSync(join(made.directory, name), join(directory, name), { recursive: true })
  return directory
}
const vaultIn = async (directory: string) => new Vault({ directory, keys: await openVaultKeys(directory) })

test('a backup is its folder and its keys: with both it is what was sealed, with one of them it says that it is not', async () => {
  const whole_ = copied('recordings', 'pki')
  expect(await verifyRecording(await vaultIn(whole_), 'sale-1', inJournal)).toEqual([])
  const { part = '' } = manifest.parts[0] ?? {}
  const { read, bytes } = await openPlayback(await vaultIn(whole_), manifest, part)
  expect(await readAll(read(0, bytes - 1))).toHaveLength(bytes)
  const keyless = copied('recordings')
  expect(
    (await verifyRecording(await vaultIn(keyless), 'sale-1', inJournal)).map(({ file }) => file),
  ).toEqual(['record.json', 'manifest.json', 'key'])
  for (const directory of [whole_, keyless]) rmSync(directory, { recursive: true })
})

test('a backup that was made while it was recorded has what there was then, and is not the one of the journal', async () => {
  const id = 'sale-7'
  const record = await made.record(id, lengthMs, whole(lengthMs))
  const early = copied('recordings', 'pki')
  const { sha256 } = await made.seal(record, beganAt + 90_000)
  const vault = await vaultIn(early)
  const note = async () => undefined
  const sealed = await sealRecording(
    { vault, branch: 'demo', at: beganAt, journal: { epoch: 2, seq: 1 }, sale: null, note },
    await vault.record(id),
  )
  expect(await verifyRecording(vault, id, sealed.sha256)).toEqual([])
  expect(await verifyRecording(vault, id, sha256)).toEqual([{ file: 'manifest.json', what: 'journal' }])
  rmSync(early, { recursive: true })
})

test.each(['recordings.key', 'recordings-seal.pem'])('any bit of %s', async (name) => {
  const path = join(made.directory, 'pki', name)
  const before = readFileSync(path)
  try {
    for (let where = 0; where < before.length; where += 1) {
      const harmed = Buffer.from(before)
      harmed.writeUInt8(harmed.readUInt8(where) ^ 1, where)
      writeFileSync(path, harmed)
      const found = await vaultIn(made.directory).then(
        async (vault) => (await verifyRecording(vault, 'sale-1', inJournal)).length,
        (error: unknown) => (error as { code?: string }).code,
      )
      // Signs as before: a letter of the frame around the key, of which nothing is made.
      const isSame =
        (await vaultIn(made.directory).catch(() => undefined))?.keys.publicKey === made.vault.keys.publicKey
      if (name === 'recordings.key' || !isSame) expect([1, 2, 3, 'recording.damaged']).toContain(found)
      else expect(found).toBe(0)
    }
  } finally {
    writeFileSync(path, before)
  }
})
