/** A changed flow held against a recorded day: what was stored when it began must be able to go on. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkFolders } from '#cli/flows/check.ts'
import { storedIn } from '#cli/flows/stored.ts'
import { record } from '../cli/journal/recorded.ts'
import { createFolders, type Folders } from '../deploy/folders.ts'

let folders: Folders
let day: string
beforeAll(async () => {
  folders = createFolders()
  day = join(folders.root, 'day.jsonl')
  const lines = await record({
    untilMs: 10_000,
    play: (stage) =>
      stage.clock.at(10_000, () => {
        const queue = { service: 'card', waiting: 9, announcedWaitMs: 1_200_000 }
        stage.device('tickets-1').device().sense('queue.snapshot', queue)
      }),
  })
  writeFileSync(day, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
})
afterAll(() => folders.remove())

const edit = (folder: string, from: string, to: string) => {
  const file = join(folder, 'flow.ts')
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(from)
  writeFileSync(file, text.replace(from, to))
}

it('finds the migration that is missing, and not the one that is there', { timeout: 60_000 }, async () => {
  const folder = folders.copyShipped('diversion')
  const stored = await storedIn(day)
  expect((await stored('diversion')).map(({ version }) => version)).toContain(1)
  const missing = async () => {
    const [report] = await checkFolders(folder, stored)
    return report?.findings.filter(({ code }) => code === 'migration.missing').map(({ at }) => at) ?? []
  }
  edit(folder, 'version: 1,', 'version: 2,')
  expect(await missing()).toContain('version 1')
  edit(folder, 'migrations: {},', 'migrations: { 1: (old) => old },')
  expect(await missing()).toEqual([])
})

it('says what is wrong where there is no such day', async () => {
  await expect(storedIn(join(folders.root, 'none.jsonl'))).rejects.toMatchObject({
    code: 'config.unreadable',
  })
  await expect((await storedIn(folders.root))('diversion')).rejects.toMatchObject({ code: 'hub.unreachable' })
})
