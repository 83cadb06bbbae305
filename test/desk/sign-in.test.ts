/** Signing in: one answer for all who may not, a new session for who may, and patience for who guesses. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type Answer,
  addAccount,
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
  await addAccount(stage, 'manager-1', ['manager'])
})
afterEach(async () => {
  await stage.stop()
  remove(folder)
})

const attempt = (name: string, password: string) =>
  openBrowser(stage.port).post('/api/sign-in', { name, password })

/** What a stranger sees of it, but for the number of the request. */
const seen = ({ status, headers, text }: Answer) => ({
  status,
  headers: Object.keys(headers).sort(),
  text: text.replace(/"request":"[^"]+"/, ''),
})

describe('who may not come in', () => {
  test('gets one and the same answer: unknown, wrong, disabled, invited, or from elsewhere', async () => {
    const { accounts } = stage.desk.open()
    await addAccount(stage, 'gone', ['manager'])
    await accounts.disable({ name: 'gone', by: 'operator' })
    await accounts.invite({ name: 'invited', roles: ['expert'], by: 'operator' })
    const wrong = seen(await attempt('manager-1', otherPassword))
    expect(wrong.status).toBe(401)
    for (const [name, password] of [
      ['nobody', goodPassword],
      ['gone', goodPassword],
      ['invited', goodPassword],
      ['robert; drop table', goodPassword],
    ] as const)
      expect(seen(await attempt(name, password)), name).toEqual(wrong)
    expect(stage.notes.map(({ act }) => act)).not.toContain('signed-in')
  })

  test('costs the same work whatever the reason', async () => {
    const { createPasswordHasher } = await import('#hub/desk/password-hash.ts')
    const costs = { memoryKib: 8_192, passes: 2, lanes: 1 }
    const hasher = createPasswordHasher(costs)
    const stored = await hasher.hash(goodPassword)
    const timeOf = async (against: string | null) => {
      const from = performance.now()
      expect(await hasher.verify(otherPassword, against)).toBe(false)
      return performance.now() - from
    }
    // Side by side: a busy moment of the machine falls on both.
    const times: { known: number; unknown: number }[] = []
    for (let round = 0; round < 7; round++)
      times.push({ known: await timeOf(stored), unknown: await timeOf(null) })
    const known = Math.min(...times.map((one) => one.known))
    const unknown = Math.min(...times.map((one) => one.unknown))
    // One without the work would take a hundredth.
    expect(unknown).toBeGreaterThan(known / 3)
    expect(known).toBeGreaterThan(unknown / 3)
  })
})

describe('who comes in', () => {
  test('is told who he is, by a cookie that no script reads and no other site sends', async () => {
    const answer = await attempt(' Manager-1 ', goodPassword)
    expect(JSON.parse(answer.text)).toMatchObject({
      name: 'manager-1',
      title: { zh: '值班经理', en: 'Duty manager' },
      roles: ['manager'],
    })
    const [cookie] = answer.headers['set-cookie'] ?? []
    expect(cookie).toMatch(
      new RegExp(`^usher-${stage.port}=[A-Za-z0-9_-]{43}; Max-Age=36000; Path=/; HttpOnly; SameSite=Strict$`),
    )
    expect(answer.text).not.toContain(cookie?.split(/[=;]/)[1])
  })

  test('gets a new session each time, and the one of the cookie ends', async () => {
    const browser = await signIn(stage, 'manager-1')
    const before = browser.cookie
    await browser.post('/api/sign-in', { name: 'manager-1', password: goodPassword })
    expect(browser.cookie).not.toBe(before)
    expect((await browser.get('/api/me')).status).toBe(200)
    browser.cookie = before
    expect((await browser.get('/api/me')).status).toBe(401)
  })

  test('is not let in by a cookie that was made up, cut, doubled or changed', async () => {
    const { cookie = '' } = await signIn(stage, 'manager-1')
    const [name = '', code = ''] = cookie.split('=')
    const other = code.endsWith('E') ? 'I' : 'E'
    for (const wrong of [
      `${name}=`,
      `${name}=${code.slice(0, -1)}`,
      `${name}=${code.slice(0, -1)}${other}`,
      `${name}=${code}; ${name}=${code}`,
      `${name}="${code}"`,
      `usher=${code}`,
      `__Host-usher=${code}`,
      `${name}=${'A'.repeat(43)}`,
    ]) {
      const browser = openBrowser(stage.port)
      browser.cookie = wrong
      expect((await browser.get('/api/me')).status, wrong).toBe(401)
    }
  })

  test('with a hash of yesterday gets one of today, and is not asked', async () => {
    await stage.stop()
    stage = await raise(folder, { cost: { memoryKib: 128, passes: 2, lanes: 1 } })
    const { store } = stage.desk.open()
    expect(store.account('manager-1')?.password).toContain('m=64,t=1,p=1')
    await signIn(stage, 'manager-1')
    expect(store.account('manager-1')?.password).toContain('m=128,t=2,p=1')
    await signIn(stage, 'manager-1')
  })
})

