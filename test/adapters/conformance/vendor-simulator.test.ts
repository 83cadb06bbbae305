/** A vendor's simulator that dies in the middle of an examination is told of: else the adapter would seem to be at fault. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startVendorSimulator } from '#adapters/conformance/vendor-simulator.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usher-simulator-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const ready = 'console.log(JSON.stringify({ ready: true, config: { host: "here" } }))'
const started = async (program: string) => {
  const file = join(folder, 'simulator.mjs')
  writeFileSync(file, `${ready}\n${program}`)
  let surprise: (end: { how: string; lastWords: string }) => void = () => {}
  const surprised = new Promise<{ how: string; lastWords: string }>((resolve) => {
    surprise = resolve
  })
  const surprises: string[] = []
  const simulator = await startVendorSimulator(file, {
    withinMs: 20_000,
    onOutput: () => {},
    onSurprise(end) {
      surprises.push(end.how)
      surprise(end)
    },
  })
  return { simulator, surprised, surprises }
}

test('one that ends by itself is told of, with how it ended and its last words', async () => {
  const { simulator, surprised } = await started('setTimeout(() => { throw new Error("out of paint") }, 1)')
  expect(simulator.config).toEqual({ host: 'here' })
  const { how, lastWords } = await surprised
  expect(how).toBe('1')
  expect(lastWords).toContain('out of paint')
  await simulator.stop()
})

test('one that is stopped is no surprise', async () => {
  const { simulator, surprises } = await started('setInterval(() => {}, 1_000)')
  await simulator.stop()
  expect(surprises).toEqual([])
})
