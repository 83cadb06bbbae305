/** Sessions: kept as hashes, over restarts, for a while and not longer; and whoever listens is told when they end. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Session } from '#hub/desk/sessions.ts'
import {
  addAccount,
  goodPassword,
  limits,
  otherPassword,
  raise,
  remove,
  type Stage,
  scratch,
  signIn,
} from './support.ts'

let folder: string
let stage: Stage

beforeEach(async () => {
  folder = scratch()
  stage = await raise(folder)
  await addAccount(stage, 'manager-1', ['manager'])
})
afterEach(async () => {
  await stage.stop()
  remove(folder)
})

const codeIn = (cookie: string | undefined) => cookie?.split('=')[1] ?? ''
const found = (cookie: string | undefined) => stage.desk.open().sessions.find(codeIn(cookie))

describe('a session', () => {
  test('outlives a restart of the hub', async () => {
    const browser = await signIn(stage, 'manager-1')
    const { clock } = stage
    await stage.stop()
    stage = await raise(folder, { clock })
    expect(found(browser.cookie)?.name).toBe('manager-1')
  })

  test('is not in the file in a form that lets anybody in, and no password either', async () => {
    const { cookie } = await signIn(stage, 'manager-1')
    const kept = ['accounts.db', 'accounts.db-wal']
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('')
    expect(kept).toContain('manager-1')
    expect(kept).not.toContain(codeIn(cookie))
    expect(kept).not.toContain(goodPassword)
  })

  test('ends when nobody uses it, and is kept open by use', async () => {
    const browser = await signIn(stage, 'manager-1')
    for (let round = 0; round < 4; round++) {
      stage.clock.advance(limits.idleMs - 1_000)
      expect((await browser.get('/api/me')).status).toBe(200)
    }
    stage.clock.advance(limits.idleMs)
    expect((await browser.get('/api/me')).status).toBe(401)
  })

  test('is not kept open by what an open page reads by itself', async () => {
    const browser = await signIn(stage, 'manager-1')
    for (let at = 0; at < limits.idleMs; at += limits.idleMs / 10) {
      expect((await browser.get('/api/sessions')).status).toBe(200)
      // A browser looks for a newer build by itself.
      expect((await browser.get('/lobby/worker.js')).status).toBe(200)
      stage.clock.advance(limits.idleMs / 10)
    }
    expect((await browser.get('/api/sessions')).status).toBe(401)
  })

  test('ends after a working day, however busy', async () => {
    const browser = await signIn(stage, 'manager-1')
    for (let at = 0; at < limits.longestMs - 600_000; at += 600_000) {
      expect((await browser.get('/api/me')).status).toBe(200)
      stage.clock.advance(600_000)
    }
    stage.clock.advance(600_000)
    expect((await browser.get('/api/me')).status).toBe(401)
  })

  test('is one of at most twenty: the oldest goes', async () => {
    const first = await signIn(stage, 'manager-1')
    for (let round = 0; round < 20; round++) {
      stage.clock.advance(1)
      await signIn(stage, 'manager-1')
    }
    expect((await first.get('/api/me')).status).toBe(401)
    expect(stage.desk.open().sessions.of('manager-1')).toHaveLength(20)
  })
})

describe('its owner', () => {
  test('sees his own, ends another, and no one else’s', async () => {
    await addAccount(stage, 'lobby-1', ['manager'])
    const [mine, also, others] = [
      await signIn(stage, 'manager-1'),
      await signIn(stage, 'manager-1'),
      await signIn(stage, 'lobby-1'),
    ]
    const listed = async (browser: typeof mine) =>
      JSON.parse((await browser.get('/api/sessions')).text) as { session: string; isThis: boolean }[]
    const own = await listed(mine)
    expect(own.filter(({ isThis }) => isThis)).toHaveLength(1)
    expect(own).toHaveLength(2)
    const [foreign] = await listed(others)
    expect((await mine.post('/api/sessions/end', { session: foreign?.session })).status).toBe(404)
    expect((await others.get('/api/me')).status).toBe(200)
    const other = own.find(({ isThis }) => !isThis)
    expect((await mine.post('/api/sessions/end', { session: other?.session })).status).toBe(200)
    expect((await also.get('/api/me')).status).toBe(401)
    expect((await mine.get('/api/me')).status).toBe(200)
  })

  test('signs out here, or everywhere', async () => {
    const [one, two, three] = [
      await signIn(stage, 'manager-1'),
      await signIn(stage, 'manager-1'),
      await signIn(stage, 'manager-1'),
    ]
    const stolen = one.cookie
    const out = await one.post('/api/sign-out', {})
    expect(out.headers['set-cookie']?.[0]).toContain('Max-Age=0')
    one.cookie = stolen
    expect((await one.get('/api/me')).status).toBe(401)
    expect((await two.post('/api/sign-out-everywhere', {})).status).toBe(200)
    expect((await three.get('/api/me')).status).toBe(401)
  })

  test('changes his password: every other session ends, and the old password is worth nothing', async () => {
    const [one, two] = [await signIn(stage, 'manager-1'), await signIn(stage, 'manager-1')]
    const before = one.cookie
    const wrong = await one.post('/api/password', { current: otherPassword, next: otherPassword })
    expect(wrong.status).toBe(401)
    const changed = await one.post('/api/password', { current: goodPassword, next: otherPassword })
    expect(changed.status).toBe(200)
    expect(one.cookie).not.toBe(before)
    expect((await one.get('/api/me')).status).toBe(200)
    expect((await two.get('/api/me')).status).toBe(401)
    await expect(signIn(stage, 'manager-1')).rejects.toThrow('sign-in.wrong')
    await signIn(stage, 'manager-1', otherPassword)
  })
})

describe('whoever holds a line open for it', () => {
  const open = async () => {
    const browser = await signIn(stage, 'manager-1')
    const session = found(browser.cookie) as Session
    const told: string[] = []
    const { sessions } = stage.desk.open()
    return { browser, session, told, sessions, callOff: sessions.watch(session, (why) => told.push(why)) }
  }

  test('is told at once of a sign-out, of an end, of a disabled account, and once', async () => {
    const first = await open()
    await first.browser.post('/api/sign-out', {})
    expect(first.told).toEqual(['signed-out'])
    const second = await open()
    await stage.desk.open().accounts.disable({ name: 'manager-1', by: 'operator' })
    expect(second.told).toEqual(['ended'])
    stage.clock.advance(limits.longestMs)
    expect([first.told, second.told]).toEqual([['signed-out'], ['ended']])
  })

  test('is told at the moment when it expires, and not while it is used', async () => {
    const { browser, told } = await open()
    stage.clock.advance(limits.idleMs - 1)
    await browser.get('/api/me')
    stage.clock.advance(limits.idleMs - 1)
    expect(told).toEqual([])
    stage.clock.advance(1)
    expect(told).toEqual(['expired'])
  })

  test('is told of one that is over already, and leaves no timer behind', async () => {
    const { browser, session, sessions, callOff, told } = await open()
    callOff()
    expect(stage.clock.pending()).toBe(0)
    await browser.post('/api/sign-out', {})
    expect(told).toEqual([])
    const late: string[] = []
    sessions.watch(session, (why) => late.push(why))
    expect(late).toEqual(['ended'])
  })
})
