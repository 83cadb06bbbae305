/** Writes the generated diagram into the README of each shipped flow: `node test/flows/kit/generate.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { withDiagram } from '#flows/diagram.ts'
import { flows } from '#flows/index.ts'

for (const flow of flows) {
  const file = new URL(`../../../flows/${flow.id}/README.md`, import.meta.url)
  const readme = readFileSync(file, 'utf8')
  writeFileSync(file, withDiagram(readme, flow.machine))
}
