/** What a file really is: by what is in it, whatever it is called and whatever its sender says of it. */
import type { FileHandle } from 'node:fs/promises'
import type { Media, MediaType } from '#protocol/content.ts'
import { UsherError } from '#protocol/errors.ts'
import { refusedWith } from '../../branch/refused-with.ts'
import { ByteSource } from './byte-source.ts'
import { isGif, readGif } from './gif.ts'
import { isJpeg, readJpeg } from './jpeg.ts'
import { isMp4, readMp4, type Video } from './mp4.ts'
import { checkPage, kindOfText, pageBytesMax } from './page.ts'
import type { Dimensions } from './picture.ts'
import { isPng, readPng } from './png.ts'
import { isEbml, readWebm } from './webm.ts'
import { isWebp, readWebp } from './webp.ts'

type Found = Omit<Media, 'sha256' | 'bytes'>
type Kind = readonly [
  type: Exclude<MediaType, 'text/html'>,
  is: (head: Buffer) => boolean,
  read: (source: ByteSource) => Promise<Dimensions | Video>,
]

const kinds: readonly Kind[] = [
  ['image/jpeg', isJpeg, readJpeg],
  ['image/png', isPng, readPng],
  ['image/gif', isGif, readGif],
  ['image/webp', isWebp, readWebp],
  ['video/mp4', isMp4, readMp4],
  ['video/webm', isEbml, readWebm],
]

const headBytes = 32
/** A pasted photograph of more is a mistake, and takes a browser seconds to show. */
const pictureBytesMax = 40 * 1024 * 1024
/** What the contract can say of a duration. */
const durationMsMax = 86_400_000

const readPage = async (source: ByteSource): Promise<Found> => {
  // Read once more than fits, to tell a page that is too long from something else.
  const bytes = await source.read(0, Math.min(source.size, pageBytesMax))
  const isWhole = bytes.length === source.size
  const kind = kindOfText(isWhole ? bytes : bytes.subarray(0, bytes.lastIndexOf('>') + 1))
  if (kind === 'svg') throw new UsherError('content.svg')
  if (kind === undefined) throw new UsherError('content.type')
  if (!isWhole) throw refusedWith('content.too-large', 'page-most', { most: pageBytesMax / 1024 })
  checkPage(bytes)
  return { type: 'text/html' }
}

/** @throws UsherError `content.*`: why it cannot be shown. */
export const findOut = async (file: FileHandle, size: number): Promise<Found> => {
  if (size === 0) throw new UsherError('content.broken', 'The file is empty.')
  const source = new ByteSource(file, size)
  const head = await source.read(0, Math.min(size, headBytes))
  const kind = kinds.find(([, is]) => is(head))
  if (kind === undefined) return readPage(source)
  const [type, , read] = kind
  if (type.startsWith('image/') && size > pictureBytesMax)
    throw refusedWith('content.too-large', 'picture-most', { most: pictureBytesMax / 1024 / 1024 })
  const { width, height, ...more } = await read(source)
  const durationMs = 'durationMs' in more ? more.durationMs : undefined
  if (durationMs !== undefined && durationMs > durationMsMax)
    throw refusedWith('content.too-large', 'video-longest', { most: durationMsMax / 3_600_000 })
  return { type, width, height, ...(durationMs !== undefined && { durationMs }) }
}
