/** The demonstration branch with a gateway for people sensing and the simulated vendors' cameras behind it, on a hub. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoBranch, startUsher, usher } from '../../../cli/support.ts'

export const gateway = 'people-sensing-1'

export const devices = ['frigate', 'onvif', 'axis', 'milesight-line', 'milesight-region', 'xovis'].map(
  (vendor) => `camera-${vendor}`,
)

const withCameras = (yaml: string) =>
  yaml.replace(
    'devices:\n',
    [
      'devices:',
      `  - { id: ${gateway}, kind: gateway, zone: entrance }`,
      ...devices.map((id) => `  - { id: ${id}, kind: camera, zone: entrance, gateway: ${gateway} }`),
      `  - { id: sensor-door, kind: sensor, zone: entrance, gateway: ${gateway} }`,
      '',
    ].join('\n'),
  )

export const startBranch = async (folder: string) => {
  mkdirSync(folder, { recursive: true })
  const branch = join(folder, 'branch.yaml')
  writeFileSync(branch, withCameras(readFileSync(demoBranch, 'utf8')))
  const config = join(folder, 'hub.yaml')
  writeFileSync(
    config,
    `branch: ${branch}
data: data
mqtt: { loopback: { port: 0, trust: declared }, tls: { host: 127.0.0.1, port: 0, names: [localhost] } }
http: { port: 0 }
`,
  )
  const data = join(folder, 'data')
  const running = startUsher(['start', '--config', config])
  const ready = JSON.parse(await running.line(/the hub is ready/)) as { mqtt: string }
  const say = async (...words: readonly string[]) => {
    const { code, said, complained } = await usher(...words, '--data', data)
    if (code !== 0) throw new Error(`usher ${words.join(' ')} ended with ${code}: ${complained}`)
    return said
  }
  return {
    broker: `mqtt://127.0.0.1:${ready.mqtt.split(':').at(-1) ?? ''}`,
    say,
    json: async <T>(...words: readonly string[]) => JSON.parse(await say(...words, '--json')) as T,
    async stop() {
      running.child.kill('SIGTERM')
      await running.ended
    },
  }
}
export type StartedBranch = Awaited<ReturnType<typeof startBranch>>
