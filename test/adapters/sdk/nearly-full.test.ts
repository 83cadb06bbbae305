/** A disk that takes only part of a line: what is remembered after it is not lost with it. */
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFileMemory } from '#adapters/sdk/memory-file.ts'

const disk = vi.hoisted(() => ({ isNearlyFull: false }))

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  const writeSync = (handle: number, line: Uint8Array) =>
    real.writeSync(handle, disk.isNearlyFull ? line.subarray(0, line.length / 2) : line)
  return { ...real, writeSync }
})

let folder: string
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'usher-nearly-full-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

const begun = (task: string) => ({ kind: 'begun', device: 'robot-1', task, attempt: 1, epoch: 1 }) as const

test('the line that was cut off is refused, and the next one is whole', () => {
  const file = join(folder, 'robot-1.memory')
  const memory = openFileMemory(file)
  void memory.write(begun('t-1'), true)
  disk.isNearlyFull = true
  expect(() => void memory.write(begun('t-2'), true)).toThrow('full')
  disk.isNearlyFull = false
  void memory.write(begun('t-3'), true)
  memory.close()
  expect(openFileMemory(file).earlier()).toEqual([begun('t-1'), begun('t-3')])
})
