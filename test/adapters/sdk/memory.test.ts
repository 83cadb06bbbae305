/** What an adapter remembers in its file: through a kill in the middle of a line, a full disk, and many days. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAttempts, rememberedMax } from '#adapters/sdk/attempts.ts'
import {
  condensed,
  createFleetingMemory,
  type Memory,
  type MemoryRecord,
  recollectionsOf,
} from '#adapters/sdk/memory.ts'
import { openFileMemory } from '#adapters/sdk/memory-file.ts'
import { offer } from '../../simulators/support/rig.ts'
import { createHeld, createRig } from './support/rig.ts'

let folder: string
const file = () => join(folder, 'robot-1.memory')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usher-memory-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const name = (task: string) => ({ device: 'robot-1', task, attempt: 1, epoch: 1 })

test('what was written is known to the next life, and only the owner can read it', () => {
  const first = openFileMemory(file())
  void first.write({ kind: 'begun', ...name('t-1') }, true)
  void first.write(
    { kind: 'reported', ...name('t-1'), report: { status: 'done', result: { said: [] } } },
    true,
  )
  first.close()
  expect(openFileMemory(file()).earlier()).toEqual([
    { kind: 'reported', ...name('t-1'), report: { status: 'done', result: { said: [] } } },
  ])
  expect(statSync(file()).mode & 0o777).toBe(0o600)
})

test('a line that was cut off tells nothing, and the next one is not swallowed by it', () => {
  const first = openFileMemory(file())
  void first.write({ kind: 'begun', ...name('t-1') }, true)
  first.close()
  appendFileSync(file(), JSON.stringify({ kind: 'begun', ...name('t-2') }).slice(0, 30))
  const second = openFileMemory(file())
  expect(second.earlier()).toEqual([{ kind: 'begun', ...name('t-1') }])
  void second.write({ kind: 'begun', ...name('t-3') }, true)
  second.close()
  expect(openFileMemory(file()).earlier()).toEqual([
    { kind: 'begun', ...name('t-1') },
    { kind: 'begun', ...name('t-3') },
  ])
})

test('a file that grew long is written anew while it is used, with what still matters', () => {
  const memory = openFileMemory(file())
  void memory.write({ kind: 'begun', ...name('old') }, false)
  for (let count = 0; count < 7_000; count += 1) {
    const one = name(`t-${count}`)
    void memory.write({ kind: 'begun', ...one }, false)
    void memory.write({ kind: 'reported', ...one, report: { status: 'done' } }, false)
    void memory.write({ kind: 'heard', ...one }, false)
  }
  memory.close()
  const lines = readFileSync(file(), 'utf8').trim().split('\n')
  expect(lines.length).toBeLessThan(6_000)
  const known = createAttempts(recollectionsOf(openFileMemory(file()).earlier(), 'robot-1'))
  expect(known.find(name('old'))?.phase).toBe('begun')
  expect(known.find(name('t-6999'))).toMatchObject({ phase: 'ended', heard: true })
  expect(known.find(name('t-0'))).toBeUndefined()
})

test('of more attempts than can be kept, those that ended are forgotten, and what is under way is not', () => {
  const known = createAttempts([{ kind: 'begun', ...name('under-way') }])
  for (let count = 0; count < rememberedMax; count += 1) known.remember(name(`t-${count}`)).phase = 'ended'
  expect(known.find(name('t-0'))).toBeUndefined()
  expect(known.find(name('t-1'))).toBeDefined()
  expect(known.find(name('under-way'))?.phase).toBe('begun')
})

const onFullDisk = async (refuses: MemoryRecord['kind']) => {
  let isFull = false
  const memory: Memory = {
    ...createFleetingMemory(),
    write(record) {
      if (isFull && record.kind === refuses) throw new Error('ENOSPC')
    },
  }
  const held = createHeld({})
  const rig = await createRig({ memory, side: { capabilities: { greet: held.handler } } })
  isFull = true
  await rig.task(offer('greet', { start: true }))
  held.calls[0]?.finish()
  await rig.clock.pass(0)
  expect(rig.adapter.counts()['adapter.memory']).toBeGreaterThan(0)
  return { statuses: rig.hub.statuses(), last: rig.last(), begun: held.calls.length }
}

test('a disk that takes nothing: what happens once is not begun', async () => {
  const { last, begun } = await onFullDisk('begun')
  expect(last).toMatchObject({ status: 'not-started', code: 'memory-failed' })
  expect(begun).toBe(0)
})

test('a disk that takes nothing more: what was done is told all the same', async () => {
  const { statuses, begun } = await onFullDisk('reported')
  expect(statuses).toEqual(['accepted', 'started', 'done'])
  expect(begun).toBe(1)
})

test('a place where nothing can be kept is said at once', () => {
  writeFileSync(join(folder, 'a-file'), '')
  expect(() => openFileMemory(join(folder, 'a-file', 'robot-1.memory'))).toThrow(
    expect.objectContaining({ code: 'adapter.memory' }),
  )
})

const record = fc.record({
  kind: fc.constantFrom('begun', 'heard', 'accepted', 'started', 'done', 'failed', 'epoch'),
  task: fc.constantFrom('t-1', 't-2', 't-3'),
  attempt: fc.integer({ min: 1, max: 2 }),
  epoch: fc.integer({ min: 1, max: 3 }),
})

const recordOf = ({
  kind,
  task,
  attempt,
  epoch,
}: {
  kind: string
  task: string
  attempt: number
  epoch: number
}) => {
  const whole = { device: 'robot-1', task, attempt, epoch }
  if (kind === 'epoch') return { kind, device: 'robot-1', epoch } as MemoryRecord
  if (kind === 'begun' || kind === 'heard') return { kind, ...whole } as MemoryRecord
  return { kind: 'reported', ...whole, report: { status: kind } } as MemoryRecord
}

test('fewer records say the same: what was begun stays begun, what ended keeps its end', () => {
  const knowledge = (records: readonly MemoryRecord[]) => {
    const attempts = createAttempts(recollectionsOf(records, 'robot-1'))
    return attempts
      .all()
      .map(({ task, attempt, epoch, phase, last }) => `${task}/${attempt}/${epoch} ${phase} ${last?.status}`)
      .sort()
  }
  fc.assert(
    fc.property(fc.array(record, { maxLength: 40 }), (given) => {
      // As a device writes them: started once begun, nothing after its end but that it was heard.
      const begun = new Set<string>()
      const over = new Set<string>()
      const records = given.map(recordOf).filter((one) => {
        if (one.kind === 'epoch') return true
        const key = `${one.task}/${one.attempt}/${one.epoch}`
        if (one.kind === 'heard') return over.has(key)
        if (over.has(key)) return false
        if (one.kind === 'begun') begun.add(key)
        else if (one.report.status === 'started' && !begun.has(key)) return false
        if (one.kind === 'reported' && ['done', 'failed'].includes(one.report.status)) over.add(key)
        return true
      })
      expect(knowledge(condensed(records))).toEqual(knowledge(records))
      expect(condensed(condensed(records))).toEqual(condensed(records))
    }),
  )
})
