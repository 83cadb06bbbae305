/** Accounts: how they begin, by links that work once, how they change, and what the journal is told of it. */
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deskActs } from '#hub/desk/acts.ts'
import { StoreFull } from '#hub/store/port.ts'
import {
  addAccount,
  ask,
  codeOf,
  goodPassword,
  openBrowser,
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
})
afterEach(async () => {
  await stage.stop()
  remove(folder)
})

const codeOfLink = (link: string | undefined) => new URL(link ?? '').searchParams.get('code') ?? ''
const accounts = () => stage.desk.open().accounts

describe('the first administrator', () => {
  test('comes in by a link, once: there is no account and no password before', async () => {
    expect(accounts().list()).toEqual([])
    const link = stage.desk.firstLink()
    expect(link).toBe(`http://localhost:${stage.port}/set-up?code=${codeOfLink(link)}`)
    const code = codeOfLink(link)
    const browser = openBrowser(stage.port)
    const page = await browser.get(`/set-up?code=${code}`, { 'accept-language': 'en' })
    expect(page.text).toContain('the first administrator')
    // Looking is not using: mail programs and browsers look ahead.
    expect((await browser.get(`/set-up?code=${code}`)).status).toBe(200)
    const form = { code, name: 'it-1', password: goodPassword }
    const weak = await browser.submit('/set-up', { ...form, password: 'passwordpassword' })
    expect([weak.status, weak.text.includes('name="code"')]).toEqual([422, true])
    const done = await browser.submit('/set-up', form)
    expect([done.status, done.headers.location]).toEqual([303, '/account'])
    expect(JSON.parse((await browser.get('/api/me')).text)).toMatchObject({ name: 'it-1', roles: ['admin'] })
    const again = await openBrowser(stage.port).submit('/set-up', { ...form, name: 'it-2' })
    expect(again.status).toBe(410)
    expect(stage.desk.firstLink()).toBeUndefined()
    expect(stage.notes.map(({ act, account }) => [act, account])).toEqual([['set-up', 'it-1']])
  })

  test('gets a new link with each start until there is one, and only the newest works', async () => {
    const first = codeOfLink(stage.desk.firstLink())
    const second = codeOfLink(stage.desk.firstLink())
    expect((await ask(stage.port, `/set-up?code=${first}`)).status).toBe(410)
    expect((await ask(stage.port, `/set-up?code=${second}`)).status).toBe(200)
    stage.clock.advance(3_600_000)
    expect((await ask(stage.port, `/set-up?code=${second}`)).status).toBe(410)
  })

  test('is nobody yet where the journal could not be told of him', async () => {
    await stage.stop()
    const full = async () => {
      throw new StoreFull('no room')
    }
    stage = await raise(folder, { write: full })
    const code = codeOfLink(stage.desk.firstLink())
    const answer = await openBrowser(stage.port).post('/api/set-up', {
      code,
      name: 'it-1',
      password: goodPassword,
    })
    expect(codeOf(answer)).toBe('store.full')
    expect(accounts().list()).toEqual([])
    expect(accounts().ownerOf(code)).toBeNull()
  })

  test('cannot call himself what the journal calls a part of the hub', async () => {
    const code = codeOfLink(stage.desk.firstLink())
    const answer = await openBrowser(stage.port).post('/api/set-up', {
      code,
      name: 'operator',
      password: goodPassword,
    })
    expect(codeOf(answer)).toBe('account.reserved')
  })
})

describe('a link', () => {
  test('of two who use it at the same moment lets one in', async () => {
    const { code } = await accounts().invite({ name: 'lobby-1', roles: ['manager'], by: 'operator' })
    const answers = await Promise.all(
      [goodPassword, otherPassword].map((password) =>
        openBrowser(stage.port).post('/api/set-up', { code, password }),
      ),
    )
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 410])
  })

  test('is over after a day, when it is replaced, and when the account is disabled', async () => {
    const wish = { name: 'lobby-1', by: 'operator' }
    const invited = await accounts().invite({ ...wish, roles: ['manager'] })
    const replaced = await accounts().reset(wish)
    expect(() => accounts().ownerOf(invited.code)).toThrow('used')
    expect(accounts().ownerOf(replaced.code)).toBe('lobby-1')
    stage.clock.advance(86_400_000)
    expect(() => accounts().ownerOf(replaced.code)).toThrow('used')
    const last = await accounts().reset(wish)
    await accounts().disable(wish)
    expect(() => accounts().ownerOf(last.code)).toThrow('used')
    await accounts().enable(wish)
    expect(() => accounts().ownerOf(last.code)).toThrow('used')
  })

  test('cannot give somebody else’s account, or another name than the one it was made for', async () => {
    const { code } = await accounts().invite({ name: 'lobby-1', roles: ['manager'], by: 'operator' })
    await openBrowser(stage.port).post('/api/set-up', { code, name: 'it-1', password: goodPassword })
    expect(accounts().list()).toMatchObject([{ name: 'lobby-1', roles: ['manager'], state: 'active' }])
  })
})

