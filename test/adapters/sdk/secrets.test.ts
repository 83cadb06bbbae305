/** What an adapter says when it starts, or cannot, holds no password. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { settingsFrom, withoutPassword } from '#adapters/sdk/settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a config with a mistake in it is refused without a word of what it says', () => {
  const file = join(folder, 'config.json')
  writeFileSync(file, '{"password": hunter2}')
  const read = () => settingsFrom({ USHER_DEVICE: 'robot-1', USHER_CONFIG: file })
  expect(read).toThrow(expect.objectContaining({ code: 'adapter.config' }))
  expect(read).toThrow(/config\.json/)
  expect(read).not.toThrow(/hunter2/)
})

test('a config that is not there is still said not to be there', () => {
  const read = () => settingsFrom({ USHER_DEVICE: 'robot-1', USHER_CONFIG: join(folder, 'none.json') })
  expect(read).toThrow(/ENOENT/)
})

test.each([
  ['mqtt://robot:hunter2@hub.branch:1883', 'mqtt://hub.branch:1883'],
  ['mqtts://hub.branch:8883', 'mqtts://hub.branch:8883'],
  ['wss://hub.branch/mqtt?token=hunter2', 'wss://hub.branch/mqtt'],
  ['mqtt://not a url', 'mqtt://…'],
])('of %s the log says %s', (url, told) => {
  expect(withoutPassword(url)).toBe(told)
})
