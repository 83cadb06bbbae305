/** Writes the pages that are made from the command: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { createProgram } from './program.ts'
import { commandLinePage } from './reference-page.ts'

writeFileSync(new URL('../docs/reference/command-line.md', import.meta.url), commandLinePage(createProgram()))
