/** WebP (RFC 9649): its chunks, with at least one picture among them. */
import { type ByteSource, broken } from './byte-source.ts'
import { checkDimensions, type Dimensions } from './picture.ts'

export const isWebp = (head: Buffer): boolean =>
  head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP'

const readLossy = async (source: ByteSource, offset: number): Promise<Dimensions> => {
  const frame = await source.read(offset, 10)
  if (frame.readUIntBE(3, 3) !== 0x9d_01_2a) throw broken('Its picture does not begin.')
  return { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff }
}

const readLossless = async (source: ByteSource, offset: number): Promise<Dimensions> => {
  const head = await source.read(offset, 5)
  if (head[0] !== 0x2f) throw broken('Its picture does not begin.')
  const bits = head.readUInt32LE(1)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

const readCanvas = async (source: ByteSource, offset: number): Promise<Dimensions> => {
  const canvas = await source.read(offset + 4, 6)
  return { width: canvas.readUIntLE(0, 3) + 1, height: canvas.readUIntLE(3, 3) + 1 }
}

const readers: Readonly<Record<string, (source: ByteSource, offset: number) => Promise<Dimensions>>> = {
  'VP8 ': readLossy,
  VP8L: readLossless,
  VP8X: readCanvas,
}

export const readWebp = async (source: ByteSource): Promise<Dimensions> => {
  const end = 8 + (await source.read(4, 4)).readUInt32LE()
  if (end > source.size) throw broken('The picture ends too early.')
  let found: Dimensions | undefined
  let hasPicture = false
  for (let offset = 12; offset + 8 <= end; ) {
    const head = await source.read(offset, 8)
    const type = head.toString('latin1', 0, 4)
    const length = head.readUInt32LE(4)
    if (offset + 8 + length > end) throw broken('A part of it ends too early.')
    const read = readers[type]
    if (read !== undefined) {
      const dimensions = checkDimensions(await read(source, offset + 8))
      found ??= dimensions
    }
    if (type === 'VP8 ' || type === 'VP8L' || type === 'ANMF') hasPicture = true
    offset += 8 + length + (length % 2)
  }
  if (found === undefined || !hasPicture) throw broken('It contains no picture.')
  return found
}
