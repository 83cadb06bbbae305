/** Who gets a line, who does not, and when it ends: the page of somebody who is signed in, for as long as he is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveVersion } from '#protocol/desk/live/line.ts'
import { ask, codeOf, openBrowser, remove } from '../support.ts'
import { connectPage, type LiveStage, raiseLive, signInLive, type TestPage } from './support.ts'

let stage: LiveStage
let manager: string

beforeAll(async () => {
  stage = await raiseLive()
  manager = await signInLive(stage, 'li', ['manager'])
})
afterAll(async () => {
  await stage.stop()
  remove(stage.folder)
})

const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}
const knock = (headers: Readonly<Record<string, string>>, path = '/live/?EIO=4&transport=websocket') =>
  ask(stage.port, path, { headers: { ...handshake, ...headers } })

const own = () => `http://127.0.0.1:${stage.port}`
const come = async (cookie: string, wishes: Parameters<typeof connectPage>[2] = {}): Promise<TestPage> => {
  const page = connectPage(stage.port, cookie, wishes)
  await page.until(({ snapshots }) => snapshots > 0)
  return page
}

describe('a page of another site', () => {
  test.each([
    ['names itself', { origin: 'https://evil.example' }],
    ['is on another port', { origin: 'http://127.0.0.1:1' }],
    ['hides', { origin: 'null' }],
    ['is none', {}],
    ['is none that a browser knows', { 'sec-fetch-site': 'same-origin' }],
  ])('%s: it is told so before there is a line', async (_, headers) => {
    const answer = await knock({ cookie: manager, ...headers })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'request.origin'])
  })

  test('under a name that is not ours', async () => {
    const answer = await knock({ cookie: manager, host: 'evil.example', origin: 'http://evil.example' })
    expect([answer.status, codeOf(answer)]).toEqual([421, 'request.host'])
  })

  test('is answered in the language of its reader', async () => {
    const answer = await knock({ origin: 'null', 'accept-language': 'zh-CN' })
    expect(answer.text).toContain('该请求不是从本系统页面发出的')
  })
})

test('nothing else becomes a line', async () => {
  const elsewhere = await knock({ origin: own() }, '/api/me')
  expect([elsewhere.status, codeOf(elsewhere)]).toEqual([401, 'sign-in.needed'])
  const plain = await ask(stage.port, '/live/?EIO=4&transport=polling')
  expect(plain.status).toBe(404)
  const polling = await knock({ cookie: manager, origin: own() }, '/live/?EIO=4&transport=polling')
  expect(polling.status).toBe(400)
})

describe('who is not signed in', () => {
  test.each([
    ['has no cookie', undefined],
    ['has one that he made up', () => `${manager.split('=')[0]}=${'a'.repeat(43)}`],
    ['has two', () => `${manager}; ${manager}`],
    ['has one of another hub', () => manager.replace(String(stage.port), '1')],
  ])('%s', async (_, cookie) => {
    expect(await connectPage(stage.port, cookie?.()).closed).toBe('sign-in.needed')
  })

  test('has left', async () => {
    const cookie = await signInLive(stage, 'li', ['manager'])
    const browser = openBrowser(stage.port)
    browser.cookie = cookie
    await browser.post('/api/sign-out', {})
    expect(await connectPage(stage.port, cookie).closed).toBe('sign-in.needed')
  })
})

describe('a hello', () => {
  test.each([
    ['without a version', {}],
    ['with a number that is none', { version: liveVersion, have: { run: 'r', n: -1 } }],
    ['with a run that is none', { version: liveVersion, have: { run: 7, n: 1 } }],
  ])('%s is refused', async (_, auth) => {
    const page = connectPage(stage.port, undefined)
    page.leave()
    const other = connectPage(stage.port, manager)
    other.socket.auth = auth
    expect(await other.closed).toBe('request.invalid')
  })

  test('of another version is sent to load itself anew', async () => {
    const page = connectPage(stage.port, manager, { version: liveVersion + 1 })
    await page.closed
    expect(page.last('over')).toEqual({ why: 'version' })
    expect(page.heard).toEqual(['over'])
  })
})

describe('a line ends with its session, at once', () => {
  test('when its owner leaves', async () => {
    const cookie = await signInLive(stage, 'li', ['manager'])
    const page = await come(cookie)
    const browser = openBrowser(stage.port)
    browser.cookie = cookie
    await browser.post('/api/sign-out', {})
    expect(await page.closed).toBe('io server disconnect')
    expect(page.last('over')).toEqual({ why: 'signed-out' })
  })

  test('when his roles change, on every page of his', async () => {
    const cookie = await signInLive(stage, 'sun', ['manager'])
    const pages = [await come(cookie), await come(cookie)]
    await stage.desk.open().accounts.setRoles({ name: 'sun', roles: ['staff'], by: 'operator' })
    for (const page of pages) {
      expect(await page.closed).toBe('io server disconnect')
      expect(page.last('over')).toEqual({ why: 'ended' })
    }
    expect(await connectPage(stage.port, cookie).closed).toBe('sign-in.needed')
  })

  test('when nobody used it for too long: what a page hears is no use', async () => {
    const cookie = await signInLive(stage, 'qian', ['manager'])
    const page = await come(cookie)
    stage.clock.passWall(16 * 60_000)
    expect(await page.ask({ name: 'resume', params: {} })).toMatchObject({
      done: false,
      error: { code: 'sign-in.needed' },
    })
    page.leave()
    manager = await signInLive(stage, 'li', ['manager'])
  })

  test('when a page only comes back by itself, as a tablet with a poor network does', async () => {
    const cookie = await signInLive(stage, 'qian', ['manager'])
    for (let times = 0; times < 2; times++) {
      const page = await come(cookie)
      page.leave()
      stage.clock.passWall(8 * 60_000)
    }
    expect(await connectPage(stage.port, cookie).closed).toBe('sign-in.needed')
    manager = await signInLive(stage, 'li', ['manager'])
  })

  test('a page that is used keeps it', async () => {
    const cookie = await signInLive(stage, 'qian', ['manager'])
    const page = await come(cookie)
    for (let times = 0; times < 3; times++) {
      stage.clock.passWall(10 * 60_000)
      expect(await page.ask({ name: 'resume', params: {} })).toMatchObject({ done: true })
    }
    page.leave()
    manager = await signInLive(stage, 'li', ['manager'])
  })
})

test('nobody has more than a dozen pages', async () => {
  const cookie = await signInLive(stage, 'zhou', ['staff'])
  const pages = await Promise.all(Array.from({ length: 12 }, () => come(cookie)))
  expect(await connectPage(stage.port, cookie).closed).toBe('live.too-many')
  pages[0]?.leave()
  await pages[0]?.closed
  // Others are not concerned.
  const other = await come(manager)
  for (const page of [...pages, other]) page.leave()
})

test('what is too large ends the line', async () => {
  const page = await come(manager)
  page.socket.emit('command', { text: 'x'.repeat(70_000) })
  expect(await page.closed).toBe('transport close')
  const next = await come(manager)
  next.leave()
})
