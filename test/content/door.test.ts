/** Files of the library over HTTP: who may bring one, what is refused, who gets to see it, and how it is sent. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uploadPath } from '#protocol/desk/content-routes.ts'
import { ask, codeOf, remove, scratch, signIn } from '../desk/support.ts'
import { gif, jpeg, mp4, page, png, webm } from './samples.ts'
import { type Editors, library, mediaIn, newVersion, openEditors, upload } from './support.ts'

const folder = scratch()
let editors: Editors
let port: number

beforeAll(async () => {
  editors = await openEditors(folder)
  ;({ port } = editors.stage)
})
afterAll(async () => {
  await editors.stage.stop()
  remove(folder)
})

const bring = (bytes: Buffer, headers: Readonly<Record<string, string>> = {}) =>
  upload(port, bytes, { headers, browser: editors.ann })

/** Added by one, approved by the other, and on every screen. */
const show = async (item: string, bytes: Buffer, more: object = {}) => {
  const media = mediaIn(await bring(bytes))
  const added = await editors.ann.post(
    '/api/content/versions',
    newVersion(item, media.sha256, { mandatory: 'rates', ...more }),
  )
  expect([added.status, added.text]).toEqual([200, expect.stringContaining('version')])
  const { version } = JSON.parse(added.text) as { version: number }
  const approved = await editors.bob.post('/api/content/versions/approve', { item, version })
  expect([approved.status, approved.text]).toEqual([200, '{"done":true}'])
  return media
}

describe('who brings a file', () => {
  test('is signed in, may edit, and comes from a page of ours', async () => {
    expect((await upload(port, png())).status).toBe(401)
    expect((await upload(port, png(), { browser: editors.auditor })).status).toBe(403)
    expect((await upload(port, png(), { browser: await signIn(editors.stage, 'sam') })).status).toBe(403)
    expect(codeOf(await bring(png(), { origin: 'https://evil.example' }))).toBe('request.origin')
    expect(codeOf(await bring(png(), { 'content-type': 'image/png' }))).toBe('request.type')
    expect(codeOf(await bring(png(), { 'content-type': 'multipart/form-data; boundary=x' }))).toBe(
      'request.type',
    )
  })

  test('is told what it is, and gets the same name for the same file', async () => {
    const media = mediaIn(await bring(png(), { 'x-file-name': 'harmless.svg' }))
    expect(media).toEqual({
      sha256: media.sha256,
      type: 'image/png',
      bytes: png().length,
      width: 2,
      height: 1,
    })
    expect(mediaIn(await bring(png()))).toEqual(media)
    expect(readdirSync(join(folder, 'content'))).toEqual([media.sha256])
  })

  test('is told in his language what to do about one that is refused, and nothing of it is kept', async () => {
    const before = readdirSync(join(folder, 'content'))
    const svg = await bring(Buffer.from('<svg onload="alert(1)"/>'), { 'accept-language': 'zh' })
    expect([svg.status, codeOf(svg), svg.text]).toEqual([415, 'content.svg', expect.stringContaining('PNG')])
    const cut = await bring(mp4().subarray(0, 900), { 'accept-language': 'en' })
    expect([cut.status, codeOf(cut)]).toEqual([422, 'content.broken'])
    expect(codeOf(await bring(page('<script>1</script>')))).toBe('content.page')
    expect(codeOf(await bring(png(50_000, 50_000)))).toBe('content.dimensions')
    expect(readdirSync(join(folder, 'content'))).toEqual(before)
  })

  test('of more than the limit: refused by what he says of it, and cut off where he says nothing', async () => {
    const said = await bring(Buffer.alloc(1), { 'content-length': `${300 * 1024 * 1024}` })
    expect([said.status, codeOf(said)]).toEqual([413, 'content.too-large'])
    const piece = Buffer.alloc(1024 * 1024, 0xff)
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    let most = before
    function* endless() {
      for (let sent = 0; sent < 300; sent++) {
        most = Math.max(most, process.memoryUsage().rss)
        yield piece
      }
    }
    // He gets to read it, although he is still sending: who keeps the line, as browsers do, is not hung up on.
    const cut = await upload(port, endless(), {
      browser: editors.ann,
      headers: { connection: 'keep-alive' },
    })
    expect([cut.status, codeOf(cut)]).toEqual([413, 'content.too-large'])
    expect(most - before).toBeLessThan(200 * 1024 * 1024)
    expect(readdirSync(join(folder, 'content')).filter((name) => name.startsWith('incoming'))).toEqual([])
    expect((await editors.ann.get('/api/content')).status).toBe(200)
  }, 30_000)

  test('and goes away in the middle: nothing is left', async () => {
    const before = readdirSync(join(folder, 'content'))
    const { cookie = '' } = editors.ann
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        const head = `POST ${uploadPath} HTTP/1.1\r\nhost: 127.0.0.1\r\norigin: http://127.0.0.1\r\ncookie: ${cookie}\r\n`
        socket.write(`${head}content-type: application/octet-stream\r\ncontent-length: 90000\r\n\r\n`)
        socket.write(Buffer.alloc(50_000), () => socket.destroy())
      })
      socket.on('close', () => resolve())
    })
    await expect.poll(() => readdirSync(join(folder, 'content'))).toEqual(before)
    expect(editors.stage.complaints).toEqual([])
  })
})

