/** A folder for one examination, which goes with it, also where somebody breaks it off with Ctrl-C. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ScratchFolder {
  readonly path: string
  remove(): void
}

/** A program that was killed a moment ago may still be writing there. */
const again = { maxRetries: 10, retryDelay: 20 }

export const createScratchFolder = (): ScratchFolder => {
  const path = mkdtempSync(join(tmpdir(), 'usher-conformance-'))
  const clear = () => rmSync(path, { recursive: true, force: true, ...again })
  process.once('exit', clear)
  return {
    path,
    remove() {
      process.off('exit', clear)
      clear()
    },
  }
}
