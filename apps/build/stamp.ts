/** Whether the built pages are those of these sources: a hash over everything that goes into them. */
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')
export const outDirectory = join(root, 'dist/apps')
export const stampName = 'stamp'

/** Pages import the protocol, and those that are devices the SDK; the lock names the packages. */
const sources = [
  'apps/**/*',
  'protocol/**/*.ts',
  'adapters/sdk/**/*.ts',
  'package-lock.json',
  'tsconfig.json',
]

export const stampOf = (): string => {
  const hash = createHash('sha256')
  for (const path of sources
    .flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort())
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(readFileSync(path))
      .update('\0')
  return hash.digest('hex')
}

export const isFresh = (): boolean => {
  try {
    return readFileSync(join(outDirectory, stampName), 'utf8') === stampOf()
  } catch {
    return false
  }
}
