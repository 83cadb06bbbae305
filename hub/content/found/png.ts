/** PNG (ISO/IEC 15948): every chunk with its checksum, to the last one. */
import { crc32 } from 'node:zlib'
import { type ByteSource, broken } from './byte-source.ts'
import { checkDimensions, type Dimensions } from './picture.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const pieceBytes = 65_536

export const isPng = (head: Buffer): boolean => head.subarray(0, 8).equals(signature)

const checkSum = async (source: ByteSource, offset: number, length: number) => {
  let sum = 0
  // Of the type and the data.
  for (let done = 0; done < length + 4; ) {
    const piece = await source.read(offset + 4 + done, Math.min(pieceBytes, length + 4 - done))
    sum = crc32(piece, sum)
    done += piece.length
  }
  if ((await source.read(offset + 8 + length, 4)).readUInt32BE() !== sum) throw broken('A checksum is wrong.')
}

const readHeader = async (source: ByteSource): Promise<Dimensions> => {
  const header = await source.read(8, 16)
  if (header.readUInt32BE(0) !== 13 || header.toString('latin1', 4, 8) !== 'IHDR')
    throw broken('Its header is missing.')
  // Told of before its checksums are looked at: it is what can be mended.
  return checkDimensions({ width: header.readUInt32BE(8), height: header.readUInt32BE(12) })
}

export const readPng = async (source: ByteSource): Promise<Dimensions> => {
  const found = await readHeader(source)
  let hasData = false
  for (let offset = 8; ; ) {
    const head = await source.read(offset, 8)
    const length = head.readUInt32BE()
    const type = head.toString('latin1', 4, 8)
    await checkSum(source, offset, length)
    if (type === 'IDAT') hasData = true
    if (type === 'IEND') break
    offset += 12 + length
  }
  if (!hasData) throw broken('It contains no picture.')
  return found
}
