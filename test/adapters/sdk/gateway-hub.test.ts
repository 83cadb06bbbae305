/** A gateway at a real hub: one line, and each device behind it comes and goes as a device of the branch. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { demoBranch, remove, scratch, startUsher, usher } from '../../cli/support.ts'
import { startAdapterProcess } from './support/process.ts'

let folder: string
const running: { kill(signal: NodeJS.Signals): unknown }[] = []

beforeAll(() => {
  folder = scratch()
  mkdirSync(folder, { recursive: true })
})
afterAll(() => {
  for (const one of running) one.kill('SIGKILL')
  remove(folder)
})

const behindGateway = `devices:
  - { id: box-1, kind: gateway, title: { zh: 网关, en: Gateway }, zone: waiting }
  - { id: lamp-1, kind: screen, title: { zh: 一号灯牌, en: Lamp 1 }, zone: waiting, gateway: box-1 }
  - { id: lamp-2, kind: screen, title: { zh: 二号灯牌, en: Lamp 2 }, zone: waiting, gateway: box-1 }
`

test('its devices are online with it, lost with it, and say goodbye with it', async () => {
  const branch = join(folder, 'branch.yaml')
  writeFileSync(branch, readFileSync(demoBranch, 'utf8').replace('devices:\n', behindGateway))
  const config = join(folder, 'hub.yaml')
  writeFileSync(
    config,
    `branch: ${branch}\ndata: data\nmqtt: { loopback: { port: 0, trust: declared }, tls: false }\nhttp: { port: 0 }\n`,
  )
  const hub = startUsher(['start', '--config', config])
  running.push(hub.child)
  const ready = JSON.parse(await hub.line(/the hub is ready/)) as { mqtt: string }
  const environment = {
    USHER_BROKER: `mqtt://127.0.0.1:${ready.mqtt.split(':').at(-1)}`,
    USHER_DEVICE: 'box-1',
    USHER_STATE: join(folder, 'state'),
  }
  const links = async () => {
    const { said } = await usher('devices', 'list', '--json', '--data', join(folder, 'data'))
    const rows = JSON.parse(said) as { id: string; link: string }[]
    return Object.fromEntries(
      rows.filter(({ id }) => /^(box|lamp)-/.test(id)).map(({ id, link }) => [id, link]),
    )
  }
  const become = (link: string) =>
    vi.waitFor(async () => expect(await links()).toEqual({ 'box-1': link, 'lamp-1': link, 'lamp-2': link }), {
      timeout: 45_000,
      interval: 100,
    })
  const program = join(import.meta.dirname, 'tiny/gateway.main.ts')
  const first = startAdapterProcess([program], environment)
  running.push(first)
  await become('online')
  first.kill('SIGKILL')
  await become('lost')
  const second = startAdapterProcess([program], environment)
  running.push(second)
  await become('online')
  second.kill('SIGTERM')
  expect((await second.ended).code).toBe(0)
  await become('offline')
  hub.child.kill('SIGTERM')
  await hub.ended
}, 120_000)
