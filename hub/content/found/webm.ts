/** WebM: elements of EBML (RFC 8794) as Matroska (RFC 9559) names them, from its head to its last cluster. */
import { refusedWith } from '../../branch/refused-with.ts'
import { type ByteSource, broken } from './byte-source.ts'
import type { Video } from './mp4.ts'
import { checkDimensions, type Dimensions } from './picture.ts'

const id = {
  head: 0x1a45_dfa3,
  docType: 0x4282,
  segment: 0x1853_8067,
  info: 0x1549_a966,
  timestampScale: 0x2a_d7b1,
  duration: 0x4489,
  tracks: 0x1654_ae6b,
  trackEntry: 0xae,
  trackType: 0x83,
  codec: 0x86,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  cluster: 0x1f43_b675,
  block: 0xa3,
  blockGroup: 0xa0,
} as const

const playable = ['V_VP8', 'V_VP9', 'V_AV1']
/** Blocks of a film of a day. */
const elementsMax = 4_000_000
const valueBytesMax = 64

interface Element {
  readonly id: number
  readonly from: number
  /** undefined: it goes on until something begins that does not belong into it. */
  readonly to: number | undefined
}

export const isEbml = (head: Buffer): boolean => head.length >= 4 && head.readUInt32BE() === id.head

/** A number that says by its first bits how long it is. */
const readNumber = async (source: ByteSource, offset: number, keepMark: boolean) => {
  const first = (await source.read(offset, 1))[0] as number
  const length = Math.clz32(first) - 23
  if (length > (keepMark ? 4 : 8)) throw broken('A part of it has no name or length.')
  const bytes = await source.read(offset, length)
  let value = keepMark ? first : first & (0xff >> length)
  for (const byte of bytes.subarray(1)) value = value * 256 + byte
  return { value, length, isUnknown: !keepMark && value === 2 ** (7 * length) - 1 }
}

const elementAt = async (source: ByteSource, offset: number, end: number): Promise<Element> => {
  const name = await readNumber(source, offset, true)
  const size = await readNumber(source, offset + name.length, false)
  const from = offset + name.length + size.length
  const to = size.isUnknown ? undefined : from + size.value
  if ((to ?? from) > end) throw broken('It ends too early.')
  return { id: name.value, from, to }
}

const within = async (
  source: ByteSource,
  { from, to = source.size }: Element,
): Promise<readonly Element[]> => {
  const elements: Element[] = []
  for (let offset = from; offset < to; ) {
    const element = await elementAt(source, offset, to)
    elements.push(element)
    if (element.to === undefined || elements.length > elementsMax) throw broken('A part of it has no end.')
    offset = element.to
  }
  return elements
}

const valueOf = async (source: ByteSource, element: Element | undefined): Promise<Buffer> => {
  if (element?.to === undefined) return Buffer.alloc(0)
  const length = element.to - element.from
  if (length > valueBytesMax) throw broken('A value in it is too long.')
  return source.read(element.from, length)
}

const numberOf = (value: Buffer): number => value.reduce((sum, byte) => sum * 256 + byte, 0)
const floatOf = (value: Buffer): number =>
  value.length === 8 ? value.readDoubleBE() : value.length === 4 ? value.readFloatBE() : 0

const valueIn = async (source: ByteSource, elements: readonly Element[], wanted: number) =>
  valueOf(
    source,
    elements.find((element) => element.id === wanted),
  )

const textIn = async (source: ByteSource, elements: readonly Element[], wanted: number) =>
  (await valueIn(source, elements, wanted)).toString('latin1').replace(/\0.*$/s, '')

const checkHead = async (source: ByteSource): Promise<number> => {
  const head = await elementAt(source, 0, source.size)
  const docType = await textIn(source, await within(source, head), id.docType)
  if (docType !== 'webm') throw refusedWith('content.type', 'matroska', {})
  return head.to ?? source.size
}

const durationOf = async (source: ByteSource, info: Element | undefined): Promise<number | undefined> => {
  if (info === undefined) return undefined
  const elements = await within(source, info)
  const scale = numberOf(await valueIn(source, elements, id.timestampScale)) || 1_000_000
  const duration = floatOf(await valueIn(source, elements, id.duration))
  const ms = Math.round((duration * scale) / 1_000_000)
  return Number.isSafeInteger(ms) && ms > 0 ? ms : undefined
}

const videoOf = async (source: ByteSource, track: Element): Promise<Dimensions | undefined> => {
  const elements = await within(source, track)
  if (numberOf(await valueIn(source, elements, id.trackType)) !== 1) return undefined
  const codec = await textIn(source, elements, id.codec)
  if (!playable.includes(codec))
    throw refusedWith('content.type', 'video-coding', { coding: codec.replace(/[^ -~]/g, '?') })
  const video = elements.find((element) => element.id === id.video)
  if (video === undefined) throw broken('It does not say how large its picture is.')
  const sizes = await within(source, video)
  return checkDimensions({
    width: numberOf(await valueIn(source, sizes, id.width)),
    height: numberOf(await valueIn(source, sizes, id.height)),
  })
}

interface Parts {
  readonly info?: Element
  readonly tracks?: Element
  readonly hasPictures: boolean
}

/** A cluster whose end is told, or what stands in one that is walked through. */
const hasPictures = (element: Element): boolean =>
  (element.id === id.cluster && element.to !== undefined) ||
  element.id === id.block ||
  element.id === id.blockGroup

/** What was recorded live does not say how long its clusters are: they are walked through. */
const partsOf = async (source: ByteSource, segment: Element): Promise<Parts> => {
  const end = segment.to ?? source.size
  let parts: Parts = { hasPictures: false }
  let count = 0
  for (let offset = segment.from; offset < end; ) {
    const element = await elementAt(source, offset, end)
    if (element.id === id.info) parts = { info: element, ...parts }
    if (element.id === id.tracks) parts = { tracks: element, ...parts }
    if (hasPictures(element)) parts = { ...parts, hasPictures: true }
    if (element.to === undefined && element.id !== id.cluster) throw broken('A part of it has no end.')
    offset = element.to ?? element.from
    count += 1
    if (count > elementsMax) throw broken('It has too many parts.')
  }
  return parts
}

export const readWebm = async (source: ByteSource): Promise<Video> => {
  const segment = await elementAt(source, await checkHead(source), source.size)
  if (segment.id !== id.segment) throw broken('It contains nothing.')
  const { info, tracks, hasPictures } = await partsOf(source, segment)
  if (tracks === undefined || !hasPictures) throw broken('There are no pictures in it.')
  for (const track of await within(source, tracks)) {
    const dimensions = track.id === id.trackEntry ? await videoOf(source, track) : undefined
    if (dimensions !== undefined) return { ...dimensions, durationMs: await durationOf(source, info) }
  }
  throw refusedWith('content.type', 'sound-only', {})
}