describe('what is sent', () => {
  test('to anybody what is shown; what waits only to who works with it; the rest to nobody', async () => {
    const waiting = mediaIn(await bring(jpeg(30, 20)))
    const path = `/content/${waiting.sha256}`
    expect((await ask(port, path, { headers: { host: 'localhost' } })).status).toBe(404)
    expect((await (await signIn(editors.stage, 'sam')).get(path)).status).toBe(404)
    for (const browser of [editors.ann, editors.bob, editors.auditor]) {
      const { status, headers } = await browser.get(path)
      expect([status, headers['cache-control']]).toEqual([200, 'private, max-age=3600'])
    }
    const shown = await show('rates', jpeg(32, 20))
    const { status, headers } = await ask(port, `/content/${shown.sha256}`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': `${shown.bytes}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'; sandbox"),
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      etag: `"${shown.sha256}"`,
      'accept-ranges': 'bytes',
    })
    // Taken off the screens it is nobody's any more.
    const [{ revision } = { revision: 0 }] = (await library(editors.ann)).items
    await editors.ann.post('/api/content/in-force', { item: 'rates', version: null, revision })
    expect((await ask(port, `/content/${shown.sha256}`)).status).toBe(404)
  })

  test('a page comes into a sandbox in which nothing runs and nothing is loaded', async () => {
    const { sha256 } = await show('notice', page())
    const { headers } = await ask(port, `/content/${sha256}`)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toMatch(
      /^sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:/,
    )
    expect(headers['x-frame-options']).toBe('SAMEORIGIN')
  })

  test('in ranges, to the byte', async () => {
    const bytes = webm()
    const { sha256 } = await show('film', bytes)
    const get = (headers: Readonly<Record<string, string>>, method = 'GET') =>
      new Promise<{ status: number; range: string | undefined; body: Buffer; length: string | undefined }>(
        (resolve, reject) => {
          const asked = httpRequest(
            { host: '127.0.0.1', port, path: `/content/${sha256}`, method, headers, agent: false },
            (response) => {
              const parts: Buffer[] = []
              response.on('data', (part: Buffer) => parts.push(part))
              response.on('end', () =>
                resolve({
                  status: response.statusCode ?? 0,
                  range: response.headers['content-range'],
                  length: response.headers['content-length'],
                  body: Buffer.concat(parts),
                }),
              )
            },
          )
          asked.on('error', reject)
          asked.end()
        },
      )
    const size = bytes.length
    expect(await get({ range: 'bytes=100-199' })).toEqual({
      status: 206,
      range: `bytes 100-199/${size}`,
      length: '100',
      body: bytes.subarray(100, 200),
    })
    expect(await get({ range: 'bytes=-10' })).toMatchObject({ status: 206, body: bytes.subarray(-10) })
    expect(await get({ range: `bytes=5-${size * 2}` })).toMatchObject({
      status: 206,
      body: bytes.subarray(5),
    })
    expect(await get({ range: `bytes=${size}-` })).toMatchObject({ status: 416, range: `bytes */${size}` })
    expect(await get({ range: 'bytes=-0' })).toMatchObject({ status: 416 })
    for (const range of ['bytes=9-3', 'bytes=0-1,5-6', 'pages=1-2', 'bytes=', 'bytes=1e3-'])
      expect(await get({ range }), range).toMatchObject({ status: 200, body: bytes })
    expect(await get({ range: 'bytes=0-0', 'if-range': '"other"' })).toMatchObject({
      status: 200,
      body: bytes,
    })
    expect(await get({ range: 'bytes=0-0', 'if-range': `"${sha256}"` })).toMatchObject({ status: 206 })
    expect(await get({ 'if-none-match': `W/"x", "${sha256}"` })).toMatchObject({
      status: 304,
      body: Buffer.alloc(0),
    })
    expect(await get({}, 'HEAD')).toMatchObject({ status: 200, length: `${size}`, body: Buffer.alloc(0) })
  })

  test('nothing that a browser would keep, where the file cannot be read', async () => {
    const { sha256 } = await show('lost', png(7))
    const path = join(folder, 'content', sha256)
    rmSync(path)
    const gone = await ask(port, `/content/${sha256}`)
    expect([gone.status, codeOf(gone), gone.headers['cache-control']]).toEqual([
      404,
      'content.unknown',
      'no-store',
    ])
    mediaIn(await bring(png(7)))
    rmSync(path)
    mkdirSync(path)
    const broken = await ask(port, `/content/${sha256}`)
    expect([broken.status, codeOf(broken)]).toEqual([500, 'hub.bug'])
    expect(broken.headers).toMatchObject({ 'cache-control': 'no-store' })
    expect(broken.headers).not.toHaveProperty('etag')
    expect(editors.stage.complaints).toEqual([expect.objectContaining({ err: expect.any(Error) })])
    rmSync(path, { recursive: true })
  })

  test.each([
    '/content/',
    '/content/..',
    '/content/../accounts.db',
    '/content/..%2f..%2faccounts.db',
    '/content/%2e%2e%2fhub.sock',
    `/content/${'a'.repeat(64)}`,
    `/content/${'A'.repeat(64)}`,
    `/content/${'a'.repeat(64)}.png`,
    '/content/incoming-1',
    '/content/constructor',
    '/content/%00',
  ])('nothing at %s', async (path) => {
    for (const browser of [undefined, editors.bob])
      expect((await (browser?.get(path) ?? ask(port, path))).status).toBe(404)
  })
})

