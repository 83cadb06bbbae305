/**
 * The guide "your first adapter", from an empty home to a greeting: every command is typed as it stands in the page, in
 * as many terminals, and what the page shows must be seen. Only ports and the claim code are one's own, as for any reader.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { below, isAlive } from '../processes.ts'
import { remove, scratch } from '../support.ts'

const root = join(import.meta.dirname, '../../..')
const home = scratch()
const tmp = join(home, 'tmp')
mkdirSync(tmp)

interface Step {
  readonly terminal: string
  readonly how: 'once' | 'stays-open' | 'repeat'
  readonly commands: readonly string[]
  /** What the page shows below them. */
  readonly shown: readonly string[]
}

const steps: readonly Step[] = [
  ...readFileSync(join(root, 'docs/guides/first-adapter.md'), 'utf8').matchAll(
    /```sh (terminal-\d)(?: (stays-open|repeat))?\n([\s\S]*?)```(?:\s*```text\n([\s\S]*?)```)?/g,
  ),
].map(([, terminal = '', how = 'once', commands = '', shown = '']) => ({
  terminal,
  how: how as Step['how'],
  commands: commands.trim().split('\n'),
  shown: shown.split('\n').filter((line) => line !== ''),
}))

/** The same words; numbers, the claim code and how far columns stand apart may differ. */
const shape = (line: string): RegExp =>
  new RegExp(
    line
      .trim()
      .replace(/\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b/, '§')
      .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/\d+/g, String.raw`\d+`)
      .replaceAll(/\s+/g, String.raw`\s+`)
      .replace('§', '[0-9A-Z-]{19}'),
  )

/** What npm has in its own home stays there. */
const environment = {
  ...process.env,
  HOME: home,
  TMPDIR: tmp,
  LANG: 'en_GB.UTF-8',
  USHER_DATA: '',
  npm_config_userconfig: process.env['npm_config_userconfig'] ?? join(homedir(), '.npmrc'),
  npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
  npm_config_prefer_offline: 'true',
  npm_config_audit: 'false',
  // The simulated robot lives faster than the reader's.
  ROBOT_SPEED: '3',
}

/** A vendor has a Node of its own, which may be older than the hub's; ours stands in `node_modules/.bin`. */
const vendorPath = () => {
  const all = (process.env['PATH'] ?? '').split(':')
  const others = all.filter((folder) => !folder.endsWith('node_modules/.bin'))
  return others.some((folder) => existsSync(join(folder, 'node'))) ? others.join(':') : all.join(':')
}
const vendorTerminals = ['terminal-3', 'terminal-4']

const patienceMs = 180_000

/** A shell that is typed into. */
class Terminal {
  readonly #child: ChildProcess
  #said = ''
  #told: (() => void)[] = []
  #marks = 0

  constructor(name: string) {
    const env = vendorTerminals.includes(name) ? { ...environment, PATH: vendorPath() } : environment
    this.#child = spawn('bash', ['--noprofile', '--norc'], { cwd: root, env, detached: true })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#said += chunk.toString('utf8')
        for (const look of this.#told.splice(0)) look()
      })
  }

  get pid() {
    return this.#child.pid ?? 0
  }

  type(line: string) {
    this.#child.stdin?.write(`${line}\n`)
  }

  /** @returns what one command has printed. @throws when it fails */
  async run(line: string): Promise<string> {
    this.#marks += 1
    const mark = `ended-${this.#marks}-with-`
    const from = this.#said.length
    this.type(`${line}\necho ${mark}$?`)
    await this.sees(new RegExp(`${mark}\\d+`), from)
    const printed = this.#said.slice(from)
    if (!printed.includes(`${mark}0`)) throw new Error(`${line} failed:\n${printed}`)
    return printed
  }

  async sees(pattern: RegExp, from = 0): Promise<string> {
    const until = performance.now() + patienceMs
    for (;;) {
      const found = pattern.exec(this.#said.slice(from))
      if (found !== null) return found[0]
      if (performance.now() > until)
        throw new Error(`${String(pattern)} was not seen in:\n${this.#said.slice(from)}`)
      await new Promise<void>((resolve) => {
        this.#told.push(resolve)
        setTimeout(resolve, 1_000)
      })
    }
  }

  /** Ctrl-C, for the whole group. */
  async end() {
    const pids = [this.pid, ...below(this.pid)]
    this.#child.stdin?.end()
    for (const pid of pids.toReversed()) {
      try {
        process.kill(pid, 'SIGTERM')
      } catch {
        // It is gone.
      }
    }
    for (let turn = 0; turn < 100 && pids.some(isAlive); turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 100))
    const left = pids.filter(isAlive)
    if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`)
  }
}

const terminals = new Map<string, Terminal>()
const terminalOf = (name: string): Terminal => {
  const known = terminals.get(name)
  if (known !== undefined) return known
  const opened = new Terminal(name)
  terminals.set(name, opened)
  return opened
}

afterAll(async () => {
  for (const terminal of [...terminals.values()].toReversed()) await terminal.end()
  remove(home)
}, patienceMs)

/** What a reader would put in the place of what the page shows. */
const own = { tls: '8883', code: '7K2F-9MXQ-4T0H-WB3C' }
const asOwn = (line: string): string =>
  line === 'npx usher demo --tls-port 8883'
    ? `${line} --ports-free --in-process`
    : line
        .replace('mqtts://127.0.0.1:8883', `mqtts://127.0.0.1:${own.tls}`)
        .replace('7K2F-9MXQ-4T0H-WB3C', own.code)

const learn = (seen: string) => {
  own.tls = /mqtts:\/\/127\.0\.0\.1:(\d+)/.exec(seen)?.[1] ?? own.tls
  own.code = /Claim code for acme-robot: (\S+)/.exec(seen)?.[1] ?? own.code
}

const repeatUntil = async (terminal: Terminal, command: string, patterns: readonly RegExp[]) => {
  const until = performance.now() + patienceMs
  for (;;) {
    const printed = await terminal.run(command)
    if (patterns.every((pattern) => pattern.test(printed))) return
    if (performance.now() > until)
      throw new Error(`${command} did not come to show ${String(patterns)}:\n${printed}`)
  }
}

const take = async ({ terminal: name, how, commands, shown }: Step) => {
  const terminal = terminalOf(name)
  const patterns = shown.map(shape)
  const lines = commands.map(asOwn)
  if (how === 'repeat') return repeatUntil(terminal, lines.join('\n'), patterns)
  if (how === 'stays-open') {
    for (const line of lines) terminal.type(line)
    for (const pattern of patterns) learn(await terminal.sees(pattern))
    return
  }
  let printed = ''
  for (const line of lines) printed += await terminal.run(line)
  for (const pattern of patterns) expect(printed).toMatch(pattern)
  learn(printed)
}

test('the guide leads from an empty home to a greeting by the new robot', {
  timeout: 8 * 60_000,
}, async () => {
  expect(steps.length).toBeGreaterThanOrEqual(9)
  const sections = new Set(steps.map(({ terminal }) => terminal))
  expect([...sections].sort()).toEqual(['terminal-1', 'terminal-2', 'terminal-3', 'terminal-4'])
  for (const step of steps) await take(step)
})
