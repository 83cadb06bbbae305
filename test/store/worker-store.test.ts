/** The store in a thread of its own: the same promises, and errors that keep their kind on the way. */
import { expect, it } from 'vitest'
import { StoreBroken } from '#hub/store/port.ts'
import { createWorkerStore } from '#hub/store/worker-store.ts'
import { batchOn } from './batches.ts'
import { describeStore } from './conformance.ts'
import { makeDirectory } from './directory.ts'

describeStore('SQLite in a thread of its own', async () => {
  const directory = makeDirectory()
  let store = await createWorkerStore({ directory: directory.path })
  return {
    store,
    reopen: async () => {
      await store.close()
      store = await createWorkerStore({ directory: directory.path })
      return store
    },
    end: async () => {
      await store.close()
      directory.remove()
    },
  }
})

it('says why it could not open, and holds the directory until it is closed', async () => {
  const directory = makeDirectory()
  try {
    const first = await createWorkerStore({ directory: directory.path })
    await expect(createWorkerStore({ directory: directory.path })).rejects.toMatchObject({
      code: 'store.locked',
    })
    await first.close()
    const second = await createWorkerStore({ directory: directory.path })
    await second.close()
    await expect(second.commit(batchOn({ branch: 'b', epoch: 1, seq: 0, at: 0, hash: '' }))).rejects.toThrow(
      StoreBroken,
    )
  } finally {
    directory.remove()
  }
})

it('commits in the order asked for while earlier ones are still on their way', async () => {
  const directory = makeDirectory()
  const store = await createWorkerStore({ directory: directory.path })
  try {
    const head = await store.open('b')
    const heads = Array.from({ length: 10 }, (_, i) => ({ ...head, seq: i, at: 0 }))
    await Promise.all(heads.map((on, i) => store.commit(batchOn(on, { at: 1_770_000_000_000 + i }))))
    expect(await store.verify('b')).toMatchObject({ ok: true, entries: 10 })
  } finally {
    await store.close()
    directory.remove()
  }
})
