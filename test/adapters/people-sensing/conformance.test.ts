/** The adapter, with the vendors' side simulated, under the examiner that vendors run themselves. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { remove, scratch } from '../../cli/support.ts'
import { startAdapterProcess } from '../sdk/support/process.ts'

const root = join(import.meta.dirname, '../../..')

const words = '--device people-sensing-1 --level gold --pace quick --language en --no-report'.split(' ')

test('it reaches gold', async () => {
  const folder = scratch()
  mkdirSync(folder, { recursive: true })
  const examiner = startAdapterProcess(
    [join(root, 'adapters/conformance/bin.mjs'), join(root, 'adapters/people-sensing/conformance'), ...words],
    {},
    { cwd: folder },
  )
  const { code, complained } = await examiner.ended
  remove(folder)
  expect(complained).toBe('')
  expect(code).toBe(0)
}, 120_000)
