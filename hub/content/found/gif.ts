/** GIF (version 89a): blocks from the first to the trailer. */
import { type ByteSource, broken } from './byte-source.ts'
import { checkDimensions, type Dimensions } from './picture.ts'

const extension = 0x21
const imageDescriptor = 0x2c
const trailer = 0x3b

export const isGif = (head: Buffer): boolean => /^GIF8[79]a$/.test(head.toString('latin1', 0, 6))

/** Bytes of a table of colours that its flags announce. */
const tableBytes = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))

const skipBlocks = async (source: ByteSource, from: number): Promise<number> => {
  let offset = from
  for (;;) {
    const length = (await source.read(offset, 1))[0] as number
    offset += 1 + length
    if (length === 0) return offset
  }
}

export const readGif = async (source: ByteSource): Promise<Dimensions> => {
  const screen = await source.read(0, 13)
  const found = checkDimensions({ width: screen.readUInt16LE(6), height: screen.readUInt16LE(8) })
  let offset = 13 + tableBytes(screen[10] as number)
  let images = 0
  for (;;) {
    const kind = (await source.read(offset, 1))[0]
    if (kind === trailer) break
    if (kind === extension) offset = await skipBlocks(source, offset + 2)
    else if (kind === imageDescriptor) {
      const image = await source.read(offset, 10)
      checkDimensions({ width: image.readUInt16LE(5), height: image.readUInt16LE(7) })
      offset = await skipBlocks(source, offset + 11 + tableBytes(image[9] as number))
      images += 1
    } else throw broken('An unknown block is in it.')
  }
  if (images === 0) throw broken('It contains no picture.')
  return found
}
