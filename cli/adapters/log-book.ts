/** The last lines of one adapter: some in memory for whoever asks, more in two files of bounded size. */
import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Clock } from '#hub/engine/hub-time.ts'

export interface LogBook {
  write(line: string, from: 'stdout' | 'stderr'): void
  /** The newest so many, the oldest of them first. */
  last(count: number): readonly string[]
  /** @returns ends the listening. */
  follow(listener: (line: string) => void): () => void
  /** Resolves when everything is in the file. */
  flush(): Promise<void>
}

export const linesKept = 1_000
/** Of each of the two files: some ten thousand lines. */
const fileBytesMax = 1_048_576
/** Written together, so that a talkative adapter does not cost a system call a line. */
const writeEveryMs = 500

/** What does not come as a line of JSON (a stack on stderr, a print) becomes one, so that all can be read alike. */
const asJson = (line: string, from: 'stdout' | 'stderr', now: number): string => {
  try {
    const parsed: unknown = JSON.parse(line)
    if (typeof parsed === 'object' && parsed !== null) return line
  } catch {
    // Plain text.
  }
  const level = from === 'stderr' ? 'error' : 'info'
  return JSON.stringify({ time: new Date(now).toISOString(), level, msg: line })
}

const sizeOf = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size
  } catch {
    return 0
  }
}

export interface LogBookParts {
  readonly file: string
  readonly clock: Clock
  /** Told once, until it works again: the lines in memory are there all the same. */
  readonly onTrouble: (error: unknown) => void
}

export const createLogBook = ({ file, clock, onTrouble }: LogBookParts): LogBook => {
  const lines: string[] = []
  const listeners = new Set<(line: string) => void>()
  let waiting: string[] = []
  let isDue = false
  let isTroubled = false
  let chain = Promise.resolve()

  const append = async (text: string) => {
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      if ((await sizeOf(file)) + text.length > fileBytesMax)
        await rename(file, `${file}.1`).catch(() => undefined)
      await appendFile(file, text, { mode: 0o600 })
      isTroubled = false
    } catch (error) {
      if (!isTroubled) onTrouble(error)
      isTroubled = true
    }
  }
  const flush = () => {
    isDue = false
    const text = waiting.map((line) => `${line}\n`).join('')
    waiting = []
    if (text !== '') chain = chain.then(() => append(text))
    return chain
  }
  return {
    write(raw, from) {
      const line = asJson(raw, from, clock.wallMs())
      lines.push(line)
      if (lines.length > linesKept) lines.shift()
      waiting.push(line)
      if (waiting.length > linesKept) waiting.shift()
      for (const listener of listeners) listener(line)
      if (isDue) return
      isDue = true
      clock.after(writeEveryMs, () => void flush())
    },
    last: (count) => lines.slice(-count),
    follow(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    flush,
  }
}
