/** What a file is, is found in it: what is whole is known for what it is, everything else is refused with a word that helps. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { findOut } from '#hub/content/found/find-out.ts'
import { UsherError } from '#protocol/errors.ts'
import { gif, jpeg, mp4, mp4Boxes, page, png, webm, webp } from './samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-found-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const look = async (bytes: Buffer) => {
  const path = join(folder, 'file')
  writeFileSync(path, bytes)
  await using file = await open(path, 'r')
  try {
    return await findOut(file, bytes.length)
  } catch (error) {
    if (!(error instanceof UsherError)) throw error
    return { code: error.code, detail: error.detail ?? '' }
  }
}

const codeFor = async (bytes: Buffer) => {
  const found = await look(bytes)
  return 'code' in found ? found.code : found.type
}

const good: readonly (readonly [string, Buffer, object])[] = [
  ['JPEG', jpeg(), { type: 'image/jpeg', width: 16, height: 8 }],
  ['long JPEG', jpeg(4_000, 3_000, 300_000), { type: 'image/jpeg', width: 4_000, height: 3_000 }],
  ['PNG', png(), { type: 'image/png', width: 2, height: 1 }],
  ['GIF', gif(), { type: 'image/gif', width: 1, height: 1 }],
  ['WebP', webp(), { type: 'image/webp', width: 1, height: 1 }],
  ['MP4', mp4(), { type: 'video/mp4', width: 640, height: 360, durationMs: 12_500 }],
  ['WebM', webm(), { type: 'video/webm', width: 640, height: 360, durationMs: 4_000 }],
  ['live WebM', webm({ isLive: true }), { type: 'video/webm', width: 640, height: 360, durationMs: 4_000 }],
  ['page', page(), { type: 'text/html' }],
  [
    'page with a picture',
    page('<img src="data:image/png;base64,iVBORw0KGgo=" alt="">'),
    { type: 'text/html' },
  ],
]

describe('what is whole', () => {
  test.each(good)('%s', async (_, bytes, found) => {
    expect(await look(bytes)).toEqual(found)
  })

  test.each(good.filter(([name]) => !name.includes('page')))(
    '%s, cut short anywhere, is refused',
    async (_, bytes) => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: bytes.length - 1 }), async (length) => {
          const code = await codeFor(bytes.subarray(0, length))
          expect(['content.broken', 'content.type']).toContain(code)
        }),
        { numRuns: 60 },
      )
    },
  )

  test.each(good)(
    '%s, with bytes that fell over, is known or refused, and nothing else',
    async (_, bytes) => {
      const fallen = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      await fc.assert(
        fc.asyncProperty(fallen, async (changes) => {
          const spoilt = Buffer.from(bytes)
          for (const [at, byte] of changes) spoilt[at] = byte
          const found = await look(spoilt)
          if ('code' in found) expect(found.code).toMatch(/^content\./)
        }),
        { numRuns: 60 },
      )
    },
  )

  test.each([
    [
      'a GIF of empty blocks',
      Buffer.concat([gif().subarray(0, 19), Buffer.from([0x21, 0xfe]), Buffer.alloc(30_000_000, 1)]),
    ],
    ['a JPEG of fill bytes', Buffer.concat([jpeg().subarray(0, 2), Buffer.alloc(30_000_000, 0xff)])],
    ['a WebM of empty parts', Buffer.concat([webm({ isLive: true }), Buffer.alloc(30_000_000, 0x80)])],
  ])('%s leaves the hub its turn', async (_, bytes) => {
    let turns = 0
    let isOver = false
    const turn = () => {
      turns += 1
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    const code = await codeFor(bytes)
    isOver = true
    expect(code).toBe('content.broken')
    expect(turns).toBeGreaterThan(100)
  })

  test('a bit that fell over in a PNG is noticed', async () => {
    const bytes = png()
    const spoilt = Buffer.from(bytes)
    spoilt[45] = (spoilt[45] ?? 0) ^ 1
    expect(await codeFor(spoilt)).toBe('content.broken')
  })
})

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

describe('what is not shown', () => {
  test.each([
    ['SVG with a program, whatever its name', Buffer.from(svg), 'content.svg'],
    ['SVG behind a declaration', Buffer.from(`<?xml version="1.0"?>\n<!-- logo -->\n${svg}`), 'content.svg'],
    ['SVG with a byte order mark', Buffer.from(`\uFEFF  ${svg}`), 'content.svg'],
    ['a PNG that asks for gigabytes', png(60_000, 60_000), 'content.dimensions'],
    ['a PNG of too many pixels', png(8_000, 8_000), 'content.dimensions'],
    ['a PNG of nothing', png(0, 5), 'content.broken'],
    ['MP4 without its index', Buffer.concat([mp4Boxes().ftyp, mp4Boxes().mdat]), 'content.broken'],
    ['MP4 with sound alone', mp4({ handler: 'soun' }), 'content.type'],
    ['MP4 that browsers do not play', mp4({ codec: 'mp4v' }), 'content.type'],
    ['MP4 of too many pixels', mp4({ width: 16_000, height: 16_000 }), 'content.dimensions'],
    ['Matroska', webm({ docType: 'matroska' }), 'content.type'],
    ['WebM that browsers do not play', webm({ codec: 'V_MPEG4/ISO/AVC' }), 'content.type'],
    ['plain text', Buffer.from('利率 2.1 %'), 'content.type'],
    ['a program', Buffer.from('\x7fELF\x02\x01\x01'), 'content.type'],
    ['a PDF with a page in it', Buffer.from('%PDF-1.7\n<html><body></body></html>'), 'content.type'],
    ['nothing', Buffer.alloc(0), 'content.broken'],
    ['a page that is not UTF-8', Buffer.from('<html><body>\xe9</body></html>', 'latin1'), 'content.type'],
    ['a page too long', page('x'.repeat(600_000)), 'content.too-large'],
    ['a picture too long', Buffer.concat([jpeg(), Buffer.alloc(41 * 1024 * 1024)]), 'content.too-large'],
  ])('%s', async (_, bytes, code) => {
    expect(await codeFor(bytes)).toBe(code)
  })

  test('a picture with a page behind it is a picture', async () => {
    expect(await codeFor(Buffer.concat([jpeg(), page('<script>alert(1)</script>')]))).toBe('image/jpeg')
  })
})

const pages: readonly (readonly [string, string])[] = [
  ['<script>alert(1)</script>', '<script>'],
  ['<ScRiPt src=//x></sCrIpT>', '<script>'],
  ['<!-- <script> -->', '<script>'],
  ['<p title="<script>">x</p>', '<script>'],
  ['<img src=x onerror=alert(1)>', 'src in <img>'],
  ['<p ONCLICK="x()">x</p>', 'onclick in <p>'],
  ['<p/onmouseover=x()>x</p>', 'onmouseover in <p>'],
  ['<a href="javascript:alert(1)">x</a>', 'javascript:'],
  ['<a href="java&#115;cript:alert(1)">x</a>', 'href in <a>'],
  ['<a href="https://example.com/">x</a>', 'href in <a>'],
  ['<iframe src="/lobby"></iframe>', '<iframe>'],
  ['<object data="x"></object>', '<object>'],
  ['<embed src="x">', '<embed>'],
  ['<form action="/api/sign-in"><input></form>', '<form>'],
  ['<input type="password">', '<input>'],
  ['<base href="//evil/">', '<base>'],
  ['<meta http-equiv="refresh" content="0;url=//evil">', 'http-equiv in <meta>'],
  ['<meta name="referrer" content="unsafe-url">', '<meta name="referrer">'],
  ['<link rel="stylesheet" href="//evil/x.css">', '<link>'],
  ['<img src="https://evil/x.png">', 'src in <img>'],
  ['<img src="data:image/svg+xml;base64,PHN2Zz4=">', 'src in <img>'],
  ['<img srcset="//evil/x.png 2x" src="data:image/png;base64,iVBO">', 'srcset in <img>'],
  ['<video src="//evil/x.mp4"></video>', '<video>'],
  ['<div style="background: url(//evil/x.png)"></div>', 'url()'],
  ['<div style="background: u\\72l(//evil/x.png)"></div>', 'url()'],
  ['<div style="background: ur/**/l(//evil/x.png)"></div>', 'url()'],
  ['<div style="background: &#117;rl(//evil)"></div>', 'style in <div>'],
  ['<style>@import "//evil/x.css";</style>', '@import'],
  ['<style>@\\69mport "//evil/x.css";</style>', '@import'],
  ['<svg><use href="#x"/></svg>', '<svg>'],
  ['<math><mi>x</mi></math>', '<math>'],
  ['<template><p>x</p></template>', '<template>'],
  ['<my-element></my-element>', '<my-element>'],
  ['<!--><p>x</p>-->', 'a comment'],
  ['<!-- --!><p>x</p> -->', 'a comment'],
  ['<![CDATA[x]]>', '<![CDATA['],
  ['<p "><img>', '<p'],
]

describe('a page that is refused', () => {
  test.each(pages)('%s', async (body, found) => {
    expect(await look(page(body))).toEqual({ code: 'content.page', detail: expect.stringContaining(found) })
  })

  test.each(['<p', '<!-- x', '<p title="x', '<style>p {}'])('does not end: %s', async (body) => {
    const code = await codeFor(Buffer.from(`<!doctype html><html><body>${body}`))
    expect(['content.broken', 'content.page']).toContain(code)
  })

  test('reads whatever there is in a moment', async () => {
    const from = performance.now()
    for (const body of [
      '<'.repeat(400_000),
      '<p '.repeat(100_000),
      ' a=b'.repeat(90_000),
      '<!--'.repeat(100_000),
    ])
      await look(page(`<p ${body}`))
    expect(performance.now() - from).toBeLessThan(5_000)
  })
})
