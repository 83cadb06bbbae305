/** A hub with the demonstration branch and robots behind a gateway, their fleet's broker, and people who ask the way. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMqttTransport } from '#adapters/sdk/mqtt-transport.ts'
import { openControl } from '#hub/ops/control.ts'
import { controlPath } from '#hub/ops/paths.ts'
import { topics } from '#protocol/topics.ts'
import { demoBranch, startUsher, usher } from '../../../cli/support.ts'
import { createMosquitto } from '../../people-sensing/support/mosquitto.ts'
import { type AdapterProcess, startAdapterProcess } from '../../sdk/support/process.ts'

const root = join(import.meta.dirname, '../../../..')
const robotProgram = join(import.meta.dirname, 'virtual-agv.main.ts')
const adapterProgram = join(root, 'adapters/vda-5050/main.ts')
const escortFlow = join(import.meta.dirname, '../escort')

/** One place for each zone that people ask for; the robots start beside them. */
export const zones = ['entrance', 'waiting', 'kiosks', 'counters'] as const
const places = {
  'welcome-spot': { nodeId: 'n-welcome', x: 2, y: 5, mapId: 'lobby', zone: 'entrance' },
  'hall-spot': { nodeId: 'n-hall', x: 8, y: 8, mapId: 'lobby', zone: 'waiting' },
  'kiosk-spot': { nodeId: 'n-kiosks', x: 5, y: 2, mapId: 'lobby', zone: 'kiosks' },
  // So far away that somebody can look while a robot is on its way.
  'exit-door': { nodeId: 'n-exit', x: -60, y: 1, mapId: 'lobby', zone: 'exit' },
  'front-door': { nodeId: 'n-far', x: 60, y: 1, mapId: 'lobby', zone: 'vip' },
  'charger-2': { nodeId: 'n-counters', x: 14, y: 6, mapId: 'lobby', zone: 'counters' },
}

export interface TaskLine {
  readonly id: string
  readonly phase: string
  readonly member?: string | null
  readonly reason?: string | null
}

const settingsFor = (folder: string, devices: readonly string[]) => {
  const branch = join(folder, 'branch.yaml')
  const rows = devices.map((id) => `  - { id: ${id}, kind: robot, zone: waiting, gateway: fleet-1 }`)
  const yaml = readFileSync(demoBranch, 'utf8').replace(
    'devices:\n',
    ['devices:', '  - { id: fleet-1, kind: gateway, zone: waiting }', ...rows, ''].join('\n'),
  )
  writeFileSync(branch, yaml)
  const config = join(folder, 'hub.yaml')
  writeFileSync(
    config,
    `branch: ${branch}\ndata: data\nmqtt: { loopback: { port: 0, trust: declared } }\nhttp: { port: 0 }\n`,
  )
  return config
}

const asksTheWay = async (broker: string, names: readonly string[], to?: string) => {
  let up: () => void = () => {}
  const isUp = new Promise<void>((resolve) => {
    up = resolve
  })
  const line = createMqttTransport({ address: { url: broker }, onTrouble: () => {} })
  line.open({
    clientId: 'demo/tester-1',
    will: undefined,
    subscriptions: [topics.error('demo', 'tester-1')],
    onUp: up,
    onDown: () => {},
    onMessage: () => {},
  })
  await isUp
  for (const [index, name] of names.entries()) {
    const body = JSON.stringify({ zone: to ?? zones[index % zones.length], reason: name })
    await line.publish(topics.event('demo', 'tester-1', 'help.requested'), body, { qos: 1, retain: false })
  }
  await line.close(true)
}

/** @param robots the robots, in groups of which each is a process that can be killed by itself. */
export const startFleet = async (folder: string, robots: readonly (readonly string[])[]) => {
  mkdirSync(folder, { recursive: true })
  const mosquitto = await createMosquitto(folder)
  await mosquitto.start()
  const devices = robots.flat().map((serial) => serial.toLowerCase())
  const hub = startUsher(['start', '--config', settingsFor(folder, devices)])
  const ready = JSON.parse(await hub.line(/the hub is ready/)) as { mqtt: string }
  const broker = `mqtt://127.0.0.1:${ready.mqtt.split(':').at(-1) ?? ''}`
  const say = async (...words: readonly string[]) => {
    const { code, said, complained } = await usher(...words, '--data', join(folder, 'data'))
    if (code !== 0) throw new Error(`usher ${words.join(' ')} ended with ${code}: ${complained}`)
    return said
  }
  await say('flows', 'deploy', escortFlow)
  const processes: AdapterProcess[] = []
  const startRobots = async (group: readonly string[]) => {
    const started = startAdapterProcess([robotProgram], {
      FLEET_BROKER: mosquitto.url,
      FLEET_ROBOTS: group.join(','),
      FLEET_TIME_LAPSE: '3',
    })
    processes.push(started)
    await started.says('ready')
    return started
  }
  const config = join(folder, 'vda-5050.json')
  const robotOf = (serialNumber: string) => ({
    device: serialNumber.toLowerCase(),
    manufacturer: 'Acme',
    serialNumber,
    version: '2.0.0',
    actions: {},
    charging: 'action',
    quirks: { instantActionsKey: 'both' },
  })
  const fleet = { broker: { url: mosquitto.url }, places, robots: robots.flat().map(robotOf) }
  writeFileSync(config, JSON.stringify({ ...fleet, goneAfterMs: 2_000, sendAgainMs: 1_000 }))
  return {
    devices,
    groups: await Promise.all(robots.map(startRobots)),
    startRobots,
    startAdapter() {
      const adapter = startAdapterProcess([adapterProgram], {
        USHER_BROKER: broker,
        USHER_DEVICE: 'fleet-1',
        USHER_STATE: join(folder, 'state'),
        USHER_CONFIG: config,
      })
      processes.push(adapter)
      return adapter
    },
    say,
    json: async <T>(...words: readonly string[]) => JSON.parse(await say(...words, '--json')) as T,
    /** May come too late: then the code says so. */
    cancel: (task: string) => usher('tasks', 'cancel', task, '--data', join(folder, 'data')),
    askTheWay: (names: readonly string[], to?: string) => asksTheWay(broker, names, to),
    /** Asked as the command asks: a process for each look would take longer than a robot drives. */
    async tasks() {
      const control = await openControl(controlPath(join(folder, 'data')))
      try {
        const wanted = { all: true, flow: 'escort', limit: 1_000 }
        return await control.request<readonly TaskLine[]>('tasks.list', wanted)
      } finally {
        control.close()
      }
    },
    async stop() {
      for (const one of processes) one.kill('SIGKILL')
      await Promise.all(processes.map(({ ended }) => ended))
      hub.child.kill('SIGTERM')
      await hub.ended
      await mosquitto.kill()
    },
  }
}
