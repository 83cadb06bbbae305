/** Small whole files of every kind, made here: what is good, so that what is wrong with it can be put in. */
import { crc32, deflateSync } from 'node:zlib'

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** Its header says this size; there is never more than one line of pixels in it. */
export const png = (width = 2, height = 1): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1 + 3 * Math.min(width, 64), 128))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A baseline frame, and as much data as is asked for. */
export const jpeg = (width = 16, height = 8, data = 40): Buffer => {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    frame,
    Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]),
    Buffer.alloc(data, 0x5a),
    Buffer.from([0xff, 0x00, 0xff, 0xd0, 0x11, 0xff, 0xd9]),
  ])
}

export const gif = (): Buffer =>
  Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

export const webp = (): Buffer =>
  Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64')

const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

interface Mp4 {
  readonly codec?: string
  readonly handler?: string
  readonly width?: number
  readonly height?: number
}

export const mp4Boxes = ({ codec = 'avc1', handler = 'vide', width = 640, height = 360 }: Mp4 = {}) => {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1_000, 12)
  header.writeUInt32BE(12_500, 16)
  const entry = Buffer.alloc(78)
  entry.writeUInt16BE(width, 24)
  entry.writeUInt16BE(height, 26)
  const count = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])
  const kind = Buffer.concat([Buffer.alloc(8), Buffer.from(handler, 'latin1'), Buffer.alloc(13)])
  const table = box('stbl', box('stsd', count, box(codec, entry)))
  const track = box('trak', box('mdia', box('hdlr', kind), box('minf', table)))
  return {
    ftyp: box('ftyp', Buffer.from('isom\0\0\x02\0isomavc1', 'latin1')),
    moov: box('moov', box('mvhd', header), track),
    mdat: box('mdat', Buffer.alloc(2_000, 7)),
  }
}

export const mp4 = (how: Mp4 = {}): Buffer => {
  const { ftyp, moov, mdat } = mp4Boxes(how)
  return Buffer.concat([ftyp, moov, mdat])
}

const element = (name: number, ...parts: readonly Buffer[]): Buffer => {
  const hex = name.toString(16)
  const body = Buffer.concat(parts)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(0x1000_0000 + body.length)
  return Buffer.concat([Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'), size, body])
}

interface Webm {
  readonly docType?: string
  readonly codec?: string
  readonly isLive?: boolean
}

export const webm = ({ docType = 'webm', codec = 'V_VP9', isLive = false }: Webm = {}): Buffer => {
  const duration = Buffer.alloc(8)
  duration.writeDoubleBE(4_000)
  const head = element(0x1a45dfa3, element(0x4282, Buffer.from(docType)))
  const info = element(
    0x1549a966,
    element(0x2ad7b1, Buffer.from([0x0f, 0x42, 0x40])),
    element(0x4489, duration),
  )
  const video = element(
    0xe0,
    element(0xb0, Buffer.from([0x02, 0x80])),
    element(0xba, Buffer.from([0x01, 0x68])),
  )
  const track = element(0xae, element(0x83, Buffer.from([1])), element(0x86, Buffer.from(codec)), video)
  const block = element(0xa3, Buffer.alloc(500, 9))
  const cluster = isLive
    ? Buffer.concat([Buffer.from('1f43b67501ffffffffffffff', 'hex'), block])
    : element(0x1f43b675, block)
  const inside = [info, element(0x1654ae6b, track), cluster]
  const segment = isLive
    ? Buffer.concat([Buffer.from('1853806701ffffffffffffff', 'hex'), ...inside])
    : element(0x18538067, ...inside)
  return Buffer.concat([head, segment])
}

export const page = (body = '<h1>利率</h1><p style="color: red">2.1 %</p>'): Buffer =>
  Buffer.from(
    `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>利率 < 3 %</title><style>h1 { font-size: 4rem }</style></head><body>${body}</body></html>`,
  )
