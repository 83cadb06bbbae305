/** No PUBACK leaves before the sync of its commit. Ten thousand messages: `npm run test:trace`. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createStage, type Stage } from './stage.ts'
import { judgeTrace, markOf } from './system-calls.ts'
import { generousLimits, traceHub } from './trace-hub.ts'

const strace = spawnSync('strace', ['-V']).status === 0

describe('the system calls of a hub', { timeout: 60_000 }, () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await createStage({ limits: generousLimits })
  })
  afterEach(() => stage.end())

  it('show each message on disk before its PUBACK', async (context) => {
    if (!strace) return context.skip('install strace: it writes the trace')
    const { acknowledged, syncs, early } = await traceHub(stage, { messages: 500 })
    expect(acknowledged).toBe(500)
    expect(syncs).toBeGreaterThan(5)
    expect(early).toEqual([])
  })

  it('show a hub that answers before its commit', async (context) => {
    if (!strace) return context.skip('install strace: it writes the trace')
    const preload = [join(import.meta.dirname, '../crash/early-answer.ts')]
    const { early } = await traceHub(stage, { messages: 50, preload })
    expect(early.length).toBeGreaterThan(0)
  })
})

describe('the judge of traces', () => {
  const wal = '21</data/usher.db-wal>'
  const socket = '30<TCP:[127.0.0.1:1883->127.0.0.1:4000]>'
  const write = `7  pwrite64(${wal}, "..${markOf(1)}..", 4096, 0) = 4096`
  const sync = `7  fdatasync(${wal}) = 0`
  const ack = `7  write(${socket}, "@\\2\\0\\1", 4) = 4`
  const early = (...lines: string[]) => judgeTrace(lines, 4_000).early.length

  it('wants the bytes, then a whole sync of the log, then the acknowledgement', () => {
    expect(early(write, sync, ack)).toBe(0)
    expect(early(write, ack, sync)).toBe(1)
    expect(early(sync, write, ack)).toBe(1)
    expect(early(sync, ack)).toBe(1)
    expect(early(write, sync.replace('= 0', '= -1 EIO'), ack)).toBe(1)
    expect(early(write, sync.replace('db-wal', 'db'), ack)).toBe(1)
  })

  it('does not count a sync that has not returned', () => {
    const begins = `8  fdatasync(${wal} <unfinished ...>`
    const ends = '8  <... fdatasync resumed>) = 0'
    expect(early(write, begins, ends, ack)).toBe(0)
    expect(early(write, begins, ack, ends)).toBe(1)
    expect(early(begins, write, ends, ack)).toBe(1)
    expect(early(write, begins, sync, ack, ends)).toBe(0)
  })
})
