/** Accounts as an operator has them: the first link, `usher staff`, a restart, and a journal that keeps no secret. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../desk/support.ts'
import { remove, scratch, startHub } from './support.ts'

let folder: string
beforeAll(() => {
  folder = scratch()
})
afterAll(() => remove(folder))

const password = 'walnut-umbrella-seventeen-fjords'
const portOf = (address: string) => Number(new URL(address).port)

test('an operator lets people in, takes the way in away, and finds both in the journal; sessions outlive a kill', async () => {
  const hub = await startHub(join(folder, 'hub'))
  const { link, name } = await hub.json<{ link: string; name: string }>(
    'staff',
    'invite',
    'lobby-1',
    '--roles',
    'manager,admin',
  )
  expect(name).toBe('lobby-1')
  const { searchParams, port } = new URL(link)
  const code = searchParams.get('code') ?? ''
  const browser = openBrowser(Number(port))
  expect((await browser.post('/api/set-up', { code, password })).status).toBe(200)
  expect(JSON.parse((await browser.get('/api/me')).text)).toMatchObject({ title: { zh: '大堂经理' } })
  expect((await hub.usher('staff', 'accounts')).said).toMatch(
    /lobby-1 +Lobby manager +manager, admin +active +1/,
  )
  hub.child.kill('SIGKILL')
  const { complained } = await hub.ended
  expect(complained).toMatch(
    /the first administrator opens this once:\n\n {2}http:\/\/localhost:\d+\/set-up\?code=/,
  )

  const second = await startHub(join(folder, 'hub'))
  const after = openBrowser(portOf(second.ports.http))
  // The port of a loopback cookie is part of its name: here the hub came back on another one.
  after.cookie = browser.cookie?.replace(/^usher-\d+/, `usher-${portOf(second.ports.http)}`)
  expect((await after.get('/api/me')).status).toBe(200)
  expect((await second.usher('staff', 'disable', 'lobby-1')).complained).toContain('account.last-admin')
  await second.json('staff', 'invite', 'it-1', '--roles', 'admin')
  await second.json('staff', 'roles', 'lobby-1', '--roles', 'manager').catch((error: Error) => {
    expect(error.message).toContain('account.last-admin')
  })
  const reset = await second.json<{ link: string }>('staff', 'reset', 'lobby-1', '--by', 'it-9')
  expect((await after.get('/api/me')).status).toBe(401)
  expect((await second.usher('staff', 'invite', 'x', '--roles', 'root')).code).toBe(2)
  const verdict = await second.usher('journal', 'verify')
  expect(verdict.said).toContain('The chain holds')
  const { said } = await second.usher('journal', 'export', '--from', '1')
  for (const act of ['invited', 'link-used', 'reset']) expect(said).toContain(act)
  const { complained: again } = await second.stop()
  expect(again).toBe('')
  for (const file of ['usher.db', 'usher.db-wal']) {
    const text = readIfThere(join(folder, 'hub/data', file))
    for (const secret of [password, code, new URL(reset.link).searchParams.get('code') ?? '-', 'argon2id'])
      expect(text, file).not.toContain(secret)
  }
}, 60_000)

const readIfThere = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
