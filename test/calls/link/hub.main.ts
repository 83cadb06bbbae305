/** A real hub, of a branch or of a desk, as a process of its own that can be killed; whoever started it gives it entries and reads its tables. */
import { readVersions } from '#cli/start/versions.ts'
import { flows } from '#flows/index.ts'
import { linkLimits } from '#hub/calls/link/pipe.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { startHub } from '#hub/main.ts'
import { HubConfig } from '#hub/ops/config.ts'
import { createLog } from '#hub/ops/log.ts'
import type { Asked, HubWishes } from './hub-process.ts'

const wishes = JSON.parse(process.argv[2] ?? '{}') as HubWishes
const hub = await startHub({
  role: wishes.role,
  config: HubConfig.parse(wishes.config),
  flows: wishes.role === 'desk' ? [] : flows,
  versions: readVersions(),
  clock: systemClock(),
  ...(wishes.silentMs !== undefined && { linkLimits: { ...linkLimits, silentMs: wishes.silentMs } }),
  log: createLog(process.env['LINK_LOG'] ?? 'error'),
  onFatal: () => process.exit(1),
})
const say = (what: object) => void process.send?.(what)

const answer = async (asked: Asked): Promise<unknown> => {
  if ('submit' in asked) return await hub.engine.submit({ body: asked.submit })
  if ('rows' in asked) return await hub.engine.read((state) => state[asked.rows].values())
  if ('metrics' in asked) {
    const response = await fetch(`http://127.0.0.1:${hub.ports.http}/metrics`)
    return await response.text()
  }
  return await hub.store.decisions(hub.branch, { limit: 10_000 })
}

process.on('message', ({ id, asked }: { id: number; asked: Asked }) => {
  answer(asked).then(
    (value) => say({ id, value }),
    (error: unknown) => say({ id, error: (error as { code?: string }).code ?? String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
say({ ready: true, port: hub.ports.http })
