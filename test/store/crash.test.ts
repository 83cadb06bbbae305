/** What was acknowledged is there after SIGKILL; a failed sync stops the store; a second process is refused. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDurableStore } from '#hub/store/durable-store.ts'
import { makeDirectory } from './directory.ts'
import { lastAcked, type Running, runWriter } from './run-writer.ts'

let directory: ReturnType<typeof makeDirectory>
let running: Running[]
beforeEach(() => {
  directory = makeDirectory()
  running = []
})
afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL')
    await ended()
  }
  directory.remove()
})

const start = (args: readonly string[] = [], tracer: readonly string[] = []): Running => {
  const writer = runWriter([directory.path, ...args], tracer)
  running.push(writer)
  return writer
}

const inspect = async () => {
  const store = createDurableStore({ directory: directory.path })
  try {
    const { seq } = await store.open('b')
    return { seq, verdict: await store.verify('b'), whole: await store.checkWhole() }
  } finally {
    await store.close()
  }
}

describe('a killed writer', () => {
  it('loses nothing it acknowledged, whenever it is killed', async () => {
    for (let round = 0; round < 6; round++) {
      const writer = start()
      // The kill falls at another place of a commit each round.
      await writer.said('acked')
      const goal = lastAcked(writer.lines) + 20 + round * 7
      while (lastAcked(writer.lines) < goal) await writer.more()
      writer.child.kill('SIGKILL')
      await writer.ended()
      const { seq, verdict, whole } = await inspect()
      expect(seq).toBeGreaterThanOrEqual(lastAcked(writer.lines))
      expect(verdict).toMatchObject({ ok: true, entries: seq })
      expect(whole.faults).toEqual([])
    }
  })
})

describe('a writer killed inside', () => {
  const killPoints = fileURLToPath(new URL('../crash/kill-points.ts', import.meta.url))

  it.for(['applying', 'applied'])('%s: the next start brings all of it into the database', async (point) => {
    for (const times of [1, 2, 9]) {
      const writer = start(
        [],
        ['env', `CRASH_POINT=${point}:${times}`, `NODE_OPTIONS=--import=${killPoints}`],
      )
      await writer.ended()
      const { seq, verdict, whole } = await inspect()
      expect(seq).toBeGreaterThanOrEqual(lastAcked(writer.lines))
      expect(verdict).toMatchObject({ ok: true, entries: seq })
      expect(whole.faults).toEqual([])
    }
  })

  it('somewhere around the turns of its log, which are many', async () => {
    for (let round = 0; round < 4; round++) {
      const writer = start(['0', '8192'])
      await writer.said('acked')
      const goal = lastAcked(writer.lines) + 90 + round
      while (lastAcked(writer.lines) < goal) await writer.more()
      writer.child.kill('SIGKILL')
      await writer.ended()
      const { seq, verdict } = await inspect()
      expect(seq).toBeGreaterThanOrEqual(lastAcked(writer.lines))
      expect(verdict).toMatchObject({ ok: true, entries: seq })
    }
  })
})

describe('two hubs on one data directory', () => {
  it('the second is refused within a second, and let in once the first was killed', async () => {
    const first = start(['3'])
    await first.said('holding')
    const began = performance.now()
    expect(() => createDurableStore({ directory: directory.path })).toThrow(
      expect.objectContaining({
        code: 'store.locked',
        message: expect.stringContaining(`process ${first.child.pid}`),
      }),
    )
    expect(performance.now() - began).toBeLessThan(1000)
    const second = start()
    expect(await second.said('failed')).toBe('failed UsherError store.locked')
    first.child.kill('SIGKILL')
    await first.ended()
    expect((await inspect()).seq).toBe(lastAcked(first.lines))
  })
})

const strace = spawnSync('strace', ['-V']).status === 0

describe('a disk that fails to sync', () => {
  // The first calls belong to the opening of the files. In small segments, the database is soon what must be synced.
  it.for([
    ['fsync,fdatasync', '40+', ['0', '4096']],
    ['pwrite64', '120+', []],
  ] as const)(
    'stops the store at once and loses nothing acknowledged: %s',
    async ([call, when, args], context) => {
      if (!strace) return context.skip('install strace: it injects the errors into system calls')
      const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:error=EIO:when=${when}`]
      const writer = start(args, ['strace', '-f', '-qq', '-o', '/dev/null', ...inject])
      expect(await writer.said('failed')).toBe('failed StoreBroken ')
      await writer.ended()
      const acked = lastAcked(writer.lines)
      expect(acked).toBeGreaterThan(0)
      const { seq, verdict } = await inspect()
      // Whether the failing commit reached the disk nobody knows; every one before it did.
      expect(seq).toBeGreaterThanOrEqual(acked)
      expect(verdict).toMatchObject({ ok: true, entries: seq })
    },
  )
})
