/** A data directory of its own for one test, removed with everything in it at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const makeDirectory = (): { path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'usher-store-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
