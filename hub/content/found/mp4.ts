/** MP4 (ISO/IEC 14496-12): boxes in boxes. One without its index, or cut short, plays nowhere. */
import { refusedWith } from '../../branch/refused-with.ts'
import { type ByteSource, broken } from './byte-source.ts'
import { checkDimensions, type Dimensions } from './picture.ts'

export interface Video extends Dimensions {
  readonly durationMs: number | undefined
}

/** What browsers may play; others, such as MPEG-4 Part 2, they do not. */
const playable = ['avc1', 'avc3', 'hvc1', 'hev1', 'vp08', 'vp09', 'av01']
const boxesMax = 10_000
/** A film of a day has a shorter one. */
const indexBytesMax = 64 * 1024 * 1024

interface Box {
  readonly type: string
  /** Of what is in it. */
  readonly from: number
  readonly to: number
}

export const isMp4 = (head: Buffer): boolean => head.toString('latin1', 4, 8) === 'ftyp'

/** A box that tells its length in 64 bits has it after its type; one of length 0 goes to the end. */
const boxAt = async (source: ByteSource, offset: number, end: number): Promise<Box> => {
  const head = await source.read(offset, 8)
  const type = head.toString('latin1', 4, 8)
  const short = head.readUInt32BE()
  const long = short === 1
  const length = long
    ? Number((await source.read(offset + 8, 8)).readBigUInt64BE())
    : short === 0
      ? end - offset
      : short
  const from = offset + (long ? 16 : 8)
  if (offset + length > end) throw broken(`It ends within its part "${type.replace(/[^ -~]/g, '?')}".`)
  if (offset + length < from) throw broken('A part of it has no length.')
  return { type, from, to: offset + length }
}

const boxesIn = async (
  source: ByteSource,
  { from, to }: Pick<Box, 'from' | 'to'>,
): Promise<readonly Box[]> => {
  const boxes: Box[] = []
  for (let offset = from; offset + 8 <= to; ) {
    const box = await boxAt(source, offset, to)
    boxes.push(box)
    if (boxes.length > boxesMax) throw broken('It has too many parts.')
    offset = box.to
  }
  return boxes
}

const child = async (source: ByteSource, box: Box, type: string): Promise<Box | undefined> =>
  (await boxesIn(source, box)).find((one) => one.type === type)

const below = async (source: ByteSource, box: Box, path: readonly string[]): Promise<Box | undefined> => {
  let found: Box | undefined = box
  for (const type of path) found = found && (await child(source, found, type))
  return found
}

const durationOf = async (source: ByteSource, moov: Box): Promise<number | undefined> => {
  const header = await child(source, moov, 'mvhd')
  if (header === undefined) throw broken('Its header is missing.')
  const isLong = (await source.read(header.from, 1))[0] === 1
  const scale = (await source.read(header.from + (isLong ? 20 : 12), 4)).readUInt32BE()
  const duration = isLong
    ? Number((await source.read(header.from + 24, 8)).readBigUInt64BE())
    : (await source.read(header.from + 16, 4)).readUInt32BE()
  // All bits set: it does not know.
  const isKnown = scale > 0 && duration > 0 && duration < (isLong ? 2 ** 63 : 0xffff_ffff)
  return isKnown ? Math.round((duration / scale) * 1_000) : undefined
}

/** @returns the size of the picture, or undefined: this track is no video. */
const videoOf = async (source: ByteSource, track: Box): Promise<Dimensions | undefined> => {
  const handler = await below(source, track, ['mdia', 'hdlr'])
  if (handler === undefined) return undefined
  if ((await source.read(handler.from + 8, 4)).toString('latin1') !== 'vide') return undefined
  const table = await below(source, track, ['mdia', 'minf', 'stbl', 'stsd'])
  if (table === undefined) throw broken('Its table of pictures is missing.')
  const entry = await boxAt(source, table.from + 8, table.to)
  if (!playable.includes(entry.type))
    throw refusedWith('content.type', 'video-coding', { coding: entry.type.replace(/[^ -~]/g, '?') })
  const size = await source.read(entry.from + 24, 4)
  return checkDimensions({ width: size.readUInt16BE(0), height: size.readUInt16BE(2) })
}

export const readMp4 = async (source: ByteSource): Promise<Video> => {
  const boxes = await boxesIn(source, { from: 0, to: source.size })
  const moov = boxes.find(({ type }) => type === 'moov')
  if (moov === undefined) throw broken('Its index is missing: it was not exported to its end.')
  if (moov.to - moov.from > indexBytesMax) throw broken('Its index is too long.')
  if (!boxes.some(({ type }) => type === 'mdat')) throw broken('There are no pictures in it.')
  const tracks = (await boxesIn(source, moov)).filter(({ type }) => type === 'trak')
  for (const track of tracks) {
    const dimensions = await videoOf(source, track)
    if (dimensions !== undefined) return { ...dimensions, durationMs: await durationOf(source, moov) }
  }
  throw refusedWith('content.type', 'sound-only', {})
}
