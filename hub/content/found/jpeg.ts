/** JPEG (ITU-T T.81, annex B): markers from the first to the end of the image, so that one cut short is noticed. */
import { type ByteSource, broken } from './byte-source.ts'
import { checkDimensions, type Dimensions } from './picture.ts'

const startOfScan = 0xda
const endOfImage = 0xd9

export const isJpeg = (head: Buffer): boolean => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff

/** Every start of a frame, but for the tables that lie between them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Restart markers and a stuffed zero belong to the data of a scan. */
const isData = (code: number) => code === 0x00 || code === 0xff || (code >= 0xd0 && code <= 0xd7)

/** @returns where the marker that ends the scan stands. */
const endOfScan = async (source: ByteSource, from: number): Promise<number> => {
  let offset = from
  while (offset + 1 < source.size) {
    const bytes = await source.some(offset)
    let at = bytes.indexOf(0xff)
    while (at >= 0 && at + 1 < bytes.length) {
      if (!isData(bytes[at + 1] as number)) return offset + at
      at = bytes.indexOf(0xff, at + 1)
    }
    // A byte that may begin a marker is looked at again with the next piece.
    offset += at < 0 ? bytes.length : Math.max(at, 1)
  }
  throw broken('The picture ends too early.')
}

/** Markers may be preceded by any number of fill bytes. */
const markerAt = async (source: ByteSource, from: number): Promise<{ marker: number; next: number }> => {
  let offset = from
  if ((await source.read(offset, 1))[0] !== 0xff) throw broken('A marker is missing.')
  while ((await source.read(offset, 1))[0] === 0xff) offset += 1
  return { marker: (await source.read(offset, 1))[0] as number, next: offset + 1 }
}

export const readJpeg = async (source: ByteSource): Promise<Dimensions> => {
  let offset = 2
  let found: Dimensions | undefined
  let hasScan = false
  for (;;) {
    const { marker, next } = await markerAt(source, offset)
    if (marker === endOfImage) {
      if (found === undefined || !hasScan) throw broken('It contains no picture.')
      return found
    }
    const length = (await source.read(next, 2)).readUInt16BE()
    if (length < 2) throw broken('A part of it has no length.')
    if (isFrame(marker)) {
      const frame = await source.read(next + 3, 4)
      found = checkDimensions({ height: frame.readUInt16BE(0), width: frame.readUInt16BE(2) })
    }
    offset = next + length
    if (marker === startOfScan) {
      hasScan = true
      offset = await endOfScan(source, offset)
    }
  }
}
