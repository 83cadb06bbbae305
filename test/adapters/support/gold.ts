/** An adapter before the examiner that vendors run themselves, as they run it: the command, in a process of its own. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/** Every rule takes its time, and the machine may be busy. */
const withinMs = 240_000
/** A simulated robot may drive and speak faster than a real one: what is judged is how it keeps the contract. */
const environment = { ...process.env, ROBOT_SPEED: '3' }

const examine = async (words: readonly string[]) => {
  const kit = join(root, 'adapters/conformance/bin.mjs')
  const child = spawn(process.execPath, [kit, ...words], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, said }
}

/**
 * @param folder of the adapter to examine, from the root of the project
 * @param more further words of `usher-conformance`
 */
export const itReachesGold = (folder: string, more: readonly string[] = []): void => {
  const out = mkdtempSync(join(tmpdir(), 'usher-gold-'))
  afterAll(() => rmSync(out, { recursive: true }))
  test(
    'it passes the conformance kit at gold',
    async () => {
      const words = [folder, '--level', 'gold', '--pace', 'quick', '--out', out, ...more]
      const { code, said } = await examine(words)
      expect(code, said).toBe(0)
      const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as { level: string }
      expect(report.level).toBe('gold')
    },
    withinMs,
  )
}
