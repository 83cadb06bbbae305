/** Writes the reference pages of the contract: `node protocol/generate.ts`. The one file here that touches the disk. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { referenceFiles } from './reference/files.ts'

const folder = join(import.meta.dirname, '../docs/reference')

// A schema that is gone must not stay behind as a file.
rmSync(join(folder, 'schemas'), { recursive: true, force: true })
mkdirSync(join(folder, 'schemas'), { recursive: true })
const files = referenceFiles()
for (const [path, text] of files) writeFileSync(join(folder, path), text)
console.log(`${files.size} files written to docs/reference`)
