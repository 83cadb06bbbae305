/** `usher content` against a running hub: a file comes in, waits for a second person, and what was shown is counted. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Library } from '#protocol/desk/content-routes.ts'
import { png } from '../content/samples.ts'
import { remove, type StartedHub, scratch, startHub } from './support.ts'

const folder = scratch()
let hub: StartedHub

beforeAll(async () => {
  hub = await startHub(folder)
  writeFileSync(join(folder, 'rates.png'), png())
  writeFileSync(join(folder, 'logo.png'), '<svg onload="x()"></svg>')
  mkdirSync(join(folder, 'folder.png'))
  execFileSync('/usr/bin/mkfifo', [join(folder, 'pipe.png')])
})
afterAll(async () => {
  await hub.stop()
  remove(folder)
})

const rates = ['--item', 'rates', '--title', 'zh=利率', '--title', 'en=Rates']

test('adds, and does not approve what it added itself', async () => {
  const said = await hub.usher(
    'content',
    'add',
    join(folder, 'rates.png'),
    ...rates,
    '--words',
    'zh=利率 2.1 %',
  )
  expect([said.code, said.said]).toEqual([0, expect.stringContaining('waits for a second person')])
  const { items } = await hub.json<Library>('content', 'list')
  expect(items).toMatchObject([
    {
      id: 'rates',
      title: { zh: '利率', en: 'Rates' },
      inForce: null,
      versions: [
        { media: { type: 'image/png', width: 2 }, words: { zh: '利率 2.1 %' }, addedBy: 'operator' },
      ],
    },
  ])
  const own = await hub.usher('content', 'approve', 'rates', '1')
  expect([own.code, own.complained]).toEqual([1, expect.stringContaining('content.own')])
  const listed = await hub.usher('content', 'list')
  expect(listed.said).toMatch(/rates +Rates +1 +proposed +image\/png/)
})

test('says what is wrong with a file, and with its words', async () => {
  const refused = async (...words: readonly string[]) => (await hub.usher('content', ...words)).complained
  expect(await refused('add', join(folder, 'logo.png'), ...rates)).toContain('content.svg')
  expect(await refused('add', join(folder, 'no-such.png'), ...rates)).toContain('config.unreadable')
  expect(await refused('add', join(folder, 'folder.png'), ...rates)).toContain('config.unreadable')
  // A pipe that nobody writes into is not waited for.
  expect(await refused('add', join(folder, 'pipe.png'), ...rates)).toContain('config.unreadable')
  expect(await refused('add', '--item', 'rates', '--words', 'nothing')).toContain('language=text')
  expect(await refused('decline', 'gold', '1', '--reason', 'no')).toContain('content.unknown')
  expect((await hub.usher('content', 'plays', '--from', 'yesterday')).code).toBe(2)
})

test('tells how often something was shown', async () => {
  expect((await hub.usher('content', 'plays', '--from', '2026-01-01')).said).toContain('Nothing was shown.')
  expect(await hub.json('content', 'plays', '--to', '2026-12-31')).toEqual([])
})

test('a hub starts and does its work also where the files of its library cannot be reached', async () => {
  const data = join(folder, 'other', 'data')
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, 'content'), 'a file in the place of the folder')
  const other = await startHub(join(folder, 'other'))
  expect(await other.json('mode')).toMatchObject({ mode: 'open' })
  const { code, said } = await other.stop()
  expect([code, said]).toEqual([0, expect.stringContaining('files that nobody uses could not be removed')])
})
