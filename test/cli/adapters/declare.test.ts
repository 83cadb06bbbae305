/** `usher devices declare`: the branch file in force gets one more device, and nothing else of it changes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { remove, type StartedHub, scratch, startHub } from '../support.ts'

const folder = scratch()
let hub: StartedHub
beforeAll(async () => {
  hub = await startHub(folder)
})
afterAll(async () => {
  await hub.stop()
  remove(folder)
})

interface Shown {
  readonly file: { readonly devices: readonly { readonly id: string }[] }
  readonly revision: number
}
const show = () => hub.json<Shown>('config', 'show')
const declare = (...words: readonly string[]) => hub.usher('devices', 'declare', ...words)

test('adds the device, with a new revision, and leaves the rest as it was', async () => {
  const before = await show()
  const { code, said } = await declare('acme-1', '--kind', 'robot', '--zone', 'entrance', '--zh', '新机器人')
  expect(code).toBe(0)
  expect(said).toContain('usher devices add acme-1')
  const after = await show()
  expect(after.revision).toBe(before.revision + 1)
  expect(after.file).toEqual({
    ...before.file,
    devices: [
      ...before.file.devices,
      expect.objectContaining({
        id: 'acme-1',
        kind: 'robot',
        zone: 'entrance',
        title: { zh: '新机器人', en: 'acme-1' },
      }),
    ],
  })
})

test.each([
  [['robot-1', '--kind', 'robot'], 'device.declared'],
  [['acme-2', '--kind', 'robot', '--zone', 'nowhere'], 'config.invalid'],
  [['Acme 2', '--kind', 'robot'], 'config.invalid'],
])('refuses %j and changes nothing', async (words, refusal) => {
  const before = await show()
  const { code, complained } = await declare(...words)
  expect(code).toBe(1)
  expect(complained).toContain(refusal)
  expect(await show()).toEqual(before)
})
