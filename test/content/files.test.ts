/** What has a name is whole: whatever breaks off, fills up or dies in between. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ContentFilesParts, createContentFiles } from '#hub/content/files.ts'
import { ContentLimits } from '#hub/content/limits.ts'
import { usedFiles } from '#hub/content/used.ts'
import { UsherError } from '#protocol/errors.ts'
import { openLookLab } from '../desk/look-lab.ts'
import { jpeg, mp4, png } from './samples.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usher-files-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const mebibyte = 1024 * 1024
const hour = 3_600_000
const now = Date.parse('2026-03-02T01:00:00Z')
const open = (parts: Partial<ContentFilesParts> = {}) =>
  createContentFiles({ directory, limits: ContentLimits.parse({}), wallMs: () => now, ...parts })
const names = () => readdirSync(join(directory, 'content'))

async function* pieces(bytes: Buffer, size = 1_000): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof UsherError ? error.code : error),
  )

test('a file lies under the hash of what is in it', async () => {
  const bytes = jpeg(640, 480, 200_000)
  const media = await open().add(pieces(bytes), bytes.length)
  expect(media).toEqual({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    type: 'image/jpeg',
    bytes: bytes.length,
    width: 640,
    height: 480,
  })
  expect(names()).toEqual([media.sha256])
  expect(readFileSync(join(directory, 'content', media.sha256))).toEqual(bytes)
  // Another hub on the same data finds it as it was found.
  const other = open()
  expect(other.find(media.sha256)?.bytes).toBe(bytes.length)
  expect(await other.media(media.sha256)).toEqual(media)
})

describe('nothing is left of', () => {
  test('one whose sender went away', async () => {
    async function* breaking() {
      yield mp4().subarray(0, 900)
      throw new Error('socket hang up')
    }
    expect(await codeOf(open().add(breaking()))).toBe('content.broken')
    expect(names()).toEqual([])
  })

  test('one that grows past the limit, whatever was said of it', async () => {
    const limits = ContentLimits.parse({ fileBytesMax: mebibyte })
    let sent = 0
    async function* endless() {
      for (;;) {
        sent += 65_536
        yield Buffer.alloc(65_536)
      }
    }
    expect(await codeOf(open({ limits }).add(endless(), 10))).toBe('content.too-large')
    expect(sent).toBeLessThan(2 * mebibyte)
    expect(await codeOf(open({ limits }).add(pieces(Buffer.alloc(0)), 2 * mebibyte))).toBe(
      'content.too-large',
    )
    expect(names()).toEqual([])
  })

  test('what a hub that died was writing', async () => {
    mkdirSync(join(directory, 'content'), { recursive: true })
    writeFileSync(join(directory, 'content', 'incoming-1'), 'half')
    writeFileSync(join(directory, 'content', 'notes.txt'), 'not ours')
    expect(open().sweep(() => false)).toBe(0)
    expect(names()).toEqual(['notes.txt'])
  })
})

describe('there is no room', () => {
  test('in the library', async () => {
    const limits = ContentLimits.parse({ bytesMax: mebibyte })
    const files = open({ limits })
    const large = jpeg(640, 480, 900_000)
    await files.add(pieces(large), large.length)
    const other = jpeg(641, 480, 900_000)
    expect(await codeOf(files.add(pieces(other), other.length))).toBe('content.quota')
    expect(await codeOf(files.add(pieces(other)))).toBe('content.quota')
    await files.add(pieces(png()))
    expect(names().length).toBe(2)
  })

  test('on the disk', async () => {
    const files = open({ freeBytes: async () => ContentLimits.parse({}).freeBytesMin + 100 })
    expect(await codeOf(files.add(pieces(png()), png().length))).toBeUndefined()
    expect(await codeOf(files.add(pieces(jpeg(16, 16, 500)), 600))).toBe('store.full')
  })

  test('for one beside another that is still coming in', async () => {
    async function* slow(bytes: Buffer, held: Promise<void>) {
      await held
      yield bytes
    }
    const large = jpeg(640, 480, 600_000)
    const other = jpeg(641, 480, 600_000)
    const limits = ContentLimits.parse({ bytesMax: mebibyte })
    for (const [code, files] of [
      ['content.quota', open({ limits })],
      ['store.full', open({ freeBytes: async () => ContentLimits.parse({}).freeBytesMin + 900_000 })],
    ] as const) {
      const held = Promise.withResolvers<void>()
      const first = files.add(slow(large, held.promise), large.length)
      expect(await codeOf(files.add(pieces(other), other.length))).toBe(code)
      // Who does not say how much it is gets to know it when it is too much.
      expect(await codeOf(files.add(pieces(other)))).toBe(code)
      held.resolve()
      expect((await first).bytes).toBe(large.length)
      await files.add(pieces(png()), png().length)
    }
    expect(names().length).toBe(2)
  })

  test('for more than a few at once', async () => {
    const files = open()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    async function* slow() {
      await held
      yield png()
    }
    const first = Array.from({ length: 4 }, () => files.add(slow()))
    expect(await codeOf(files.add(slow()))).toBe('hub.busy')
    release()
    expect(new Set((await Promise.all(first)).map(({ sha256 }) => sha256)).size).toBe(1)
    expect(names().length).toBe(1)
  })
})

test('what nobody uses goes after a day; what a version names stays, also a former one', async () => {
  const lab = await openLookLab()
  const files = open()
  const [used, asked, unused, fresh] = await Promise.all(
    [1, 2, 3, 4].map((width) => files.add(pieces(png(width)))),
  )
  const add = (sha256: string) =>
    lab.send({
      kind: 'command',
      command: {
        name: 'content.add',
        item: 'rates',
        title: { en: 'Rates' },
        media: { sha256, type: 'image/png', bytes: 10 },
        template: null,
        words: {},
        productCode: null,
        expiresOn: null,
        by: 'ann',
      },
    })
  await add(used?.sha256 ?? '')
  await add(used?.sha256 ?? '')
  const old = (now - 25 * hour) / 1_000
  for (const media of [used, asked, unused])
    utimesSync(join(directory, 'content', media?.sha256 ?? ''), old, old)
  utimesSync(join(directory, 'content', fresh?.sha256 ?? ''), now / 1_000, now / 1_000)
  // Somebody is about to use it.
  await files.media(asked?.sha256 ?? '')
  const inUse = await lab.engine.read(usedFiles)
  expect(files.sweep((sha256) => inUse.has(sha256))).toBe(1)
  expect(new Set(names())).toEqual(new Set([used, asked, fresh].map((media) => media?.sha256)))
  expect(files.find(unused?.sha256 ?? '')).toBeUndefined()
  await lab.stop()
})

test('one that somebody removed by hand is not there, and holds up nothing', async () => {
  const files = open()
  const [gone, kept] = await Promise.all([files.add(pieces(png(1))), files.add(pieces(png(2)))])
  rmSync(join(directory, 'content', gone.sha256))
  expect(files.sweep(() => false)).toBe(0)
  expect([files.find(gone.sha256), await files.media(gone.sha256)]).toEqual([undefined, undefined])
  expect(files.find(kept.sha256)?.bytes).toBe(kept.bytes)
  expect((await files.add(pieces(png(1)))).sha256).toBe(gone.sha256)
  expect(files.find(gone.sha256)?.bytes).toBe(gone.bytes)
})

test.each(['', '..', '../accounts.db', 'incoming-1', 'constructor', 'A'.repeat(64), `${'a'.repeat(64)}/x`])(
  'there is no file %s',
  async (name) => {
    expect([open().find(name), await open().media(name)]).toEqual([undefined, undefined])
  },
)
