/** What a browser, a bad browser and no browser at all get from the desk over HTTP. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DeskErrorCode, deskErrorText, deskStatus } from '#protocol/desk/errors.ts'
import { commonDeskErrors, deskApi, deskPages, deskRoutes } from '#protocol/desk/routes.ts'
import { errors } from '#protocol/errors.ts'
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

const folder = scratch()
let stage: Stage
let own: string

beforeAll(async () => {
  stage = await raise(folder, { names: ['localhost', 'desk.bank.example'] })
  own = `http://127.0.0.1:${stage.port}`
  await addAccount(stage, 'manager-1', ['manager'])
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

const body = JSON.stringify({ name: 'manager-1', password: goodPassword })
const post = (headers: Readonly<Record<string, string>>) =>
  ask(stage.port, '/api/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })

describe('where a request comes from', () => {
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['the same place without its port', { origin: 'http://127.0.0.1' }],
    ['a page that hides it', { origin: 'null' }],
    ['nowhere', {}],
    ['another site, by the browser’s word', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site, by the browser’s word', { 'sec-fetch-site': 'same-site' }],
    ['an address bar', { 'sec-fetch-site': 'none' }],
  ])('is asked: %s is refused', async (_, headers) => {
    const answer = await post(headers)
    expect([answer.status, codeOf(answer)]).toEqual([403, 'request.origin'])
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test('a browser that contradicts itself is refused', async () => {
    const answer = await post({ origin: own, 'sec-fetch-site': 'cross-site' })
    expect(codeOf(answer)).toBe('request.origin')
  })

  test.each([
    ['its own page', () => ({ origin: own })],
    ['its own page, by the browser’s word', () => ({ 'sec-fetch-site': 'same-origin' })],
    [
      'its own page under its name',
      () => ({ host: `desk.bank.example:${stage.port}`, origin: `http://desk.bank.example:${stage.port}` }),
    ],
  ])('%s is let in', async (_, headers) => {
    expect((await post(headers())).status).toBe(200)
  })

  test('every route that changes something asks', async () => {
    const browser = await signIn(stage, 'manager-1')
    for (const [name, { method, path }] of Object.entries(deskRoutes)) {
      if (method !== 'POST') continue
      const answer = await ask(stage.port, path, {
        method,
        headers: { cookie: browser.cookie ?? '', origin: 'https://evil.example' },
      })
      expect(answer.status, name).toBe(403)
    }
    expect((await browser.get('/api/me')).status).toBe(200)
  })

  test('under a name that is not its own it answers nothing: a foreign name may have been made to point here', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${stage.port}`,
      '127.0.0.1.evil.example',
      '10.0.0.1',
      'a b',
    ])
      expect((await ask(stage.port, '/sign-in', { headers: { host } })).status, host).toBe(421)
    expect((await ask(stage.port, '/healthz', { headers: { host: 'evil.example' } })).status).toBe(200)
  })
})

describe('every answer', () => {
  test('tells the browser what not to do', async () => {
    const browser = await signIn(stage, 'manager-1')
    for (const path of ['/sign-in', '/account', '/desk.css', '/api/me', '/nothing', '/%', '/set-up?code=x']) {
      const { headers } = await browser.get(path)
      expect(headers['content-security-policy'], path).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers['content-security-policy'], path).not.toContain('unsafe')
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'same-origin',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      })
      expect(headers['permissions-policy'], path).toContain('camera=()')
      expect(headers['strict-transport-security'], path).toBeUndefined()
      if (path !== '/desk.css') expect(headers['cache-control'], path).toBe('no-store')
    }
  })

  test('that is no has a code, words in the language of the browser, and the number of the request', async () => {
    for (const [language, tongue] of [
      ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
      ['en-GB', 'en'],
      ['fr, en;q=0.5, zh;q=0.4', 'en'],
      ['fr', 'zh'],
    ] as const) {
      const answer = await ask(stage.port, '/api/me', { headers: { 'accept-language': language } })
      expect(JSON.parse(answer.text)).toEqual({
        error: {
          code: 'sign-in.needed',
          text: deskErrorText('sign-in.needed', tongue),
          request: answer.headers['x-request-id'],
        },
      })
    }
  })

  test('has words for every code that a route declares, and each is in the table', () => {
    const declared = [...commonDeskErrors, ...Object.values(deskRoutes).flatMap((route) => [...route.errors])]
    for (const code of Object.keys(deskStatus) as DeskErrorCode[]) {
      expect(errors).toHaveProperty([code])
      expect(deskErrorText(code, 'zh')).toMatch(/\p{Script=Han}/u)
    }
    for (const code of declared) expect(deskStatus).toHaveProperty([code])
  })
})

describe('a body', () => {
  const send = (text: string, type = 'application/json') =>
    ask(stage.port, '/api/sign-in', {
      method: 'POST',
      headers: { origin: own, 'content-type': type },
      body: text,
    })

  test('that is too long is refused, and the hub goes on', async () => {
    for (const size of [16_385, 200_000]) {
      const answer = await send(JSON.stringify({ name: 'a', password: 'x'.repeat(size) }))
      expect([answer.status, codeOf(answer)]).toEqual([413, 'request.too-large'])
    }
    expect((await post({ origin: own })).status).toBe(200)
  })

  test('of another kind is refused', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'x',
    ])
      expect(codeOf(await send(body, type)), type).toBe('request.type')
    const browser = openBrowser(stage.port)
    expect((await browser.post('/sign-in', { name: 'manager-1', password: goodPassword })).status).toBe(415)
  })

  test('that is no JSON, or other JSON, is refused; the words name the field, never what was in it', async () => {
    for (const text of ['{', '', 'null', '[]', '"x"', '1e999', '{"name":1}', `{"__proto__":{"name":"x"}}`]) {
      const answer = await send(text)
      expect([answer.status, codeOf(answer)], text).toEqual([400, 'request.invalid'])
    }
    const secret = 'walnut-secret'
    const answer = await send(JSON.stringify({ name: { [secret]: 1 }, password: [secret] }))
    expect(answer.text).toContain('password')
    expect(answer.text).not.toContain(secret)
  })

  test('of any shape never breaks anything', async () => {
    const paths = Object.values(deskApi)
      .filter(({ method }) => method === 'POST')
      .map(({ path }) => path)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.anything({ maxDepth: 3 }), async (path, value) => {
        const text = JSON.stringify(value) ?? ''
        const answer = await ask(stage.port, path, {
          method: 'POST',
          headers: { origin: own, 'content-type': 'application/json' },
          body: text,
        })
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 150 },
    )
    expect(stage.complaints).toEqual([])
  })
})

describe('the pages', () => {
  test('lead a person in and out again, without a script', async () => {
    const browser = openBrowser(stage.port)
    expect((await browser.get('/')).headers.location).toBe('/sign-in')
    const page = await browser.get('/sign-in', { 'accept-language': 'zh-CN' })
    expect(page.text).toContain('<html lang="zh-CN">')
    expect(page.text).not.toContain('<script')
    const wrong = await browser.submit('/sign-in', { name: 'manager-1"><b>', password: otherPassword })
    expect(wrong.status).toBe(401)
    expect(wrong.text).toContain('role="alert"')
    expect(wrong.text).toContain('value="manager-1&quot;&gt;&lt;b&gt;"')
    expect(wrong.text).not.toContain(otherPassword)
    const come = await browser.submit('/sign-in', { name: 'manager-1', password: goodPassword })
    expect([come.status, come.headers.location]).toEqual([303, '/lobby'])
    const account = await browser.get('/account', { 'accept-language': 'en' })
    expect(account.text).toContain('Duty manager')
    expect(account.text).toContain('lobby manager')
    expect((await browser.get('/sign-in')).headers.location).toBe('/lobby')
    const short = await browser.submit('/account/password', { current: goodPassword, next: 'short' })
    expect([short.status, /role="alert"/.test(short.text)]).toEqual([422, true])
    const out = await browser.submit('/sign-out', {})
    expect([out.status, out.headers.location, browser.cookie]).toEqual([303, '/sign-in', undefined])
    expect((await browser.get('/account')).headers.location).toBe('/sign-in')
  })

  test('speak the language that was chosen, from then on', async () => {
    const chosen = await ask(stage.port, '/sign-in?lang=en', { headers: { 'accept-language': 'zh-CN' } })
    expect(chosen.text).toContain('<html lang="en">')
    const [cookie = ''] = chosen.headers['set-cookie'] ?? []
    const next = await ask(stage.port, '/sign-in', {
      headers: { 'accept-language': 'zh-CN', cookie: cookie.split(';')[0] ?? '' },
    })
    expect(next.text).toContain('<html lang="en">')
  })

  test('show nothing of what browsers say about themselves as anything but text', async () => {
    const { sessions } = stage.desk.open()
    sessions.open('manager-1', { address: '10.0.0.9', agent: '<img src=x onerror=alert(1)>\u0007' })
    const browser = await signIn(stage, 'manager-1')
    const { text } = await browser.get('/account')
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(text).not.toContain('<img')
  })

  test('are all declared', () => {
    expect(Object.keys(deskPages)).toEqual(expect.arrayContaining(['signInPage', 'setUpPage', 'accountPage']))
  })
})

test('a failure of ours is told by its number alone, and stands in the log with it', async () => {
  const other = scratch()
  const broken = await raise(other, { write: () => Promise.reject(new Error('secret of the house')) })
  const { store } = broken.desk.open()
  store.putAccount({
    name: 'manager-1',
    roles: ['admin'],
    password: stage.desk.open().store.account('manager-1')?.password ?? null,
    since: 0,
    disabled: false,
    localOnly: false,
  })
  const answer = await openBrowser(broken.port).post('/api/sign-in', {
    name: 'manager-1',
    password: goodPassword,
  })
  expect([answer.status, codeOf(answer)]).toEqual([500, 'hub.bug'])
  expect(answer.text).not.toContain('secret of the house')
  expect(broken.complaints).toEqual([expect.objectContaining({ request: answer.headers['x-request-id'] })])
  await broken.stop()
  remove(other)
})
