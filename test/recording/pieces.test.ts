/** The second copy as it comes in: in order or not at all, twice or once, as large and as fast as may be. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainOf, chainStart, OutOfOrder, PageCopies, type PagePiece } from '#hub/recording/page-copies.ts'

const part = 'part-0001'
const participant = 'kiosk:k-1'
const bytesOf = (seq: number, size = 100) => Buffer.alloc(size, seq + 1)
const chains = (count: number) => {
  const all: string[] = []
  for (let seq = 0; seq < count; seq += 1) all.push(chainOf(all.at(-1) ?? chainStart, bytesOf(seq)))
  return all
}
const pieces = (count: number): readonly PagePiece[] =>
  chains(count).map((chain, seq) => ({
    participant,
    part,
    seq,
    ageMs: seq * 2_000,
    type: 'video/webm;codecs=vp8,opus',
    chain,
    bytes: bytesOf(seq),
  }))

const stage = (bytesMax = 1_000_000) => {
  const kept: Buffer[] = []
  let ms = 0
  const copies = new PageCopies({
    bytesMax,
    nowMs: () => 1_000_000 + ms,
    monotonicMs: () => ms,
    keep: async ({ bytes }) => void kept.push(bytes),
  })
  return { copies, kept, wait: (forMs: number) => void (ms += forMs) }
}

test('whatever is sent in whatever order, and however often: what is kept is the first so many, each once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(7), { maxLength: 60 }), async (order) => {
      const all = pieces(8)
      const { copies, kept } = stage()
      let next = 0
      for (const seq of order) {
        const told = copies.take(all[seq] as PagePiece)
        if (seq > next) {
          const error = await told.catch((reason: unknown) => reason)
          expect(error).toBeInstanceOf(OutOfOrder)
          expect(error).toMatchObject({ code: 'recording.order', expected: next })
        } else {
          next = Math.max(next, seq + 1)
          expect(await told).toBe(next)
        }
      }
      expect(kept).toEqual(all.slice(0, next).map(({ bytes }) => bytes))
    }),
  )
})

test.each<[string, Partial<PagePiece>, string]>([
  ['nothing', { bytes: Buffer.alloc(0) }, 'recording.chunk'],
  ['another type', { type: 'text/html' }, 'recording.chunk'],
  ['a chain that does not fit', { chain: 'f'.repeat(64) }, 'recording.chunk'],
  ['another piece under the number of the last', { seq: 0, bytes: bytesOf(9) }, 'recording.conflict'],
])('%s is refused with a code, and what goes on is taken', async (_, harm, code) => {
  const [first, second] = pieces(2) as [PagePiece, PagePiece]
  const { copies, kept } = stage()
  await copies.take(first)
  await expect(copies.take({ ...second, ...harm })).rejects.toMatchObject({ code })
  expect(await copies.take(second)).toBe(2)
  expect(kept).toHaveLength(2)
})

test('more than may be is refused, and so is what comes too fast', async () => {
  const small = stage(250)
  const all = pieces(200)
  await small.copies.take(all[0] as PagePiece)
  await small.copies.take(all[1] as PagePiece)
  await expect(small.copies.take(all[2] as PagePiece)).rejects.toMatchObject({ code: 'recording.too-large' })
  const { copies, wait } = stage()
  for (const one of all.slice(0, 100)) await copies.take(one)
  await expect(copies.take(all[100] as PagePiece)).rejects.toMatchObject({ code: 'recording.too-fast' })
  wait(1_000)
  expect(await copies.take(all[100] as PagePiece)).toBe(101)
})

test('a hub that started again goes on where it was', async () => {
  const all = pieces(4)
  const { copies } = stage()
  const chain = all[2]?.chain ?? ''
  copies.known(participant, part, { startedAt: 5, next: 3, chain, bytes: 300 })
  expect(await copies.take(all[1] as PagePiece)).toBe(3)
  expect(await copies.take(all[3] as PagePiece)).toBe(4)
})
