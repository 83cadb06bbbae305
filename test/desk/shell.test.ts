/** The built pages over HTTP: who gets them, with which headers, and what lies outside of them. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createShell } from '#hub/desk/shell.ts'
import {
  addAccount,
  ask,
  type Browser,
  goodPassword,
  openBrowser,
  raise,
  remove,
  type Stage,
  scratch,
  signIn,
} from './support.ts'

const folder = scratch()
const pages = join(folder, 'pages')
const index = '<!doctype html><title>Lobby</title>'
const script = 'export const a = 1\n'.repeat(200)
let stage: Stage
let browser: Browser

const build = () => {
  mkdirSync(join(pages, 'lobby/assets'), { recursive: true })
  writeFileSync(join(pages, 'secret.js'), 'outside of the lobby')
  writeFileSync(join(pages, 'lobby/index.html'), index)
  writeFileSync(join(pages, 'lobby/worker.js'), 'worker')
  writeFileSync(join(pages, 'lobby/notes.txt'), 'no kind of file that a page has')
  writeFileSync(join(pages, 'lobby/assets/index-1a2b.js'), script)
  writeFileSync(join(pages, 'lobby/assets/index-1a2b.js.br'), brotliCompressSync(script))
  writeFileSync(join(pages, 'lobby/assets/index-1a2b.js.gz'), gzipSync(script))
}

beforeAll(async () => {
  stage = await raise(folder, { pages })
  for (const role of ['manager', 'expert'] as const) await addAccount(stage, `${role}-1`, [role])
  browser = await signIn(stage, 'manager-1')
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

/** Bytes, as they come. */
const bytesOf = async (path: string, encoding: string) => {
  const answer = await fetch(`http://127.0.0.1:${stage.port}${path}`, {
    headers: { cookie: browser.cookie ?? '', 'accept-encoding': encoding },
  })
  expect(answer.headers.get('content-encoding')).toBe(encoding)
  return answer.text()
}

test('a hub that has just started has every file, whichever is asked for first', async () => {
  const later = mkdtempSync(join(tmpdir(), 'usher-shell-'))
  mkdirSync(join(later, 'lobby/assets'), { recursive: true })
  writeFileSync(join(later, 'lobby/index.html'), index)
  writeFileSync(join(later, 'lobby/assets/day-3c4d.js'), script)
  // A page that stayed open over the restart goes to another one.
  expect(createShell(later, 'lobby').file('assets/day-3c4d.js')?.body.toString()).toBe(script)
  remove(later)
})

test('before they are built, the page says how', async () => {
  const page = await browser.get('/lobby')
  expect([page.status, page.text.includes('npm run build')]).toEqual([200, true])
  expect((await browser.get('/lobby/assets/index-1a2b.js')).text).toContain('npm run build')
  build()
  expect((await browser.get('/lobby')).text).toBe(index)
})

