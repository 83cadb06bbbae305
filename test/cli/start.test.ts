/** `usher start` as a service manager uses it: clean ends, hard ends, and a device that enrols over TLS. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { remove, scratch, startHub } from './support.ts'

let folder: string

beforeAll(() => {
  folder = scratch()
})
afterAll(() => remove(folder))

test('SIGTERM ends it with 0; after SIGKILL it is back with what it had', async () => {
  const first = await startHub(join(folder, 'hub'))
  await first.json('mode', 'cash-delivery', '--by', 'manager-1')
  first.child.kill('SIGKILL')
  await first.ended
  const second = await startHub(join(folder, 'hub'))
  expect(await second.json('mode')).toMatchObject({ mode: 'cash-delivery', modeBy: 'manager-1' })
  const { code, said } = await second.stop()
  expect(code).toBe(0)
  const lines = said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string })
  expect(lines.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(['the hub is ready', 'stopping', 'stopped']),
  )
})

test('a device enrols over TLS: claim code, approval, its own certificate; revoked it is thrown out', async () => {
  const hub = await startHub(join(folder, 'tls'))
  const { code } = await hub.json<{ code: string }>('devices', 'add', 'kiosk-2')
  const device = fork(
    join(import.meta.dirname, '../../simulators/devices/main.ts'),
    [
      '--kind=kiosk',
      '--id=kiosk-2',
      `--broker=mqtts://localhost:${hub.ports.mqtts}`,
      `--claim=${code}`,
      `--key-dir=${join(folder, 'keys')}`,
    ],
    { stdio: 'ignore', execArgv: [] },
  )
  const over = new Promise((resolve) => device.once('exit', resolve))
  const state = async () => {
    const row = await hub.json<{ link: string; registry: { status: string } | null }>(
      'devices',
      'show',
      'kiosk-2',
    )
    return `${row.registry?.status} ${row.link}`
  }
  const becomes = (wanted: RegExp) =>
    vi.waitFor(async () => expect(await state()).toMatch(wanted), { timeout: 45_000, interval: 100 })
  await becomes(/^requested/)
  expect((await hub.usher('devices', 'approve', 'kiosk-2')).said).toContain('Fingerprint')
  await becomes(/^approved online/)
  await hub.json('devices', 'revoke', 'kiosk-2', '--reason', 'stolen')
  await becomes(/^revoked (lost|offline)/)
  device.kill('SIGKILL')
  await over
  await hub.stop()
}, 180_000)
