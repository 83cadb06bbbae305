/** Writes the table of assumptions into its guide: `node simulators/lobby/generate.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { withAssumptions } from './guide.ts'

const file = new URL('../../docs/guides/lobby-model.md', import.meta.url)
writeFileSync(file, withAssumptions(readFileSync(file, 'utf8')))
