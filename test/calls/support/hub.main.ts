/** A whole hub as a process of its own, with the demonstration's branch, so that it can be killed in the middle of a call. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { readVersions } from '#cli/start/versions.ts'
import { flows } from '#flows/index.ts'
import type { EntryBody } from '#hub/engine/entry.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { startHub } from '#hub/main.ts'
import { HubConfig } from '#hub/ops/config.ts'
import { createLog } from '#hub/ops/log.ts'
import type { HubWishes } from './hub-process.ts'

export interface ToHub {
  readonly id: number
  /** Else it is asked how things are. */
  readonly body?: EntryBody
}

const [folder = '', port = '0', wished = '{}'] = process.argv.slice(2)
const { recording, recordings, calls, accounts = [] } = JSON.parse(wished) as HubWishes
const demo = readFileSync(join(import.meta.dirname, '../../../simulators/branches/demo.yaml'), 'utf8')
const branch = join(folder, 'branch.yaml')
writeFileSync(branch, stringify({ ...(parse(demo) as object), ...(recording && { recording }) }))

const hub = await startHub({
  config: HubConfig.parse({
    branch,
    data: join(folder, 'data'),
    mqtt: { loopback: { port: 0, trust: 'declared' }, tls: false },
    http: { port: Number(port), pages: join(folder, 'pages') },
    recordings,
    ...(calls && { calls }),
  }),
  flows,
  versions: readVersions(),
  clock: systemClock(),
  log: createLog('silent'),
  onFatal: (error) => {
    throw error
  },
})
for (const account of accounts) await hub.desk.putLocal(account)

const seen = () => {
  const { calls, experts, escalations, instances, sales } = hub.engine.state
  return {
    calls: [...calls.values()],
    experts: [...experts.values()],
    escalations: [...escalations.values()],
    sales: [...sales.values()],
    flows: instances.values().map(({ flow }) => flow),
  }
}

process.on('message', ({ id, body }: ToHub) => {
  const done = body === undefined ? Promise.resolve() : hub.engine.submit({ body })
  done.then(
    () => process.send?.({ id, seen: seen() }),
    (error: unknown) => process.send?.({ id, failed: String(error) }),
  )
})
process.send?.({ port: hub.ports.http })
