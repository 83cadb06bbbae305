/** An examination that somebody breaks off leaves nothing behind: no program, no simulator, no folder. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const kit = join(root, 'adapters/conformance/bin.mjs')
const soundDevice = join(root, 'adapters/conformance/broken/main.ts')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usher-broken-off-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One that has ended and that nobody has asked about yet counts as gone. */
const lives = (pid: number) => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

test.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
  '%s',
  async (signal) => {
    const place = join(folder, signal)
    const temporary = join(place, 'tmp')
    const pids = join(place, 'pids')
    const adapter = join(place, 'acme')
    for (const one of [temporary, pids, adapter]) mkdirSync(one, { recursive: true })
    const note = (who: string) =>
      `writeFileSync(${JSON.stringify(`${pids}/`)} + '${who}', String(process.pid))`
    const usher = { adapter: './main.ts', simulator: './simulator.ts' }
    writeFileSync(join(adapter, 'package.json'), JSON.stringify({ type: 'module', usher }))
    // The simulator has a helper of its own, and neither ends when it is asked to.
    writeFileSync(
      join(adapter, 'helper.ts'),
      `import { writeFileSync } from 'node:fs'
     process.on('SIGTERM', () => {})
     ${note('helper')}
     setInterval(() => {}, 1000)`,
    )
    writeFileSync(
      join(adapter, 'simulator.ts'),
      `import { spawn } from 'node:child_process'
     import { writeFileSync } from 'node:fs'
     process.on('SIGTERM', () => {})
     spawn(process.execPath, [${JSON.stringify(join(adapter, 'helper.ts'))}])
     ${note('simulator')}
     console.log(JSON.stringify({ ready: true }))
     setInterval(() => {}, 1000)`,
    )
    writeFileSync(
      join(adapter, 'main.ts'),
      `import { writeFileSync } from 'node:fs'
     ${note('adapter')}
     process.argv[2] = 'sound'
     await import(${JSON.stringify(soundDevice)})`,
    )
    const child = spawn(process.execPath, [kit, adapter, '--no-report'], {
      cwd: place,
      env: { ...process.env, TMPDIR: temporary, LANG: 'en_GB.UTF-8', LC_ALL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    let said = ''
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        if (said.includes('task.answers')) resolve()
      })
      void ended.then(() => reject(new Error(`it ended by itself:\n${said}`)))
    })
    await vi.waitFor(() => expect(readdirSync(pids)).toHaveLength(3), { timeout: 45_000 })
    const started = readdirSync(pids).map((who) => Number(readFileSync(join(pids, who), 'utf8')))
    expect(started.every(lives)).toBe(true)
    expect(readdirSync(temporary).length).toBeGreaterThan(0)

    child.kill(signal)
    expect(await ended).toBe(2)
    await vi.waitFor(() => expect(started.filter(lives)).toEqual([]), { timeout: 45_000 })
    expect(readdirSync(temporary)).toEqual([])
  },
  60_000,
)
