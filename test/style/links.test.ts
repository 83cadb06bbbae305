/** A page that leads nowhere is worse than none: every relative link in the pages has a target. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const pages = globSync('**/*.md', { cwd: root, exclude: (path) => path.includes('node_modules') }).sort()

const brokenLinks = (page: string): string[] => {
  // Examples in code are no links.
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => String(target).replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .filter((target) => !existsSync(join(root, dirname(page), target)))
}

test.each(pages)('%s', (page) => {
  expect(brokenLinks(page)).toEqual([])
})

test('the pages are looked at', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']))
})
