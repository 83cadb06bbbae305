/** The import table and the rules of the house, held against every source file. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importTable, printedTable } from './architecture/import-table.ts'
import { complaintsAbout, linesMax } from './architecture/rules.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const sources = globSync(`{${Object.keys(importTable).join(',')}}/**/*.{ts,tsx,mjs,js}`, {
  cwd: root,
  exclude: (path) => path.includes('node_modules') || path === 'bench/peers',
}).sort()

describe('every source file keeps the rules of the house', () => {
  test.each(Object.keys(importTable))('%s', (room) => {
    const inRoom = sources.filter((path) => path.startsWith(`${room}/`))
    expect(inRoom.flatMap((path) => complaintsAbout(path, read(path)))).toEqual([])
  })

  test('the rooms are looked at', () => {
    expect(sources).toEqual(
      expect.arrayContaining(['protocol/topics.ts', 'flows/define.ts', 'hub/engine/turn.ts']),
    )
  })
})

test.each(['README.md', 'docs/architecture.md'])('%s prints the import table', (page) => {
  expect(read(page)).toContain(`\n${printedTable()}\n`)
})

test('the import aliases are the rooms that are imported across', () => {
  const { imports } = JSON.parse(read('package.json')) as { imports: Record<string, string> }
  for (const [alias, path] of Object.entries(imports)) expect(`./${alias.slice(1)}`).toBe(path)
})

describe('a violation is seen', () => {
  test.each([
    ['flows/a.ts', "import { readFileSync } from 'node:fs'", 'may not use Node'],
    ['flows/a.ts', "import fs from 'fs'", 'may not use Node'],
    ['flows/a.ts', "import { commit } from '#hub/store/port.ts'", 'may not import hub/'],
    ['flows/a.ts', "import type { Store } from '#hub/store/port.ts'", 'may not import hub/'],
    ['flows/a.ts', "import { commit } from '../hub/store/port.ts'", 'by a relative path'],
    ['flows/a.ts', 'export const now = () => Date.now()', 'uses Date'],
    ['flows/a.ts', 'export const die = () => Math.random()', 'uses Math.random'],
    ['flows/a.ts', "export const die = () => Math['random']()", 'uses Math.random'],
    ['flows/a.ts', 'setTimeout(() => undefined, 1)', 'uses setTimeout'],
    ['flows/a.ts', 'export const at = globalThis.Date', 'uses globalThis'],
    ['flows/a.ts', "import { pino } from 'pino'", 'may not use the package pino'],
    ['protocol/a.ts', "import { setup } from 'xstate'", 'may not use the package xstate'],
    ['protocol/a.ts', "export * from '#flows/define.ts'", 'may not import flows/'],
    ['hub/a.ts', "export { robot } from '#simulators/devices/robot.ts'", 'may not import simulators/'],
    ['hub/a.ts', "const kit = await import('#adapters/sdk/run.ts')", 'may not import adapters/'],
    ['hub/a.ts', "export type Kit = import('#adapters/sdk/run.ts').Kit", 'may not import adapters/'],
    ['hub/a.ts', 'export const load = (path: string) => import(path)', 'computed when it runs'],
    ['hub/a.ts', "const kit = require('#adapters/sdk/run.ts')", 'may not import adapters/'],
    ['hub/a.ts', "import { connect } from 'mqtt'", 'may not use the package mqtt'],
    ['hub/engine/a.ts', "import { b } from '#hub/engine/b.ts'", 'names its own room'],
    ['simulators/a.ts', "import { hub } from '#hub/main.ts'", 'may not import hub/'],
    ['adapters/a.ts', "import { hub } from '#hub/main.ts'", 'may not import hub/'],
    ['adapters/a.ts', "import { robot } from '#simulators/robot.ts'", 'may not import simulators/'],
    ['cli/a.ts', "import { clock } from '#test/support/clock.ts'", 'may not import test/'],
    ['apps/ui/a.tsx', "import { Tick } from '#hub/engine/entry.ts'", 'may not import hub/'],
    ['apps/ui/a.tsx', "import type { Adapter } from '#adapters/sdk/adapter.ts'", 'may not import adapters/'],
    ['apps/ui/a.tsx', "import { Line } from '../../adapters/sdk/browser.ts'", 'by a relative path'],
    ['protocol/a.ts', "import type { Adapter } from '#adapters/sdk/browser.ts'", 'may not import adapters/'],
    ['apps/ui/a.tsx', "import { join } from 'node:path'", 'may not use Node'],
    ['apps/ui/a.tsx', "import { build } from 'vite'", 'may not use the package vite'],
    ['apps/ui/Button.tsx', 'export const Button = () => <button />', 'is not named in kebab-case'],
    ['apps/ui/a.tsx', 'export default () => <p />', 'has a default export'],
    ['apps/ui/a.tsx', '\n'.repeat(linesMax + 1), 'has 401 lines'],
    ['attic/a.ts', "import { z } from 'zod'", 'is not a room'],
    ['hub/a.ts', 'export default 1', 'has a default export'],
    ['hub/a.ts', 'const a = 1; export { a as default }', 'has a default export'],
    ['hub/aB.ts', 'export const a = 1', 'is not named in kebab-case'],
    ['hub/a.ts', '\n'.repeat(linesMax + 1), 'has 401 lines'],
    ['hub/a.ts', 'export const = 1', 'hub/a.ts'],
  ])('case %#', (path, text, words) => {
    expect(complaintsAbout(path, text).join('\n')).toContain(words)
  })

  test.each([
    ['flows/a.ts', "import type { BranchView } from '#protocol/model.ts'"],
    ['flows/a.ts', 'export const of = (row: { process: string; Date: string }) => [row.process, row.Date]'],
    ['flows/a.ts', 'export const row = { process: 1, crypto: 2 }'],
    ['hub/a.ts', "import { watch } from '#flows/define.ts'\nexport const now = () => Date.now()"],
    ['hub/a.ts', '\n'.repeat(linesMax)],
    [
      'apps/ui/a.tsx',
      "import styles from './a.module.css'\nexport const A = () => <p className={styles.a} />",
    ],
    ['apps/build/build.ts', "import { build } from 'vite'\nimport { join } from 'node:path'"],
    ['apps/ui/now.ts', 'export const now = () => Date.now()'],
    ['apps/screen/a.ts', "import { runInBrowser } from '#adapters/sdk/browser.ts'"],
    ['test/a.test.ts', "import { robot } from '#simulators/robot.ts'\nimport { hub } from '#hub/main.ts'"],
  ])('and nothing is seen where nothing is wrong, case %#', (path, text) => {
    expect(complaintsAbout(path, text)).toEqual([])
  })
})
