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
  const log = '/data/log/segment-0'
  const opened = `7  openat(AT_FDCWD</>, "${log}", O_RDWR|O_DSYNC|O_CLOEXEC) = 21<${log}>`
  const socket = '30<TCP:[127.0.0.1:1883->127.0.0.1:4000]>'
  const write = `7  pwrite64(21<${log}>, "..${markOf(1)}..", 4096, 64) = 4096`
  const ack = `7  write(${socket}, "@\\2\\0\\1", 4) = 4`
  const early = (...lines: string[]) => judgeTrace(lines, 4_000).early.length

  it('wants the bytes written through to the disk, then the acknowledgement', () => {
    expect(early(opened, write, ack)).toBe(0)
    expect(early(opened, ack, write)).toBe(1)
    expect(early(opened, ack)).toBe(1)
    expect(early(opened, write.replace('= 4096', '= -1 EIO'), ack)).toBe(1)
    expect(early(opened, write.replace('= 4096', '= 100'), ack)).toBe(1)
  })

  it('wants the very file that was opened so', () => {
    expect(early(opened.replace('|O_DSYNC', ''), write, ack)).toBe(1)
    expect(early(opened, write.replace('21<', '22<'), ack)).toBe(1)
    expect(early(opened.replaceAll('log/segment-0', 'usher.db-wal'), write, ack)).toBe(1)
  })

  it('does not count a write that has not returned', () => {
    const begins = `8  pwrite64(21<${log}>, "..${markOf(1)}..", 4096, 64 <unfinished ...>`
    const ends = '8  <... pwrite64 resumed>) = 4096'
    expect(early(opened, begins, ends, ack)).toBe(0)
    expect(early(opened, begins, ack, ends)).toBe(1)
  })
})