describe('an administrator', () => {
  test('invites, changes, disables, enables and resets; each stands in the journal in his name', async () => {
    await addAccount(stage, 'it-1', ['admin'])
    const admin = await signIn(stage, 'it-1')
    const does = (what: string, body: object) => admin.post(`/api/accounts/${what}`, body)
    const invited = await does('invite', { name: 'manager-1', roles: ['manager'] })
    const { path } = JSON.parse(invited.text) as { path: string }
    expect(codeOf(await does('invite', { name: 'manager-1', roles: ['manager'] }))).toBe('account.exists')
    const person = openBrowser(stage.port)
    const code = new URL(path, 'http://x').searchParams.get('code')
    await person.post('/api/set-up', { code, password: goodPassword })
    await does('roles', { name: 'manager-1', roles: ['manager', 'expert'] })
    await does('disable', { name: 'manager-1' })
    expect(codeOf(await does('reset', { name: 'manager-1' }))).toBe('account.disabled')
    await does('enable', { name: 'manager-1' })
    await signIn(stage, 'manager-1')
    await does('reset', { name: 'manager-1' })
    await expect(signIn(stage, 'manager-1')).rejects.toThrow('sign-in.wrong')
    const listed = JSON.parse((await admin.get('/api/accounts')).text) as unknown[]
    expect(listed).toEqual([
      expect.objectContaining({ name: 'it-1', roles: ['admin'], state: 'active', sessions: 1 }),
      expect.objectContaining({
        name: 'manager-1',
        title: { zh: '值班经理', en: 'Duty manager' },
        roles: ['manager', 'expert'],
        state: 'invited',
        sessions: 0,
      }),
    ])
    const told = stage.notes.filter(({ account }) => account === 'manager-1')
    expect(told.map(({ act, by }) => `${by} ${act}`)).toEqual([
      'it-1 invited',
      'manager-1 link-used',
      'it-1 roles-set',
      'it-1 disabled',
      'it-1 enabled',
      'manager-1 signed-in',
      'it-1 reset',
    ])
  })

  test('who is the last cannot lock everybody out', async () => {
    await addAccount(stage, 'it-1', ['admin'])
    await accounts().invite({ name: 'it-2', roles: ['admin'], by: 'operator' })
    const admin = await signIn(stage, 'it-1')
    const last = ['disable', 'roles'].map((what) =>
      admin.post(`/api/accounts/${what}`, { name: 'it-1', ...(what === 'roles' && { roles: ['manager'] }) }),
    )
    expect((await Promise.all(last)).map(codeOf)).toEqual(['account.last-admin', 'account.last-admin'])
  })

  test('gives an auditor no other role', async () => {
    await addAccount(stage, 'it-1', ['admin'])
    const admin = await signIn(stage, 'it-1')
    for (const roles of [['auditor', 'admin'], [], ['manager', 'manager'], ['root']])
      expect((await admin.post('/api/accounts/invite', { name: 'x', roles })).status).toBe(400)
  })
})

describe('the journal', () => {
  test('is told of everything, and of no secret', async () => {
    const link = stage.desk.firstLink()
    const browser = openBrowser(stage.port)
    await browser.post('/api/set-up', { code: codeOfLink(link), name: 'it-1', password: goodPassword })
    const invited = await accounts().invite({ name: 'lobby-1', roles: ['expert'], by: 'it-1' })
    await openBrowser(stage.port).post('/api/set-up', { code: invited.code, password: goodPassword })
    for (const act of ['disable', 'enable', 'reset'] as const)
      await accounts()[act]({ name: 'lobby-1', by: 'it-1' })
    await accounts().setRoles({ name: 'lobby-1', roles: ['manager'], by: 'it-1' })
    await browser.post('/api/sign-in', { name: 'it-1', password: otherPassword })
    const before = browser.cookie
    await browser.post('/api/password', { current: goodPassword, next: otherPassword })
    const second = await signIn(stage, 'it-1', otherPassword)
    const sessions = JSON.parse((await browser.get('/api/sessions')).text) as {
      session: string
      isThis: boolean
    }[]
    await browser.post('/api/sessions/end', { session: sessions.find(({ isThis }) => !isThis)?.session })
    await browser.post('/api/sign-out', {})
    const third = await signIn(stage, 'it-1', otherPassword)
    await third.post('/api/sign-out-everywhere', {})
    stage.clock.advance(60_000)
    const told = new Set(stage.notes.map(({ act }) => act))
    expect([...told].sort()).toEqual([...deskActs].sort())
    const text = JSON.stringify(stage.notes)
    const hashes = stage.desk
      .open()
      .store.accounts()
      .map(({ password }) => password ?? 'none')
    for (const secret of [goodPassword, otherPassword, codeOfLink(link), invited.code, ...hashes])
      expect(text).not.toContain(secret)
    for (const cookie of [before, second.cookie]) expect(text).not.toContain(cookie?.split('=')[1])
  })

  test('that takes nothing lets nothing be changed', async () => {
    await addAccount(stage, 'it-1', ['admin'])
    await stage.stop()
    stage = await raise(folder, { write: () => Promise.reject(new Error('the disk is full')) })
    for (const change of [
      () => accounts().disable({ name: 'it-1', by: 'x' }),
      () => accounts().reset({ name: 'it-1', by: 'x' }),
      () => accounts().invite({ name: 'it-2', roles: ['admin'], by: 'x' }),
      () => accounts().setRoles({ name: 'it-1', roles: ['admin', 'manager'], by: 'x' }),
    ])
      await expect(change()).rejects.toThrow()
    expect(accounts().list()).toMatchObject([{ name: 'it-1', roles: ['admin'], state: 'active' }])
  })
})

describe('the file of the accounts', () => {
  test('is readable for the hub’s own user alone', async () => {
    await addAccount(stage, 'it-1', ['admin'])
    for (const name of ['accounts.db', 'accounts.db-wal', 'accounts.db-shm'])
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
  })

  test('that cannot be read is said with a code, and opened once it can', async () => {
    const other = scratch()
    writeFileSync(
      join(other, 'accounts.db'),
      'this is no database at all, and longer than a page header is'.repeat(4),
    )
    const broken = await raise(other)
    expect((await ask(broken.port, '/sign-in')).status).toBe(503)
    expect((await ask(broken.port, '/healthz')).status).toBe(200)
    remove(join(other, 'accounts.db'))
    expect((await ask(broken.port, '/sign-in')).status).toBe(200)
    await broken.stop()
    remove(other)
  })
})
