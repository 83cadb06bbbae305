/** The stack is imported by this adapter, and by nothing else; hub.test.ts looks at running processes. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importTable } from '../../architecture/import-table.ts'
import { readSource } from '../../architecture/source.ts'

const root = join(import.meta.dirname, '../../..')
const isStack = (name: string) => /(^|\/)node-opcua(-|\/|$)/.test(name)

test('nothing but the adapter and its simulator imports it', () => {
  const sources = globSync(`{${Object.keys(importTable).join(',')}}/**/*.{ts,mjs,js}`, {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  })
  const importers = sources.filter((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return (
      text.includes('node-opcua') &&
      readSource(path, text).imports.some((name) => name !== undefined && isStack(name))
    )
  })
  expect(importers.length).toBeGreaterThan(0)
  for (const path of importers) expect(path).toMatch(/^adapters\/opc-ua\//)
})
