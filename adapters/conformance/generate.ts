/** Writes docs/reference/conformance-rules.md: `node adapters/conformance/generate.ts`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rulePage } from './rule-page.ts'

writeFileSync(join(import.meta.dirname, '../../docs/reference/conformance-rules.md'), rulePage())
