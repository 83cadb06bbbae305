/** Short films, recorded by the browser itself: whole ones, and what becomes of them on a bad disk or a bad line. */
import type { Page } from 'playwright-core'
import { openChromium } from '../support/chromium.ts'
import { record } from './record.js'

interface FilmWish {
  readonly ms: number
  readonly withSound?: boolean
}

/** WebM, one for each wish. */
export const recordFilms = async (wishes: readonly FilmWish[]): Promise<readonly Buffer[]> => {
  const browser = await openChromium(['--autoplay-policy=no-user-gesture-required'])
  try {
    const page: Page = await browser.newPage()
    const films: Buffer[] = []
    for (const wish of wishes)
      films.push(Buffer.from(await page.evaluate<string, FilmWish>(record, wish), 'base64'))
    return films
  } finally {
    await browser.close()
  }
}

const id = { segment: 0x1853_8067, cluster: 0x1f43_b675 } as const
const withinIt: ReadonlySet<number> = new Set([id.segment, id.cluster])

interface Part {
  readonly id: number
  readonly at: number
  /** Where its length stands, and how long that is. */
  readonly sizeAt: number
  readonly sizeBytes: number
  readonly from: number
}

/** A number of EBML: its first bits say how long it is. */
const numberAt = (film: Buffer, at: number) => {
  const bytes = Math.clz32(film.readUInt8(at)) - 23
  return { bytes, marked: film.readUIntBE(at, Math.min(bytes, 6)) }
}

const sizeIn = (film: Buffer, { sizeAt, sizeBytes }: Part) =>
  Array.from(film.subarray(sizeAt, sizeAt + sizeBytes)).reduce(
    (sum, byte, place) => sum * 256 + (place === 0 ? byte & (0xff >> sizeBytes) : byte),
    0,
  )

const partsOf = (film: Buffer): readonly Part[] => {
  const parts: Part[] = []
  for (let at = 0; at < film.length; ) {
    const { bytes, marked } = numberAt(film, at)
    const sizeAt = at + bytes
    const sizeBytes = numberAt(film, sizeAt).bytes
    const part = { id: marked, at, sizeAt, sizeBytes, from: sizeAt + sizeBytes }
    parts.push(part)
    at = withinIt.has(part.id) ? part.from : part.from + sizeIn(film, part)
  }
  return parts
}

/** Its first part, under a header that speaks of all of it: the rest never came. */
export const brokenOff = (film: Buffer, share: number): Buffer => {
  const parts = partsOf(film)
  const end = parts.find(({ at }) => at > film.length * share)?.at ?? film.length
  const cut = Buffer.from(film.subarray(0, end))
  // As of a film that is recorded live: it goes on until it ends.
  for (const { id, sizeAt, sizeBytes, at } of parts)
    if (at < end && withinIt.has(id)) {
      cut.fill(0xff, sizeAt, sizeAt + sizeBytes)
      cut[sizeAt] = 0xff >> (sizeBytes - 1)
    }
  return cut
}

/** Whole as a file, and rubbish from there on where its pictures should be. */
export const spoiled = (film: Buffer, share: number): Buffer => {
  const bad = Buffer.from(film)
  for (const part of partsOf(film))
    if (!withinIt.has(part.id) && part.at > film.length * share) {
      const end = part.from + sizeIn(film, part)
      // The first bytes name the track and the time, of a group as of a block.
      for (let at = part.from + 24; at < end; at += 1) bad[at] = (at * 89) & 0xff
    }
  return bad
}