describe('once they are built', () => {
  test('every address without a file is the first page, never kept without asking', async () => {
    for (const path of [
      '/lobby',
      '/lobby/',
      '/lobby/floor',
      '/lobby/queues/transfer?zone=2',
      '/lobby/index.html',
    ]) {
      const { status, headers, text } = await browser.get(path)
      expect([path, status, text]).toEqual([path, 200, index])
      expect(headers['cache-control']).toBe('private, no-cache')
    }
    const worker = (await browser.get('/lobby/worker.js')).headers
    expect(worker['cache-control']).toBe('private, no-cache')
    expect(worker['service-worker-allowed']).toBe('/lobby')
  })

  test('a page of scripts runs its own scripts and styles, speaks with its own hub, and nothing else', async () => {
    const { headers } = await browser.get('/lobby')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${stage.port};`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('a page that can be in a call may use its own camera and microphone, and no other page may', async () => {
    const devices = async (path: string) => (await browser.get(path)).headers['permissions-policy']
    expect(await devices('/lobby')).toContain('camera=(self), microphone=(self), geolocation=()')
    expect(await devices('/account')).toContain('camera=(), microphone=(), geolocation=()')
  })

  test('screens and kiosks come to anybody, with the door of devices open to them and no other page in them', async () => {
    const nobody = openBrowser(stage.port)
    for (const app of ['screen', 'kiosk']) {
      mkdirSync(join(pages, app), { recursive: true })
      expect((await nobody.get(`/${app}`)).text).toContain('npm run build')
      writeFileSync(join(pages, app, 'index.html'), app)
      writeFileSync(join(pages, app, 'worker.js'), 'worker')
      const { status, headers, text } = await nobody.get(`/${app}/whatever?device=a`)
      expect([status, text]).toEqual([200, app])
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain(
        "connect-src 'self' ws://127.0.0.1:* http://127.0.0.1:* wss://127.0.0.1:* https://127.0.0.1:*;",
      )
      expect(policy).toContain("worker-src 'self' blob:")
      expect(policy).toContain("frame-src 'self'")
      expect(policy).not.toMatch(/unsafe/)
      expect((await nobody.get(`/${app}/worker.js`)).headers['service-worker-allowed']).toBe(`/${app}`)
      expect((await nobody.get(`/${app}/assets/none.js`)).status).toBe(404)
    }
    expect((await nobody.get('/screen/../secret.js')).status).toBe(404)
  })

  test('the console of experts is for them alone, sees and hears, and what is none of a call does neither', async () => {
    for (const app of ['expert', 'screen']) {
      mkdirSync(join(pages, app), { recursive: true })
      writeFileSync(join(pages, app, 'index.html'), app)
    }
    const wang = await signIn(stage, 'expert-1')
    expect((await wang.get('/account')).text).toContain('action="/expert"')
    const { status, text, headers } = await wang.get('/expert/whatever')
    expect([status, text]).toEqual([200, 'expert'])
    expect(headers['permissions-policy']).toContain('camera=(self), microphone=(self)')
    expect(String(headers['content-security-policy'])).toContain("connect-src 'self' ws://127.0.0.1")
    expect((await wang.get('/screen')).headers['permissions-policy']).toContain('camera=(), microphone=()')
    expect((await wang.get('/lobby')).status).toBe(403)
    expect((await browser.get('/expert')).status).toBe(403)
  })

  test('files whose name changes with them are kept for good, compressed as the browser can', async () => {
    const path = '/lobby/assets/index-1a2b.js'
    const plain = await browser.get(path)
    expect(plain.text).toBe(script)
    expect(plain.headers['cache-control']).toBe('private, max-age=31536000, immutable')
    expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8')
    const own = { host: `localhost:${stage.port}`, cookie: browser.cookie ?? '' }
    const encodingFor = async (wished: string) =>
      (await ask(stage.port, path, { headers: { ...own, 'accept-encoding': wished } })).headers[
        'content-encoding'
      ]
    expect(await encodingFor('gzip, deflate, br')).toBe('br')
    expect(await encodingFor('gzip')).toBe('gzip')
    expect(await encodingFor('br;q=0, gzip;q=0.5')).toBe('gzip')
    expect(await encodingFor('identity')).toBeUndefined()
    expect([await bytesOf(path, 'br'), await bytesOf(path, 'gzip')]).toEqual([script, script])
  })

  test('what a browser still has is not sent again', async () => {
    const first = await browser.get('/lobby')
    const again = await browser.get('/lobby', { 'if-none-match': `W/${String(first.headers.etag)}` })
    expect([again.status, again.text]).toEqual([304, ''])
    expect((await browser.get('/lobby', { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('nothing outside of them is a file of theirs', async () => {
    for (const path of [
      '/lobby/assets/none.js',
      '/lobby/../secret.js',
      '/lobby/..%2fsecret.js',
      '/lobby/%2e%2e/secret.js',
      '/lobby/assets/../../secret.js',
      '/lobby/..%5csecret.js',
      '/lobby/notes.txt',
      '/lobby/assets/index-1a2b.js.br',
      '/lobby/accounts.db',
    ]) {
      const { status, text } = await browser.get(path)
      expect([path, status]).toEqual([path, 404])
      expect(text).not.toContain('outside of the lobby')
    }
  })

  test('who has no place in the lobby does not come in; who is not signed in comes back after it', async () => {
    const expert = await signIn(stage, 'expert-1')
    expect((await expert.get('/lobby')).status).toBe(403)
    expect((await expert.get('/')).headers.location).toBe('/expert')
    const nobody = openBrowser(stage.port)
    const sent = await nobody.get('/lobby/floor?device=r1')
    expect([sent.status, sent.headers.location]).toEqual([
      303,
      '/sign-in?next=%2Flobby%2Ffloor%3Fdevice%3Dr1',
    ])
    const form = await nobody.get(String(sent.headers.location))
    expect(form.text).toContain('name="next" value="/lobby/floor?device=r1"')
    const come = await nobody.submit('/sign-in', {
      name: 'manager-1',
      password: goodPassword,
      next: '/lobby/floor?device=r1',
    })
    expect([come.status, come.headers.location]).toEqual([303, '/lobby/floor?device=r1'])
    expect((await nobody.get('/')).headers.location).toBe('/lobby')
  })

  test('a way back leads nowhere but here', async () => {
    for (const next of [
      'https://evil.example/',
      '//evil.example',
      '/lobby\\@evil.example',
      '/lobbyist',
      '/account',
      'x'.repeat(600),
    ]) {
      const nobody = openBrowser(stage.port)
      const form = await nobody.get(`/sign-in?next=${encodeURIComponent(next)}`)
      expect([form.status, form.text.includes('name="next"')]).toEqual([200, false])
      const come = await nobody.submit('/sign-in', { name: 'manager-1', password: goodPassword, next })
      expect([next, come.headers.location]).toEqual([next, '/lobby'])
    }
  })

  test('built anew while the hub runs, the first page goes with its own files', async () => {
    writeFileSync(join(pages, 'lobby/assets/index-3c4d.js'), 'new')
    writeFileSync(join(pages, 'lobby/index.html'), '<!doctype html><title>New</title>')
    expect((await browser.get('/lobby')).text).toContain('New')
    expect((await browser.get('/lobby/assets/index-3c4d.js')).text).toBe('new')
    // A browser that keeps the first page asks for the worker alone.
    writeFileSync(join(pages, 'lobby/worker.js'), 'newer')
    writeFileSync(join(pages, 'lobby/index.html'), '<!doctype html><title>Newer</title>')
    expect((await browser.get('/lobby/worker.js')).text).toBe('newer')
  })
})
