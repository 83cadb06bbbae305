/** Pages ask for a code over HTTP, without signing in, and only administrators see them and let them in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isOwnOrigin, ownNames } from '#hub/desk/same-origin.ts'
import { openPairingLab, type PairingLab } from '../pairing/support.ts'
import {
  type Answer,
  addAccount,
  type Browser,
  codeOf,
  openBrowser,
  raise,
  remove,
  type Stage,
  scratch,
  signIn,
} from './support.ts'

const folder = scratch()
let all: PairingLab
let stage: Stage
let page: Browser
let admin: Browser
beforeAll(async () => {
  all = await openPairingLab(folder)
  stage = await raise(folder, { lab: all.lab, clock: all.clock, pairing: all.pairing })
  page = openBrowser(stage.port)
  await addAccount(stage, 'wang', ['admin'])
  admin = await signIn(stage, 'wang')
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

const read = ({ status, text }: Answer): unknown => {
  if (status !== 200) throw new Error(text)
  return JSON.parse(text)
}
const ask = async () =>
  read(await page.post('/api/pairing', { kind: 'screen' })) as { code: string; secret: string }

describe('a page that is nobody yet', () => {
  test('learns where the broker is, shows a code, is let in by an administrator, and hears of it alone', async () => {
    expect(read(await page.get('/api/door'))).toMatchObject({ branch: 'north-gate', ws: 8083, wss: null })
    const { code, secret } = await ask()
    const state = (given: string) => page.post('/api/pairing/state', { secret: given })
    expect(read(await state(secret))).toMatchObject({ state: 'waiting' })
    const list = await admin.get('/api/pairings?lang=en')
    expect(list.text).toContain(code)
    expect(list.text).not.toContain(secret)
    const typed = `${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`
    const admitted = await admin.post('/api/pairings/admit', { code: typed, device: 'screen-1' })
    expect(read(admitted)).toEqual({ device: 'screen-1' })
    expect(read(await state(secret))).toMatchObject({ state: 'admitted', device: 'screen-1' })
    expect(read(await state('somebody-elses-guess'))).toEqual({ state: 'over' })
  })

  test('cannot let itself in, nor can a page of another site ask', async () => {
    const { code } = await ask()
    expect(codeOf(await page.get('/api/pairings'))).toBe('sign-in.needed')
    const wish = { code, device: 'screen-2' }
    expect(codeOf(await page.post('/api/pairings/admit', wish))).toBe('sign-in.needed')
    const foreign = { origin: 'https://elsewhere.example' }
    expect(codeOf(await page.post('/api/pairing', { kind: 'screen' }, foreign))).toBe('request.origin')
  })

  test('is asked to wait where too many codes are asked for', async () => {
    const answers = []
    for (let index = 0; index < 25; index++) answers.push(await page.post('/api/pairing', { kind: 'screen' }))
    const last = answers.at(-1)
    expect([last?.status, last && codeOf(last)]).toEqual([429, 'pairing.busy'])
    all.clock.advance(60_001)
    expect((await page.post('/api/pairing', { kind: 'screen' })).status).toBe(200)
  })
})

test.each([
  ['pairing.unknown', { code: 'ZZZZZZ', device: 'screen-2' }],
  ['request.invalid', { code: 'ABC', device: 'screen-2' }],
  ['request.invalid', { code: 'ZZZZZZ', device: 'Screen 2' }],
])('an administrator is told what is wrong: %s', async (code, wish) => {
  expect(codeOf(await admin.post('/api/pairings/admit', wish))).toBe(code)
})

test('pages of the hub itself are known by its names and its port, as browsers write them', () => {
  const plain = ownNames(false, ['localhost', '127.0.0.1'])
  expect(isOwnOrigin(plain, 8080, 'http://localhost:8080')).toBe(true)
  expect(isOwnOrigin(plain, 80, 'http://127.0.0.1')).toBe(true)
  const secure = ownNames(true, ['hub.branch.example', '10.0.0.1', 'fd00::1'])
  for (const origin of ['https://hub.branch.example', 'https://10.0.0.1', 'https://[fd00::1]'])
    expect(isOwnOrigin(secure, 443, origin)).toBe(true)
  for (const origin of [
    'http://hub.branch.example',
    'https://hub.branch.example:8443',
    'https://elsewhere.example',
    'null',
  ])
    expect(isOwnOrigin(secure, 443, origin)).toBe(false)
  // A name that no address can have is no reason to fall over each stranger.
  const odd = ownNames(true, ['hub.branch.example:8443', 'north gate'])
  expect(isOwnOrigin(odd, 443, 'https://elsewhere.example')).toBe(false)
})
