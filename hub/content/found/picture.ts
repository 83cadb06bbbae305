/** How large a picture may be: a few bytes of a file can ask a browser for gigabytes of memory. */
import { refusedWith } from '../../branch/refused-with.ts'
import { broken } from './byte-source.ts'

export interface Dimensions {
  readonly width: number
  readonly height: number
}

/** Twice the side of a 4K screen. */
const sideMax = 8_192
const pixelsMax = 40_000_000

/** @throws UsherError `content.dimensions`, or `content.broken` where there is nothing to see. */
export const checkDimensions = ({ width, height }: Dimensions): Dimensions => {
  if (width < 1 || height < 1) throw broken('It is nothing wide or high.')
  if (width > sideMax || height > sideMax || width * height > pixelsMax)
    throw refusedWith('content.dimensions', 'pixels', { width, height })
  return { width, height }
}