test('who added and who approved is found by looking back; a later version keeps the title it says nothing of', async () => {
  await show('saving', gif())
  const { title, ...more } = newVersion('saving', null, { words: { en: 'Save now' } })
  expect(Object.keys(title)).toEqual(['zh', 'en'])
  expect((await editors.bob.post('/api/content/versions', more)).status).toBe(200)
  const item = (await library(editors.ann)).items.find(({ id }) => id === 'saving')
  expect(item).toMatchObject({ title, inForce: 1, mandatory: 'rates' })
  const { text } = await editors.auditor.get('/api/search?q=&lang=en')
  const { found } = JSON.parse(text) as { found: { sentence: string }[] }
  const sentences = found.map(({ sentence }) => sentence)
  expect(sentences).toEqual(
    expect.arrayContaining([
      expect.stringContaining('ann added version 1 of Rates'),
      expect.stringContaining('bob approved version 1 of Rates, added by ann'),
    ]),
  )
})

test('two editors: the second is told of the first', async () => {
  mediaIn(await bring(gif()))
  const playlist = {
    playlist: 'morning',
    title: { zh: '早间', en: 'Morning' },
    zones: ['waiting'],
    entries: [],
    runs: { from: null, to: null, hours: { from: '09:00', to: '11:00' }, weekdays: [] },
    priority: 5,
    on: true,
    revision: 0,
  }
  expect((await editors.ann.post('/api/content/playlists', playlist)).status).toBe(200)
  const second = await editors.bob.post('/api/content/playlists', { ...playlist, priority: 7 })
  expect([second.status, codeOf(second)]).toEqual([409, 'config.conflict'])
  const [told] = (await library(editors.auditor)).playlists
  expect(told).toMatchObject({ id: 'morning', priority: 5, revision: 1, setBy: 'ann' })
})

test('the board tells anybody how things stand, and a page that knows it gets nothing anew', async () => {
  const { status, headers, text } = await ask(port, '/api/board')
  expect(status).toBe(200)
  expect(JSON.parse(text)).toMatchObject({
    branch: 'north-gate',
    mode: 'open',
    services: [{ id: 'cash', waiting: null, announcedWaitMs: null, countersOpen: 1 }],
    called: [],
  })
  const again = await ask(port, '/api/board', { headers: { 'if-none-match': headers.etag ?? '' } })
  expect([again.status, again.text]).toEqual([304, ''])
})
