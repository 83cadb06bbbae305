/** A proof that is named but not there proves nothing: every test that docs/guides/proofs.md names exists. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/guides/proofs.md'), 'utf8')
const scripts = (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
).scripts

const commands = [...page.matchAll(/`(npx vitest run|npm run) ([^`]+)`/g)].map(([, tool, words]) => ({
  tool,
  words: words ?? '',
}))

/** What of a command is not there: a file, a test of that name in each of its files, or a script. */
const missing = ({ tool, words }: (typeof commands)[number]): string[] => {
  if (tool === 'npm run') return Object.hasOwn(scripts, words.split(' ')[0] ?? '') ? [] : [words]
  const [paths = '', name] = words.split(' -t ')
  const named = name?.replaceAll('"', '')
  return paths.split(' ').filter((path) => {
    if (!existsSync(join(root, path))) return true
    if (named === undefined || statSync(join(root, path)).isDirectory()) return false
    const titles = [...readFileSync(join(root, path), 'utf8').matchAll(/(?:describe|it|test)\('([^']+)'/g)]
    return !titles.some(([, title]) => title?.includes(named))
  })
}

test.each(commands)('$tool $words', (command) => {
  expect(missing(command)).toEqual([])
})

test('the page is looked at, and what is not there is seen', () => {
  expect(commands.length).toBeGreaterThan(15)
  const run = (words: string) => missing({ tool: 'npx vitest run', words })
  expect(run('test/nowhere.test.ts')).toEqual(['test/nowhere.test.ts'])
  expect(run('test/style/links.test.ts -t "nobody wrote this"')).toEqual(['test/style/links.test.ts'])
})
