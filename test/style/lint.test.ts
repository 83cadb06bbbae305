/** The linter's configuration is code too: a rule with a misspelt name is silently none. Each is seen to bite here. */
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

/** File, text, the rule that must complain; undefined: none may. */
const planted: readonly [string, string, string | undefined][] = [
  ['hub/clean.ts', 'export const sum = (a: number, b: number): number => a + b\n', undefined],
  ['hub/long.ts', lines(401, (index) => `export const a${index} = ${index}`), 'max-lines'],
  [
    'hub/long-function.ts',
    `export const total = (n: number): number => {\n  let sum = n\n${lines(60, () => '  sum += 1')}\n  return sum\n}\n`,
    'max-lines-per-function',
  ],
  [
    'hub/params.ts',
    'export const f = (a: number, b: number, c: number, d: number) => a + b + c + d\n',
    'max-params',
  ],
  ['hub/console.ts', "console.log('x')\nexport {}\n", 'no-console'],
  ['hub/default.ts', 'export default 1\n', 'no-default-export'],
  ['hub/any.ts', 'export const f = (a: any): unknown => a\n', 'no-explicit-any'],
  ['hub/floating.ts', 'export const f = (p: Promise<void>) => {\n  p\n}\n', 'no-floating-promises'],
  [
    'hub/floating-library.ts',
    "import { connect } from 'mqtt'\nexport const f = () => {\n  connect('mqtt://127.0.0.1').publishAsync('a', 'b')\n}\n",
    'no-floating-promises',
  ],
  ['hub/misused.ts', 'export const f = (p: Promise<boolean>) => (p ? 1 : 2)\n', 'no-misused-promises'],
  ['hub/thenable.ts', 'export const f = async (n: number) => await n\n', 'await-thenable'],
  [
    'hub/switch.ts',
    "export const f = (a: 'x' | 'y') => {\n  switch (a) {\n    case 'x':\n      return 1\n  }\n  return 2\n}\n",
    'switch-exhaustiveness-check',
  ],
  [
    'hub/type-import.ts',
    "import { Buffer } from 'node:buffer'\nexport const f = (a: Buffer) => a\n",
    'consistent-type-imports',
  ],
  ['hub/throws.ts', "export const f = () => {\n  throw 'text'\n}\n", 'only-throw-error'],
  ['flows/date.ts', 'export const f = () => Date.now()\n', 'no-restricted-globals'],
  ['protocol/timer.ts', 'setTimeout(() => undefined, 1)\nexport {}\n', 'no-restricted-globals'],
  [
    'test/focus.test.ts',
    "import { test } from 'vitest'\ntest.only('a', () => undefined)\n",
    'no-focused-tests',
  ],
  [
    'test/skip.test.ts',
    "import { test } from 'vitest'\ntest.skip('a', () => undefined)\n",
    'no-disabled-tests',
  ],
]

let folder: string
let found: ReadonlyMap<string, readonly string[]>

interface Diagnostic {
  readonly code: string
  readonly filename: string
}

const lint = (): Promise<Diagnostic[]> =>
  new Promise((resolve) => {
    const oxlint = join(root, 'node_modules/.bin/oxlint')
    // It ends with 1 when it finds something, which is what is wanted here.
    execFile(oxlint, ['--type-aware', '--format', 'json'], { cwd: folder }, (_error, stdout) => {
      resolve((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics)
    })
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usher-lint-'))
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json'])
    copyFileSync(join(root, file), join(folder, file))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of planted) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const diagnostics = await lint()
  found = new Map(
    [...Map.groupBy(diagnostics, ({ filename }) => filename)].map(([path, list]) => [
      path,
      list.map(({ code }) => code),
    ]),
  )
})

afterAll(() => rmSync(folder, { recursive: true }))

test.each(planted)('%s', (path, _text, rule) => {
  const codes = found.get(path) ?? []
  if (rule === undefined) expect(codes).toEqual([])
  else expect(codes.map((code) => code.replace(/^.*\((.*)\)$/, '$1'))).toContain(rule)
})
