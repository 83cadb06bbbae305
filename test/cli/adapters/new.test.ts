/** `usher adapter new`: a whole folder under the new name, or nothing. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { remove, scratch, usher } from '../support.ts'

const dir = scratch()
const sdk = join(dir, 'usher-adapter-sdk-0.1.0.tgz')
writeFileSync(sdk, 'packed')
afterAll(() => remove(dir))

const make = (name: string, ...words: readonly string[]) =>
  usher('adapter', 'new', name, '--dir', dir, '--sdk', sdk, ...words)

describe('usher adapter new', () => {
  test('writes the template under the new name, with the SDK as a package, and says what comes next', async () => {
    const { code, said } = await make('lobby-bot')
    expect(code).toBe(0)
    const folder = join(dir, 'lobby-bot')
    expect(said).toContain(`cd ${folder}\n  npm install\n  npm run conformance:quick`)
    const files = readdirSync(folder).sort()
    expect(files).toEqual([
      '.gitignore',
      'README.md',
      'adapter.js',
      'config.json',
      'main.js',
      'package.json',
      'robot.js',
      'simulator.js',
      'usher-adapter-sdk-0.1.0.tgz',
    ])
    const texts = files
      .filter((file) => !file.endsWith('.tgz'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
    expect(texts.join('\n')).not.toMatch(/acme-robot|\.\.\/sdk/)
    const made = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>
    expect(made).toMatchObject({
      name: 'lobby-bot',
      usher: { adapter: './main.js', simulator: './simulator.js' },
      dependencies: { 'usher-adapter-sdk': 'file:usher-adapter-sdk-0.1.0.tgz' },
    })
  })

  test('says it in Chinese, too', async () => {
    const { said } = await make('lobby-zh', '--lang', 'zh')
    expect(said).toMatch(/^已创建 .*lobby-zh。接下来：/)
  })

  test('touches nothing that is there already', async () => {
    mkdirSync(join(dir, 'mine'))
    const { code, complained } = await make('mine')
    expect(code).toBe(1)
    expect(complained).toContain('adapter.exists')
    expect(readdirSync(join(dir, 'mine'))).toEqual([])
  })

  test.each(['Acme', '../escape', 'a b', '-x1', 'a'.repeat(65), '机器人'])(
    'refuses the name %s',
    async (name) => {
      const { code, complained } = await usher('adapter', 'new', '--dir', dir, '--sdk', sdk, '--', name)
      expect(code).toBe(1)
      expect(complained).toContain('adapter.name')
      expect(readdirSync(dir).filter((one) => one.includes('.part-'))).toEqual([])
    },
  )

  test('says how the SDK is packed when there is none', async () => {
    const { code, complained } = await usher(
      'adapter',
      'new',
      'x1',
      '--dir',
      dir,
      '--sdk',
      join(dir, 'none.tgz'),
    )
    expect(code).toBe(1)
    expect(complained).toMatch(/adapter\.sdk[\s\S]*npm run pack:sdk/)
    expect(existsSync(join(dir, 'x1'))).toBe(false)
  })
})
