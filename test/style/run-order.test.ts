/** A long file that was renamed would be one of the last to start, and nobody would notice. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { longestFirst } from '../support/run-order.ts'

test('each of the long test files is there, once', () => {
  const root = join(import.meta.dirname, '../..')
  expect(longestFirst.filter((path) => !existsSync(join(root, path)))).toEqual([])
  expect(new Set(longestFirst).size).toBe(longestFirst.length)
})
