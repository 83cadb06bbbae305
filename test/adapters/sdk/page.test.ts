/** What only a page has: a disk that is waited for, a clock that a worker keeps, and certificates read without a library. */
import { X509Certificate } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { validityOf } from '#adapters/sdk/der.ts'
import { createFleetingMemory, type Memory } from '#adapters/sdk/memory.ts'
import { openPageMemory } from '#adapters/sdk/memory-page.ts'
import { createPageTimer } from '#adapters/sdk/page-timer.ts'
import { makeRoot } from '#hub/broker/certificates.ts'
import { offer } from '../../simulators/support/rig.ts'
import { createHeld, createRig } from './support/rig.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Writes what begins when the test says so. */
const createSlowDisk = () => {
  const waiting: { done: () => void; fail: (error: Error) => void }[] = []
  const memory: Memory = {
    ...createFleetingMemory(),
    write: ({ kind }) =>
      kind === 'begun'
        ? new Promise<void>((resolve, reject) => {
            waiting.push({ done: resolve, fail: reject })
          })
        : undefined,
  }
  return { memory, first: () => waiting[0] }
}

const started = async () => {
  const disk = createSlowDisk()
  const held = createHeld({})
  const rig = await createRig({ memory: disk.memory, side: { capabilities: { greet: held.obedient } } })
  await rig.task(offer('greet', { start: true }))
  return { disk, held, rig }
}

test('nothing begins before it is on the disk', async () => {
  const { disk, held, rig } = await started()
  await rig.clock.pass(1_000)
  expect(held.calls).toEqual([])
  expect(rig.hub.statuses()).toEqual(['accepted'])
  disk.first()?.done()
  await rig.clock.pass(0)
  held.calls[0]?.finish()
  await rig.clock.pass(0)
  expect(rig.hub.statuses()).toEqual(['accepted', 'started', 'done'])
})

test('a disk that says no, later: it is not begun', async () => {
  const { disk, held, rig } = await started()
  disk.first()?.fail(new Error('QuotaExceededError'))
  await rig.clock.pass(0)
  expect(rig.last()).toMatchObject({ status: 'not-started', code: 'memory-failed' })
  expect(held.calls).toEqual([])
  expect(rig.adapter.counts()['adapter.memory']).toBe(1)
})

test('a disk that takes longer than there is time to begin: it is given back', async () => {
  const { disk, held, rig } = await started()
  await rig.clock.pass(60_000)
  disk.first()?.done()
  await rig.clock.pass(0)
  expect(rig.last()).toMatchObject({ status: 'not-started', code: 'too-late' })
  expect(held.calls).toEqual([])
})

test('cancelled while the disk is slow: it is confirmed, never begun, and the device is free', async () => {
  const { disk, held, rig } = await started()
  const { task, attempt, epoch } = offer('greet', { start: true })
  await rig.task({ kind: 'cancel', task, attempt, epoch, reason: 'left', sentAt: 0 })
  disk.first()?.done()
  await rig.clock.pass(0)
  expect(rig.last()).toMatchObject({ status: 'cancelled' })
  expect(held.calls).toEqual([])
  expect(rig.sentOn('/state').at(-1)?.body).toMatchObject({ busy: false })
})

test('what a page wrote is read by its next life, and what is none of it is left out', async () => {
  const kept = new Map<string, unknown>([['memory/demo/robot-1', [{ kind: 'rubbish' }, 7]]])
  const store = {
    get: (key: string) => Promise.resolve(kept.get(key)),
    put: (key: string, value: unknown) => Promise.resolve(void kept.set(key, structuredClone(value))),
  }
  const first = await openPageMemory(store, 'memory/demo/robot-1')
  expect(first.earlier()).toEqual([])
  const record = { kind: 'begun', device: 'robot-1', task: 't-1', attempt: 1, epoch: 1 } as const
  await first.write(record, true)
  expect((await openPageMemory(store, 'memory/demo/robot-1')).earlier()).toEqual([record])
})

test('what comes while a page writes goes out together, and is on the disk when it says so', async () => {
  const writes: { value: unknown; done: () => void }[] = []
  const store = {
    get: () => Promise.resolve(undefined),
    put: (_key: string, value: unknown) =>
      new Promise<void>((resolve) => {
        writes.push({ value: structuredClone(value), done: resolve })
      }),
  }
  const memory = await openPageMemory(store, 'memory/demo/robot-1')
  const record = (task: string) => ({ kind: 'begun', device: 'robot-1', task, attempt: 1, epoch: 1 }) as const
  const first = memory.write(record('t-1'), true)
  await vi.waitFor(() => expect(writes).toHaveLength(1))
  const rest = ['t-2', 't-3', 't-4'].map((task) => Promise.resolve(memory.write(record(task), true)))
  writes[0]?.done()
  await first
  await vi.waitFor(() => expect(writes).toHaveLength(2))
  expect(writes[1]?.value).toEqual(['t-1', 't-2', 't-3', 't-4'].map(record))
  const isDone = vi.fn<() => void>()
  const all = Promise.all(rest).then(isDone)
  expect(isDone).not.toHaveBeenCalled()
  writes[1]?.done()
  await all
})

test.each([2026, 2049, 2051])('when a certificate made in %i begins and ends', async (year) => {
  const { certificate } = await makeRoot({ name: 'Usher', days: 397, wallMs: Date.UTC(year, 4, 6, 7, 8, 9) })
  const { validFrom, validTo } = new X509Certificate(certificate)
  expect(validityOf(certificate)).toEqual({ from: Date.parse(validFrom), to: Date.parse(validTo) })
})

/** A worker that does what the test says. */
const stubWorker = () => {
  const calls = new Map<string, (event: unknown) => void>()
  vi.stubGlobal(
    'Worker',
    class {
      addEventListener = (name: string, call: (event: unknown) => void) => void calls.set(name, call)
      postMessage = () => {}
    },
  )
  return (name: string, event: unknown) => calls.get(name)?.(event)
}

test('a page that is slowed down is kept in time by its worker, and what both tell counts once', () => {
  vi.useFakeTimers()
  const worker = stubWorker()
  const timer = createPageTimer()
  const call = vi.fn<() => void>()
  const id = timer.set(call, 1_000)
  vi.advanceTimersByTime(999)
  worker('message', { data: id })
  vi.advanceTimersByTime(1)
  expect(call).toHaveBeenCalledTimes(1)
  timer.clear(id)
  worker('message', { data: id })
  vi.advanceTimersByTime(5_000)
  expect(call).toHaveBeenCalledTimes(1)
})

test('where no worker is allowed, its own timers do', () => {
  vi.useFakeTimers()
  const worker = stubWorker()
  const timer = createPageTimer()
  worker('error', { preventDefault: () => {} })
  const call = vi.fn<() => void>()
  timer.set(call, 1_000)
  vi.advanceTimersByTime(3_000)
  expect(call).toHaveBeenCalledTimes(3)
})
