/** What the process of an adapter is given of its hub's: what a program needs to find its way, and no more. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { createStartChild } from '#cli/adapters/start-child.ts'
import { systemClock } from '#hub/engine/hub-time.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-start-child-'))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('an adapter sees none of the secrets that the hub was given in its environment', async () => {
  vi.stubEnv('USHER_BACKUP_KEY', 'a secret of the hub')
  vi.stubEnv('USHER_PASSWORD', 'another one')
  vi.stubEnv('NODE_OPTIONS', '--no-warnings')
  vi.stubEnv('TZ', 'Asia/Shanghai')
  const module = join(folder, 'tells.mjs')
  writeFileSync(module, 'console.log(JSON.stringify(process.env))')
  const lines: string[] = []
  await new Promise<void>((resolve) => {
    const launch = {
      module,
      memoryMb: 128,
      environment: { USHER_DEVICE: 'robot-1', USHER_CONFIG: 'config.json' },
    }
    createStartChild(systemClock())(launch, {
      onPong: () => undefined,
      onLine: (line) => lines.push(line),
      onExit: () => resolve(),
    })
  })
  await vi.waitFor(() => expect(lines).not.toEqual([]), 45_000)
  const seen = JSON.parse(lines[0] ?? '') as Record<string, string>
  const own = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS']
  expect(
    Object.keys(seen)
      .filter((name) => !own.includes(name))
      .toSorted(),
  ).toEqual(['USHER_CONFIG', 'USHER_DEVICE'])
  expect(seen).toMatchObject({ USHER_DEVICE: 'robot-1', TZ: 'Asia/Shanghai' })
}, 60_000)
