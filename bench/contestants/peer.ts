/** Starts the peer: Node-RED with Mosquitto, as installed or tuned, with a flow that does the same job in memory. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { connectWire } from '../clients/wire.ts'
import { type Contestant, freePort, makeFolder, startChild, stopChild } from './contestant.ts'

/** `peer`: as installed. `tunedPeer`: whatever its settings offer. `patchedPeer`: its code changed, too. */
export type PeerName = 'peer' | 'tunedPeer' | 'patchedPeer'

const peers = join(import.meta.dirname, '../peers')
const startWithinMs = 60_000

const mosquittoPath = (): string | undefined =>
  ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path))

/** Whether the peer can be measured here, and if not, why. */
export const preparePeers = (): { readonly missing: string | undefined } => {
  if (mosquittoPath() === undefined)
    return { missing: 'mosquitto is not installed (Debian: apt-get install mosquitto)' }
  if (existsSync(join(peers, 'node_modules/node-red/red.js'))) return { missing: undefined }
  console.error('installing the peer (npm ci --prefix bench/peers) …')
  const { status } = spawnSync(
    'npm',
    ['ci', '--prefix', peers, '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  return { missing: status === 0 ? undefined : 'npm ci --prefix bench/peers failed' }
}

/** Debian's own configuration, but for paths, port and the loopback address. */
const installedMosquitto = (folder: string, port: number) => `
user ${userInfo().username}
listener ${port} 127.0.0.1
allow_anonymous true
persistence true
persistence_location ${folder}/
log_dest file ${folder}/mosquitto.log
`

/** Nothing on disk, no log, small packets at once, no bound on what is in flight. */
const tunedMosquitto = (_folder: string, port: number) => `
user ${userInfo().username}
listener ${port} 127.0.0.1
allow_anonymous true
set_tcp_nodelay true
persistence false
log_dest none
max_inflight_messages 0
max_queued_messages 0
`

/** As `node-red` writes it at its first start, but for the port and the loopback address. */
const installedSettings = (port: number) => `
const shipped = require(${JSON.stringify(join(peers, 'node_modules/node-red/settings.js'))})
module.exports = { ...shipped, uiHost: '127.0.0.1', uiPort: ${port}, telemetry: { enabled: false } }
`

const tunedSettings = () => `
module.exports = {
  flowFile: 'flows.json',
  disableEditor: true,
  httpAdminRoot: false,
  httpNodeRoot: false,
  diagnostics: { enabled: false, ui: false },
  runtimeState: { enabled: false, ui: false },
  telemetry: { enabled: false },
  contextStorage: { default: { module: 'memory' } },
  logging: { console: { level: 'off', metrics: false, audit: false } },
}
`

/** A foreign program, which tells nobody that it is ready: it is asked so often until its flow answers. */
const askEveryMs = 100

/** The flow answers on a topic of its own once it is subscribed. */
const answers = async (port: number): Promise<void> => {
  const untilMs = Date.now() + startWithinMs
  for (;;) {
    try {
      const heard = { yes: false }
      const wire = await connectWire({
        port,
        clientId: 'bench-probe',
        onMessage: () => void (heard.yes = true),
      })
      await wire.subscribe('bench/pong')
      while (!heard.yes && Date.now() < untilMs) {
        wire.publish('bench/ping', '{}')
        await new Promise((resolve) => setTimeout(resolve, askEveryMs))
      }
      wire.end()
      if (heard.yes) return
    } catch {
      // Not listening yet.
    }
    if (Date.now() >= untilMs) throw new Error('The peer did not start.')
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
  }
}

export const startPeer = async (base: string, name: PeerName): Promise<Contestant> => {
  const tuned = name !== 'peer'
  const patched = name === 'patchedPeer'
  const folder = makeFolder(base)
  const mqttPort = await freePort()
  const uiPort = await freePort()
  const own = join(folder.path, 'node-red')
  mkdirSync(own)
  writeFileSync(
    join(folder.path, 'mosquitto.conf'),
    (tuned ? tunedMosquitto : installedMosquitto)(folder.path, mqttPort),
  )
  writeFileSync(join(own, 'settings.js'), tuned ? tunedSettings() : installedSettings(uiPort))
  const flow = readFileSync(join(peers, 'flows.json'), 'utf8').replaceAll('"__PORT__"', `"${mqttPort}"`)
  writeFileSync(join(own, 'flows.json'), flow)
  // Its settings are CommonJS, whatever the folder above says.
  writeFileSync(join(own, 'package.json'), '{}')
  const output = openSync(join(folder.path, 'output.log'), 'a')
  const mosquitto = startChild(mosquittoPath() ?? 'mosquitto', ['-c', join(folder.path, 'mosquitto.conf')], {
    output,
  })
  const nodeRed = startChild(
    process.execPath,
    [
      ...(patched ? ['--require', join(peers, 'no-delay.cjs')] : []),
      join(peers, 'node_modules/node-red/red.js'),
      '--userDir',
      own,
      '--settings',
      join(own, 'settings.js'),
      'flows.json',
    ],
    { cwd: own, output },
  )
  await answers(mqttPort)
  return {
    name,
    port: mqttPort,
    pids: [nodeRed.pid, mosquitto.pid].filter((pid) => pid !== undefined),
    started: {},
    stop: async () => {
      await stopChild(nodeRed)
      await stopChild(mosquitto)
      folder.remove()
    },
  }
}
