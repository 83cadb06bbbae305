/** What adapters say of their devices has words: nobody reads a code where the hub could have told them in their language. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { causes } from '#adapters/opc-ua/trouble.ts'
import { passing, standing } from '#adapters/queue-system/condition.ts'
import { ownReasons, unwilling } from '#adapters/vda-5050/condition.ts'
import { absences } from '#adapters/vda-5050/robot.ts'
import { rejections } from '#adapters/vda-5050/verdict.ts'
import { sayReason } from '#hub/look/words/reason-words.ts'
import { hasChinese } from '../cli/latin.ts'

const adapters = join(import.meta.dirname, '../../adapters')

const sources = (adapter: string) =>
  globSync(`${adapter}/**/*.ts`, { cwd: adapters })
    .filter((file) => !/\/(?:simulator|conformance|node_modules)\//.test(file))
    .map((file) => readFileSync(join(adapters, file), 'utf8'))

/** `code: 'x'`, `code: is ? 'x' : 'y'` and `code: it ?? 'x'`, as they stand where an error is thrown. */
const thrown = (adapter: string): readonly string[] =>
  sources(adapter).flatMap((source) =>
    [...source.matchAll(/\bcode: ([^\n]*)/g)].flatMap(([, said = '']) =>
      [...said.matchAll(/(?:^|\? |: |\|\| )'([a-z][a-z0-9-]*)'/g)].map(([, code = '']) => code),
    ),
  )

/** Those that are looked up or derived, from where they are. */
const listed: Readonly<Record<string, readonly string[]>> = {
  'opc-ua': causes,
  'queue-system': [...standing, ...passing],
  'vda-5050': [...absences, ...unwilling, ...Object.values(rejections), ...Object.values(ownReasons)],
  xibo: [],
  rosbridge: [],
  'named-place-robot': [],
}

/** Of the settings' checks. */
const notReasons = new Set(['custom'])

const codesOf = (adapter: string): readonly string[] =>
  [...new Set([...(listed[adapter] ?? []), ...thrown(adapter)])].filter((code) => !notReasons.has(code))

describe('what an adapter says', () => {
  test.each(Object.keys(listed))('%s: every code has words in both languages', (adapter) => {
    const codes = codesOf(adapter)
    expect(codes.length).toBeGreaterThan(3)
    // A pair has both languages; a code without one is given as it is.
    const wordless = codes.filter((code) => !hasChinese(sayReason(code, 'zh')))
    expect(wordless).toEqual([])
  })

  test('is found where it is thrown', () => {
    expect(codesOf('opc-ua')).toEqual(
      expect.arrayContaining([
        'job-lost',
        'job-not-accepted',
        'job-invalid-state',
        'method-uncertain',
        'login-refused',
      ]),
    )
    expect(codesOf('queue-system')).toEqual(
      expect.arrayContaining(['not-done', 'unsupported', 'csv-file-missing']),
    )
    expect(codesOf('vda-5050')).toEqual(
      expect.arrayContaining(['robot-gone', 'unreachable', 'order-rejected']),
    )
  })

  test('is never put together from parts, where this could not find it', () => {
    for (const adapter of Object.keys(listed))
      for (const source of sources(adapter)) expect(source).not.toMatch(/\bcode: `/)
  })
})
