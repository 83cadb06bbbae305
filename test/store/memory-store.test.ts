/** The store of simulations keeps the port's promises and fails as it is told to. */
import { expect, it } from 'vitest'
import { createMemoryDisk, createMemoryStore } from '#hub/store/memory-store.ts'
import { StoreBroken, StoreFull } from '#hub/store/port.ts'
import { batchOn, change } from './batches.ts'
import { describeStore } from './conformance.ts'

describeStore('memory', async () => {
  const disk = createMemoryDisk()
  return {
    store: createMemoryStore({ disk }),
    reopen: async () => createMemoryStore({ disk }),
    end: async () => {},
  }
})

it('is full until there is room again, and keeps nothing of what it refused', async () => {
  const disk = createMemoryDisk()
  const store = createMemoryStore({ disk })
  const head = await store.open('b')
  disk.health = 'full'
  await expect(store.commit(batchOn(head, { changes: [change('zones', { a: 1 })] }))).rejects.toThrow(
    StoreFull,
  )
  disk.health = 'ok'
  expect(await store.load('b')).toEqual(new Map())
  await store.commit(batchOn(head))
})

it('stays broken until it is opened anew; a late failure may have written', async () => {
  for (const health of ['broken', 'broken-late'] as const) {
    const disk = createMemoryDisk()
    const store = createMemoryStore({ disk })
    const head = await store.open('b')
    disk.health = health
    await expect(store.commit(batchOn(head))).rejects.toThrow(StoreBroken)
    disk.health = 'ok'
    await expect(store.commit(batchOn(head))).rejects.toThrow(StoreBroken)
    expect((await createMemoryStore({ disk }).open('b')).seq).toBe(health === 'broken' ? 0 : 1)
  }
})

it('waits for the injected latency before a commit takes effect', async () => {
  const gate = Promise.withResolvers<undefined>()
  const store = createMemoryStore({ latency: () => gate.promise })
  const head = await store.open('b')
  const commit = store.commit(batchOn(head))
  expect((await store.open('b')).seq).toBe(0)
  gate.resolve(undefined)
  await commit
  expect((await store.open('b')).seq).toBe(1)
})