describe('who guesses', () => {
  test('waits longer and longer, and then may try again; the right password does not help meanwhile', async () => {
    const waits: number[] = []
    for (let round = 0; round < 40; round++) {
      const answer = await attempt('manager-2', otherPassword)
      if (codeOf(answer) !== 'sign-in.wait') continue
      const { waitMs } = (JSON.parse(answer.text) as { error: { waitMs: number } }).error
      expect(Number(answer.headers['retry-after'])).toBe(Math.ceil(waitMs / 1000))
      waits.push(waitMs)
      stage.clock.advance(waitMs)
    }
    expect(waits.length).toBeGreaterThan(10)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits.at(-1)).toBeGreaterThan(60_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(900_000)
  })

  test('does not keep the owner out, where the owner has signed in before', async () => {
    await signIn(stage, 'manager-1')
    const { signIn: door } = stage.desk.open()
    const stranger = { address: '10.0.0.66', agent: '', isLocal: false, session: undefined }
    const guess = () => door.signIn({ name: 'manager-1', password: otherPassword }, stranger)
    for (let round = 0; round < 30; round++) await expect(guess()).rejects.toThrow()
    await expect(guess()).rejects.toMatchObject({ code: 'sign-in.wait' })
    await expect(signIn(stage, 'manager-1')).resolves.toBeDefined()
  })

  test('is counted once a minute, without the names that were tried', async () => {
    for (let round = 0; round < 12; round++) await attempt('manager-7', otherPassword)
    expect(stage.notes.filter(({ act }) => act === 'refused')).toEqual([])
    stage.clock.advance(60_000)
    expect(stage.notes.filter(({ act }) => act === 'refused')).toEqual([
      { act: 'refused', account: null, by: 'desk', params: { attempts: 12 } },
    ])
  })

  test('many at once get one core: the rest are told to come back, and none is let in by it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => attempt(`guess-${index}`, otherPassword)),
    )
    const codes = answers.map(codeOf)
    // One address is looked at 21 times before it waits; which of the others find the queue full is for the machine.
    expect(codes.filter((code) => code === 'sign-in.wrong').length).toBeLessThanOrEqual(21)
    for (const code of codes) expect(['sign-in.wrong', 'sign-in.busy', 'sign-in.wait']).toContain(code)
  })
})

test('an account of the demonstration lets nobody in from another machine', async () => {
  await stage.desk.putLocal({ name: 'shown', roles: ['manager'], password: goodPassword })
  const { signIn: door } = stage.desk.open()
  const from = (address: string, isLocal: boolean) => ({ address, agent: '', isLocal, session: undefined })
  const wish = { name: 'shown', password: goodPassword }
  await expect(door.signIn(wish, from('10.0.0.7', false))).rejects.toMatchObject({ code: 'sign-in.wrong' })
  await expect(door.signIn(wish, from('127.0.0.1', true))).resolves.toBeDefined()
})

test('an account of the demonstration that is put as it is ends nobody, and with another password or role it does', async () => {
  const shown = { name: 'shown', roles: ['manager'], password: goodPassword } as const
  await stage.desk.putLocal(shown)
  const open = () => stage.desk.open().sessions.of('shown').length
  const origin = { address: '127.0.0.1', agent: '' }
  for (const [put, left] of [
    [shown, 1],
    [{ ...shown, password: otherPassword }, 0],
    [{ ...shown, roles: ['manager', 'admin'] }, 0],
  ] as const) {
    await stage.desk.putLocal(shown)
    stage.desk.open().sessions.open('shown', origin)
    await stage.desk.putLocal(put)
    expect(open()).toBe(left)
  }
})
