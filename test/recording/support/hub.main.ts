/** A whole hub whose branch records sales, as a process of its own, so that it can be killed while it does. */
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
import { recordingPlan } from './plan.ts'

export interface ToHub {
  readonly id: number
  /** Else it is asked how things are. */
  readonly body?: EntryBody
  readonly stop?: true
}

const [folder = '', port = '0', settings = '{}'] = process.argv.slice(2)
/** Of recordings; of calls under their own name. */
const { calls, ...recordings } = JSON.parse(settings) as { readonly calls?: object }
const demo = readFileSync(join(import.meta.dirname, '../../../simulators/branches/demo.yaml'), 'utf8')
const branch = join(folder, 'branch.yaml')
writeFileSync(branch, stringify({ ...(parse(demo) as object), recording: recordingPlan }))

const hub = await startHub({
  config: HubConfig.parse({
    branch,
    data: join(folder, 'data'),
    mqtt: { loopback: { port: 0, trust: 'declared' }, tls: false },
    http: { port: Number(port), pages: join(folder, 'pages') },
    recordings,
    ...(calls !== undefined && { calls }),
  }),
  flows,
  versions: readVersions(),
  clock: systemClock(),
  log: createLog(process.env['USHER_TEST_LOG'] ?? 'silent'),
  onFatal: (error) => {
    throw error
  },
})
for (const role of ['auditor', 'admin'] as const)
  await hub.desk.putLocal({ name: `${role}-1`, roles: [role], password: 'an evening by the river' })

const seen = () => ({
  calls: [...hub.engine.state.calls.values()],
  sales: [...hub.engine.state.sales.values()],
})

process.on('message', ({ id, body, stop }: ToHub) => {
  if (stop === true) return void hub.stop().then(() => process.exit(0))
  const done = body === undefined ? Promise.resolve() : hub.engine.submit({ body })
  done.then(
    () => process.send?.({ id, seen: seen() }),
    (error: unknown) => process.send?.({ id, failed: String(error) }),
  )
})
process.send?.({ port: hub.ports.http })
