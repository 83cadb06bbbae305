/** Every declared route is asked by nobody and by each role: what is answered is what is declared, nothing else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deskErrorText } from '#protocol/desk/errors.ts'
import { type DeskRole, deskRoles } from '#protocol/desk/roles.ts'
import { admits, type DeskRoute } from '#protocol/desk/route.ts'
import { deskPages, deskRoutes } from '#protocol/desk/routes.ts'
import {
  type Answer,
  addAccount,
  type Browser,
  openBrowser,
  raise,
  remove,
  type Stage,
  scratch,
  signIn,
} from './support.ts'

const folder = scratch()
let stage: Stage
const browsers = new Map<DeskRole | 'nobody', Browser>()

beforeAll(async () => {
  stage = await raise(folder)
  browsers.set('nobody', openBrowser(stage.port))
  for (const role of deskRoles) {
    await addAccount(stage, `${role}-person`, [role])
    browsers.set(role, await signIn(stage, `${role}-person`))
  }
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

const cases = Object.entries(deskRoutes).flatMap(([name, route]) =>
  (['nobody', ...deskRoles] as const).map((who) => [name, who, route as DeskRoute] as const),
)

/** A body that no route takes: whoever is let in is told so, and nothing is changed by asking. */
const nonsense = { 'no-such-field': 'x' }

const asked = async (name: string, route: DeskRoute, browser: Browser): Promise<Answer> => {
  // A copy: what comes back must not end the session for the next case.
  const copy = openBrowser(stage.port)
  copy.cookie = browser.cookie
  if (route.method === 'GET') return copy.get(route.path)
  return Object.hasOwn(deskPages, name) ? copy.submit(route.path, nonsense) : copy.post(route.path, nonsense)
}

/** These take nothing, so there is no nonsense to refuse: they are looked at where they are used. */
const takesNothing = new Set(['signOutForm', 'signOutEverywhereForm'])

describe('the role matrix', () => {
  test.each(cases)('%s as %s', async (name, who, route) => {
    const browser = browsers.get(who) as Browser
    const roles = who === 'nobody' ? undefined : [who]
    const isIn = admits(route.admits, roles)
    if (isIn && takesNothing.has(name)) return
    const { status, headers, text } = await asked(name, route, browser)
    if (isIn) {
      expect(text).not.toMatch(/"(sign-in.needed|role.missing)"/)
      // The stage keeps no recordings: 409.
      expect(route.method === 'GET' ? [200, 303, 400, 409] : [400]).toContain(status)
      return
    }
    if (who !== 'nobody') {
      expect(status).toBe(403)
      expect(text).toContain(
        Object.hasOwn(deskPages, name) ? deskErrorText('role.missing', 'zh') : '"role.missing"',
      )
    } else if (Object.hasOwn(deskPages, name)) {
      expect([status, headers.location?.split('?')[0]]).toEqual([303, '/sign-in'])
    } else {
      expect(status).toBe(401)
      expect(text).toContain('"sign-in.needed"')
    }
  })

  test('is denied by default: only these need nobody to be signed in', () => {
    const open = Object.entries(deskRoutes).filter(([, { admits }]) => admits === 'anyone')
    expect(open.map(([name]) => name).sort()).toEqual([
      'askPairing',
      'board',
      'door',
      'followPairing',
      'home',
      'kiosk',
      'kioskFile',
      'screen',
      'screenFile',
      'setUp',
      'setUpForm',
      'setUpPage',
      'signIn',
      'signInForm',
      'signInPage',
      'style',
    ])
  })

  test('names every address once, and nothing else is served', async () => {
    const addresses = Object.values(deskRoutes).map(({ method, path }) => `${method} ${path}`)
    expect(new Set(addresses).size).toBe(addresses.length)
    const browser = browsers.get('admin') as Browser
    for (const path of [
      '/api',
      '/api/',
      '/api/accounts/',
      '/accounts.db',
      '/../accounts.db',
      '/desk.css/x',
      '/%',
      '//',
      '/*',
    ])
      expect((await browser.get(path)).status, path).toBe(404)
    const wrong = await browser.get('/api/sign-in')
    expect([wrong.status, wrong.headers.allow]).toEqual([405, 'POST'])
    expect((await browser.post('/api/me', {})).headers.allow).toBe('GET, HEAD')
  })
})

test('a role that is taken is gone with the next request, and the person is signed out', async () => {
  await addAccount(stage, 'changing', ['admin'])
  const browser = await signIn(stage, 'changing')
  expect((await browser.get('/api/accounts')).status).toBe(200)
  const admin = browsers.get('admin') as Browser
  expect((await admin.post('/api/accounts/roles', { name: 'changing', roles: ['manager'] })).status).toBe(200)
  expect((await browser.get('/api/accounts')).status).toBe(401)
  const again = await signIn(stage, 'changing')
  expect((await again.get('/api/accounts')).status).toBe(403)
})
