/** `usher-conformance` as a vendor starts it: by folder, by command, and against a device that is there already. */
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Result } from '#adapters/conformance/result.ts'
import { startPlainBroker } from '../../simulators/support/plain-broker.ts'

const root = join(import.meta.dirname, '../../..')
const bin = join(root, 'adapters/conformance/bin.mjs')
const soundDevice = join(root, 'adapters/conformance/broken/main.ts')

let parent: string
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'usher-conformance-cli-'))
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const newFolder = () => mkdtempSync(join(parent, 'run-'))

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface Place {
  readonly folder?: string
  readonly env?: Readonly<Record<string, string>>
}

const run = (args: readonly string[], { folder = parent, env = {} }: Place = {}) =>
  new Promise<Ran>((resolve) => {
    const options = { cwd: folder, env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', ...env } }
    const child = execFile(process.execPath, [bin, ...args], options, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    )
  })

const report = (folder: string) =>
  Result.parse(JSON.parse(readFileSync(join(folder, 'conformance-report/report.json'), 'utf8')))
const page = (folder: string) => readFileSync(join(folder, 'conformance-report/report.html'), 'utf8')

// They mostly wait.
describe.concurrent('examines', { timeout: 120_000 }, () => {
  test('a sound program: gold, exit code 0, a JSON file and a page with its evidence', async () => {
    const folder = newFolder()
    const start = ['--start', `exec node ${soundDevice} sound`, '--pace', 'quick', '--level', 'gold']
    const { code, out } = await run(start, { folder })
    expect(out).toContain('Level: GOLD')
    expect(code).toBe(0)
    expect(report(folder).level).toBe('gold')
    const killed = report(folder).findings.find(({ rule }) => rule === 'restart.killed')
    expect(killed?.evidence.map(({ text }) => text.en).join('\n')).toContain('interrupted')
    expect(page(folder)).toContain('Killed while it acts')
    expect(page(folder)).toContain('执行中被强行结束')
    expect(page(folder)).not.toMatch(/<script|src=|href=/)
  })

  test('a broken program: exit code 1, and the broken rule named in Chinese', async () => {
    const folder = newFolder()
    const start = [
      '--start',
      `exec node ${soundDevice} crashes-on-rubbish`,
      '--pace',
      'quick',
      '--level',
      'gold',
    ]
    const { code, out } = await run(start, { folder, env: { LANG: 'zh_CN.UTF-8' } })
    expect(code).toBe(1)
    expect(out).toContain('✗ rough.malformed: 程序自行结束了')
    expect(report(folder).level).toBe('silver')
  })

  test('a folder: its simulator is started first, and its config reaches the adapter', async () => {
    const folder = newFolder()
    const adapter = join(folder, 'acme')
    mkdirSync(adapter)
    const usher = { adapter: './main.ts', simulator: './simulator.ts', config: { host: 'nowhere', keep: 1 } }
    writeFileSync(join(adapter, 'package.json'), JSON.stringify({ type: 'module', usher }))
    writeFileSync(
      join(adapter, 'simulator.ts'),
      `console.log(JSON.stringify({ ready: true, config: { host: 'simulated' } }))
     const stay = setInterval(() => {}, 1000)
     process.on('SIGTERM', () => clearInterval(stay))`,
    )
    writeFileSync(
      join(adapter, 'main.ts'),
      `import { readFileSync } from 'node:fs'
     const config = JSON.parse(readFileSync(process.env.USHER_CONFIG, 'utf8'))
     if (config.host !== 'simulated' || config.keep !== 1) process.exit(2)
     process.argv[2] = 'sound'
     await import(${JSON.stringify(soundDevice)})`,
    )
    const { code, out } = await run([adapter, '--pace', 'quick', '--no-report'], { folder })
    expect(out).toContain('Level: GOLD')
    expect(code).toBe(0)
  })

  test('a device on somebody else’s broker: what cannot be shown limits the level, and is not called broken', async () => {
    const folder = newFolder()
    const broker = await startPlainBroker()
    const device = spawn(process.execPath, [soundDevice, 'sound'], {
      env: {
        ...process.env,
        USHER_BROKER: broker.url,
        USHER_DEVICE: 'lamp-1',
        USHER_STATE: join(folder, 'state'),
      },
    })
    try {
      await broker.hears(({ body }) => body['status'] === 'online')
      const { code, out } = await run(['--device', 'lamp-1', '--broker', broker.url, '--pace', 'quick'], {
        folder,
      })
      const { findings, level } = report(folder)
      expect(findings.filter(({ outcome }) => outcome === 'fail')).toEqual([])
      expect(findings.find(({ rule }) => rule === 'repeat.start')?.outcome).toBe('pass')
      expect(findings.find(({ rule }) => rule === 'birth.will')?.outcome).toBe('not-proved')
      expect(level).toBe('bronze')
      expect(out).toContain('not proved')
      expect(code).toBe(0)
    } finally {
      const gone = new Promise((resolve) => device.once('exit', resolve))
      device.kill('SIGTERM')
      await gone
      await broker.stop()
    }
  })
})

test.each([
  [[], 'Name one of'],
  [['--broker', 'mqtt://127.0.0.1:1'], '--broker needs --device'],
  [['--start', 'x', '--level', 'platinum'], 'Try --help'],
  [['--colour'], 'colour'],
  [['/nowhere'], 'package.json'],
])('%j is refused with exit code 2', async (args, words) => {
  const { code, err } = await run(args)
  expect(err).toContain(words)
  expect(code).toBe(2)
})

test('--rules and --help need no device', async () => {
  expect((await run(['--rules'], { env: { LANG: 'zh_CN' } })).out).toContain('金级')
  const english = (await run(['--help'])).out
  const chinese = (await run(['--help'], { env: { LANG: 'zh_CN' } })).out
  expect(english).toContain('Exit code')
  expect(chinese).toContain('退出码')
  const words = (text: string) => text.match(/^ {2}--[a-z-]+/gm)
  expect(words(chinese)).toEqual(words(english))
})
