/** What exactly is wrong is told so that a page can say it in its own language: the limit, the place, what was found. */
import { mkdtempSync, rmSync } from 'node:fs'
import { open as openFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { ContentCommand } from '#hub/branch/content-commands.ts'
import { refuse } from '#hub/branch/refusals.ts'
import { createContentFiles } from '#hub/content/files.ts'
import { findOut } from '#hub/content/found/find-out.ts'
import { ContentLimits } from '#hub/content/limits.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { sayDetail } from '#protocol/desk/details.ts'
import { UsherError } from '#protocol/errors.ts'
import { add, approve, ask, campaign, open, playlist } from './orders.ts'
import { page, png } from './samples.ts'

const directory = mkdtempSync(join(tmpdir(), 'usher-told-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const told = (error: unknown): unknown =>
  error instanceof UsherError
    ? [
        error.code,
        error.detail === error.details?.map((one) => sayDetail(one, 'en')).join(' '),
        error.details?.map((one) => sayDetail(one, 'zh')).join(' '),
      ]
    : error
const ofFile = async (bytes: Buffer) => {
  const path = join(directory, 'file')
  await writeFile(path, bytes)
  await using file = await openFile(path)
  return await findOut(file, bytes.length).catch(told)
}

test('of a file', async () => {
  expect(await ofFile(page('<script>1</script>'))).toEqual(['content.page', true, '发现：<script>'])
  expect(await ofFile(page('<p onclick="x()">'))).toEqual([
    'content.page',
    true,
    expect.stringContaining('onclick in <p>'),
  ])
  expect(await ofFile(page(' '.repeat(600 * 1024)))).toEqual([
    'content.too-large',
    true,
    '一个页面最多 512 KiB。',
  ])
  expect(await ofFile(png(9_000, 10))).toEqual(['content.dimensions', true, '该文件为 9000 × 10 像素。'])
  const limits = ContentLimits.parse({})
  const files = createContentFiles({ directory, limits, wallMs: () => 0 })
  async function* nothing() {}
  expect(await files.add(nothing(), limits.fileBytesMax + 1).catch(told)).toEqual([
    'content.too-large',
    true,
    '一个文件最多 200 MiB。',
  ])
})

test('of the library', () => {
  const branch = open()
  const refused = (command: ContentCommand) =>
    told(
      refuse(
        branch.state,
        { body: { kind: 'command', command } },
        { at: branch.at(), settings: defaultSettings },
      ),
    )
  ask(branch, add('gold', { productCode: null }))
  ask(branch, campaign({ item: 'gold' }))
  expect(refused(approve('gold'))).toEqual(['content.product-code', true, '相关营销活动：spring'])
  const long = { zh: '利'.repeat(300), en: 'x'.repeat(300) }
  let made = 0
  for (let code: string | undefined; code === undefined && made < 400; made++) {
    ask(branch, add(`item-${made}`, { words: long }))
    ask(branch, approve(`item-${made}`))
    code = ask(
      branch,
      playlist({
        zones: ['waiting'],
        entries: Array.from({ length: made + 1 }, (_, index) => ({
          item: `item-${index}`,
          showForMs: 8_000,
        })),
        revision: made,
      }),
    )
  }
  expect(
    refused(
      playlist({
        zones: ['waiting'],
        entries: Array.from({ length: made }, (_, index) => ({ item: `item-${index}`, showForMs: 8_000 })),
        revision: made - 1,
      }),
    ),
  ).toEqual(['content.too-many', true, '区域“waiting”的屏幕超出容量：最多 300 项，共 56000 字节。'])
})
