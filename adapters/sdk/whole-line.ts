/** Appends lines to a file so that a disk which takes only part of one does not let it swallow the next. */
import { writeSync } from 'node:fs'

/**
 * @returns appends the text, which ends its own line, and says how many bytes that took.
 * It throws where not all of it was taken; what is there of it then stays a line of its own, that nobody can read.
 */
export const createLineAppender = () => {
  let isTorn = false
  return (handle: number, text: string): number => {
    const line = Buffer.from(isTorn ? `\n${text}` : text)
    isTorn = true
    const written = writeSync(handle, line)
    // A disk that is nearly full takes a part of it.
    if (written < line.length) throw new Error('The disk is full.')
    isTorn = false
    return written
  }
}
