/** The output of a process as lines, read no faster than it is worth: what prints without end waits on its own pipe. */
import type { Readable } from 'node:stream'
import type { Clock } from '#hub/engine/hub-time.ts'

/** A talkative adapter writes a tenth of it. */
const bytesPerSecondMax = 65_536
export const lineBytesMax = 4_096

/** Lines longer than the limit are cut. */
export const readPaced = (stream: Readable, clock: Clock, onLine: (line: string) => void): void => {
  let open = ''
  let read = 0
  let isWindowOpen = false
  const tell = (line: string) => {
    const text = line.trimEnd().slice(0, lineBytesMax)
    if (text !== '') onLine(text)
  }
  const countSecond = () => {
    if (isWindowOpen) return
    isWindowOpen = true
    clock.after(1_000, () => {
      isWindowOpen = false
      read = 0
      stream.resume()
    })
  }
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (open + chunk).split('\n')
    // A line without an end keeps its beginning only.
    open = (lines.pop() ?? '').slice(0, lineBytesMax)
    for (const line of lines) tell(line)
    read += chunk.length
    countSecond()
    if (read >= bytesPerSecondMax) stream.pause()
  })
  stream.on('end', () => tell(open))
  stream.on('error', () => undefined)
}
