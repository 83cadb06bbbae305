/** The library is state like all other: it is there after a start, a replay makes it again, and older data has none. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flows } from '#flows/index.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import type { Entry, EntryBody } from '#hub/engine/entry.ts'
import { openEngine } from '#hub/engine/open-engine.ts'
import { digestOf, readEntry, replay } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createDurableStore } from '#hub/store/durable-store.ts'
import { branchYaml } from '../support/branch.ts'
import { createTestClock } from '../support/clock.ts'

const branch = 'lobby-1'

const open = async (directory: string) => {
  const store = createDurableStore({ directory })
  const bugs: unknown[] = []
  const engine = await openEngine({
    branch,
    store,
    flows,
    settings: defaultSettings,
    versions: { hub: 'test', xstate: 'test' },
    clock: { ...createTestClock(), soon: (callback) => void setImmediate(callback) },
    onCommitted: () => {},
    onBug: (error) => bugs.push(error),
    onFull: () => {},
    onFatal: (error) => bugs.push(error),
  })
  return {
    store,
    engine,
    bugs,
    send: (body: EntryBody) => engine.submit({ body }),
    stop: async () => {
      await engine.stop()
      await store.close()
    },
  }
}

test('after a start, in a replay, and on data from before there was a library', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'usher-library-'))
  // As it was written before: no row of any of the library's tables.
  const older = await open(directory)
  await older.send({ kind: 'config', file: parseBranchFile(branchYaml), revision: 0, by: 'operator' })
  const written = [...(await older.store.load(branch)).keys()]
  expect(written).not.toContain('contentItems')
  await older.stop()

  const hub = await open(directory)
  expect(hub.engine.state.contentItems.size).toBe(0)
  const version = {
    title: { en: 'Rates' },
    media: null,
    template: 'queues' as const,
    words: {},
    productCode: null,
    expiresOn: null,
  }
  await hub.send({ kind: 'command', command: { name: 'content.add', item: 'rates', ...version, by: 'ann' } })
  await hub.send({
    kind: 'command',
    command: { name: 'content.approve', item: 'rates', version: 1, by: 'bob' },
  })
  const plays = [{ n: 1, item: 'rates', startedMs: 0, shownForMs: 500, ended: 'finished' as const }]
  await hub.send({
    kind: 'event',
    device: 'kiosk-1',
    name: 'content.played',
    data: { player: 'p', clockMs: 500, plays },
  })
  expect(
    await hub
      .send({ kind: 'command', command: { name: 'content.approve', item: 'rates', version: 1, by: 'bob' } })
      .catch((error: { code: string }) => error.code),
  ).toBe('content.judged')
  const digest = digestOf(hub.engine.rows)
  await hub.store.checkpoint(branch)
  await hub.stop()

  const again = await open(directory)
  expect(again.engine.state.contentItems.get('rates')).toMatchObject({ inForce: 1, revision: 2 })
  expect(again.engine.state.contentDays.values()[0]?.items['rates']?.whole).toBe(1)
  const stored = await again.store.entries(branch, { from: 1, limit: 100 })
  const entries = stored.flatMap((one): Entry[] => {
    const entry = readEntry(one)
    return entry === undefined ? [] : [entry]
  })
  const upTo = entries.slice(
    0,
    entries.findLastIndex(({ body }) => body.kind === 'start'),
  )
  expect(digestOf(replay({ flows, settings: defaultSettings }, upTo))).toBe(digest)
  expect([older.bugs, hub.bugs, again.bugs]).toEqual([[], [], []])
  await again.stop()
  rmSync(directory, { recursive: true, force: true })
})
